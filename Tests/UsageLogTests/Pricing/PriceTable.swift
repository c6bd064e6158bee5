import Foundation
import Testing

@testable import UsageLog

/// A published price table as typed by hand, for comparison with the catalogue.
struct PriceTable: Sendable, CustomTestStringConvertible {
  struct Line: Hashable, Sendable {
    /// The maker's own id.
    var model: String
    var from: Int64
    var until: Int64
    var rates: Rates
    var longThreshold: Int64?
    var longRates: Rates?
  }

  var lines: Set<Line>

  var testDescription: String { "\(lines.count) lines" }

  /// Reads lines of `model from [until] in/out 5m/1h/read [>threshold in/out]`; `-` is none.
  init(_ text: String) {
    lines = Set(text.split(separator: "\n").map { Line(typed: $0) })
  }

  /// The same prices under other names, too.
  func withAliases(_ aliases: [String: String]) -> PriceTable {
    var table = self
    for (alias, model) in aliases {
      table.lines.formUnion(only(model).lines.map { $0.with(\.model, alias) })
    }
    return table
  }

  func only(_ model: String) -> PriceTable { filtered { $0.model == model } }

  /// The models released from that day on.
  func models(since day: String) -> Set<String> {
    let released = Dictionary(grouping: lines, by: \.model)
      .compactMapValues { $0.map(\.from).min() }
    return Set(released.filter { $0.value >= instant(day) }.keys)
  }

  /// What clouds sell at one price: models before Claude 4.5.
  var legacyClouds: PriceTable {
    let later = models(since: Self.claude45)
    return sold.filtered { !later.contains($0.model) }
  }

  /// What clouds sell by endpoint.
  var scopedClouds: PriceTable {
    let later = models(since: Self.claude45)
    return sold.filtered { later.contains($0.model) }
  }

  func dearer(by factor: String) -> PriceTable {
    var table = self
    table.lines = Set(
      lines.map { line in
        line.with(\.rates, line.rates.times(factor))
          .with(\.longRates, line.longRates?.times(factor))
      })
    return table
  }

  private static let claude45 = "2025-09-29"

  /// Not Mythos, which is by invitation, and not the one without a cache.
  private var sold: PriceTable {
    filtered { !$0.model.contains("mythos") && $0.model != "claude-3-sonnet-20240229" }
  }

  private func filtered(_ isKept: (Line) -> Bool) -> PriceTable {
    var table = self
    table.lines = lines.filter(isKept)
    return table
  }
}

extension PriceTable.Line {
  init(_ row: PriceRow) {
    let isCloud = row.provider.hasPrefix("bedrock") || row.provider.hasPrefix("vertex")
    model = isCloud ? row.aliasOf ?? row.model : row.model
    (from, until, rates) = (row.validFrom, row.validTo, row.rates)
    (longThreshold, longRates) = (row.longPrompt?.threshold, row.longPrompt?.rates)
  }

  fileprivate init(typed text: Substring) {
    var words = text.split(separator: " ").map(String.init)
    model = words.removeFirst()
    let start = words.removeFirst()
    from = start == "-" ? .min : instant(start)
    until = words[0].contains("/") ? .max : instant(words.removeFirst())
    let (base, caches) = (prices(words[0]), prices(words[1]))
    rates = Rates(
      input: base[0] ?? 0, output: base[1] ?? 0, cacheWrite5m: caches[0], cacheWrite1h: caches[1],
      cacheRead: caches[2])
    guard words.count == 4 else { return }
    longThreshold = Int64(words[2].dropFirst())
    let long = prices(words[3])
    // Cache rates keep their multiples of the input rate.
    let stretch = Decimal(long[0] ?? 0) / Decimal(rates.input)
    var stretched = rates.times("\(stretch)")
    stretched.output = long[1] ?? 0
    longRates = stretched
  }

  fileprivate func with<Value>(_ field: WritableKeyPath<Self, Value>, _ value: Value) -> Self {
    var line = self
    line[keyPath: field] = value
    return line
  }
}

extension Rates {
  fileprivate func times(_ factor: String) -> Rates {
    func product(_ rate: Int64) -> Int64 { whole(Decimal(rate) * decimal(factor)) }
    return Rates(
      input: product(input), output: product(output), cacheWrite5m: cacheWrite5m.map(product),
      cacheWrite1h: cacheWrite1h.map(product), cacheRead: cacheRead.map(product))
  }
}

/// Dollars per MTok are millions of picodollars a token.
private func prices(_ text: String) -> [Int64?] {
  text.split(separator: "/").map { $0 == "-" ? nil : whole(decimal(String($0)) * 1_000_000) }
}

private func decimal(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }

/// Nought, which is no price, if it is not whole.
private func whole(_ value: Decimal) -> Int64 {
  let number = NSDecimalNumber(decimal: value)
  return Decimal(number.int64Value) == value ? number.int64Value : 0
}
