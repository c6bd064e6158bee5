/// What one token of each class costs, in picodollars (10⁻¹² USD).
///
/// $/MTok times 1,000,000 is picodollars per token, and exact for every published rate. `nil`
/// marks a class that has no published rate, which is not the same as free.
package struct Rates: Hashable, Sendable {
  package var input: Int64
  package var output: Int64
  package var cacheWrite5m: Int64?
  package var cacheWrite1h: Int64?
  package var cacheRead: Int64?

  package init(
    input: Int64, output: Int64, cacheWrite5m: Int64? = nil, cacheWrite1h: Int64? = nil,
    cacheRead: Int64? = nil
  ) {
    self.input = input
    self.output = output
    self.cacheWrite5m = cacheWrite5m
    self.cacheWrite1h = cacheWrite1h
    self.cacheRead = cacheRead
  }

  /// All classes times `ratio`, or `nil` if one of them is then no whole number of picodollars.
  package func scaled(by ratio: Ratio) -> Rates? {
    guard let input = ratio.exactly(input), let output = ratio.exactly(output),
      let caches = scaledCaches(by: ratio)
    else { return nil }
    return Rates(
      input: input, output: output, cacheWrite5m: caches.cacheWrite5m,
      cacheWrite1h: caches.cacheWrite1h, cacheRead: caches.cacheRead)
  }

  /// The cache classes times `ratio`, input and output as they are; `nil` if inexact.
  func scaledCaches(by ratio: Ratio) -> Rates? {
    var scaled = self
    for rate in [\Rates.cacheWrite5m, \.cacheWrite1h, \.cacheRead] {
      guard let picodollars = self[keyPath: rate] else { continue }
      guard let product = ratio.exactly(picodollars) else { return nil }
      scaled[keyPath: rate] = product
    }
    return scaled
  }

  /// All classes times `ratio`, each rounded half-even to a picodollar.
  func rounded(by ratio: Ratio) -> Rates {
    func times(_ rate: Int64) -> Int64 { Int64(ratio.rounded(Int128(rate))) }
    return Rates(
      input: times(input), output: times(output), cacheWrite5m: cacheWrite5m.map(times),
      cacheWrite1h: cacheWrite1h.map(times), cacheRead: cacheRead.map(times))
  }

  var highest: Int64 {
    max(input, output, cacheWrite5m ?? 0, cacheWrite1h ?? 0, cacheRead ?? 0)
  }
}
