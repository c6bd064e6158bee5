/// A decimal number in steps of 10⁻⁹: dollars as nano-dollars, printed without binary fractions.
package struct Billionths: Equatable, Sendable {
  package var count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  /// The nearest billionth, for showing reals; nil beyond ±9.2 billion.
  init?(nearest number: Double) {
    guard let count = Int64(nearest: number * 1e9) else { return nil }
    self.count = count
  }

  /// Every digit that matters and no other: `12.345678901`, `12.5`, `3`, `-0.000000001`.
  package var exact: String {
    let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: Self.one)
    let sign = count < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var fraction = rest.digits(9)
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(whole).\(fraction)"
  }

  /// A fixed number of decimals (0–9), half to even, with separators: `1,234.50`, `-0.07`, `0.00`.
  package func rounded(to decimals: Int) -> String {
    let step = UInt64.powerOfTen(9 - decimals)
    var (steps, rest) = count.magnitude.quotientAndRemainder(dividingBy: step)
    if rest * 2 > step || (rest * 2 == step && steps % 2 == 1) { steps += 1 }
    let (whole, fraction) = steps.quotientAndRemainder(dividingBy: .powerOfTen(decimals))
    let sign = count < 0 && steps > 0 ? "-" : ""
    return sign + whole.grouped + (decimals > 0 ? "." + fraction.digits(decimals) : "")
  }

  /// The fewest decimals that show every digit, 0–9.
  var neededDecimals: Int {
    var (decimals, rest) = (9, count)
    while decimals > 0, rest % 10 == 0 { (decimals, rest) = (decimals - 1, rest / 10) }
    return decimals
  }

  /// The decimals for a column: few for large amounts, more until the smallest is not shown as 0.
  static func decimals(showing numbers: [Billionths]) -> Int {
    let magnitudes = numbers.map(\.count.magnitude).filter { $0 > 0 }
    guard let largest = magnitudes.max(), let smallest = magnitudes.min() else { return 2 }
    var decimals = largest >= 100 * one ? 2 : largest >= one ? 4 : 6
    // Exactly half a step would round to the even 0.
    while decimals < 9, smallest <= .powerOfTen(9 - decimals) / 2 { decimals += 1 }
    return decimals
  }

  private static let one: UInt64 = 1_000_000_000
}

extension BinaryInteger {
  /// The digits in groups of three: `1,234,567`.
  package var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// At least so many digits, filled up with leading zeros: `07`; a sign comes on top: `-07`.
  func digits(_ count: Int) -> String {
    let digits = String(magnitude)
    let zeros = String(repeating: "0", count: max(0, count - digits.count))
    return (self < 0 ? "-" : "") + zeros + digits
  }
}

extension UInt64 {
  static func powerOfTen(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
