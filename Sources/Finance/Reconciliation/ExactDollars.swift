/// An amount in attodollars (10⁻¹⁸ USD): what reports write in cents with a dozen decimals stays exact.
package struct ExactDollars: Hashable, Comparable, Sendable {
  package var attos: Int128

  package static let zero = ExactDollars(attos: 0)

  package init(attos: Int128) { self.attos = attos }
  package init(nanos: Int64) { attos = Int128(nanos) * 1_000_000_000 }
  package init(picodollars: Int128) { attos = picodollars * 1_000_000 }

  /// A decimal text with a sign, a point and an exponent.
  ///
  /// - Parameter shift: the power of ten that one of its units is of a dollar: -2 for cents.
  /// - Returns: nil if it is no number or too large. Digits beyond the last place are rounded half-even.
  package init?(_ text: String, shift: Int = 0) {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, number.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
      (-100...100).contains(exponent), number.joined().contains(where: \.isNumber),
      var units = Int128(number.joined())
    else { return nil }
    var places = (number.count == 2 ? number[1].utf8.count : 0) - exponent - shift
    while places < 18 {
      let (product, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      (units, places) = (product, places + 1)
    }
    if places > 18 {
      guard places - 18 < 38 else { return nil }
      let divisor = (0..<(places - 18)).reduce(Int128(1)) { power, _ in power * 10 }
      units = Self.rounded(units, over: divisor)
    }
    attos = units
  }

  /// The quotient as a whole number, ties to the even neighbour; the divisor is positive.
  static func rounded(_ value: Int128, over divisor: Int128) -> Int128 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    let twice = rest.magnitude * 2
    let isUp =
      twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2))
    return isUp ? quotient + value.signum() : quotient
  }

  /// Every digit that matters and no other: `-12.5`, `0.000000000000000001`.
  package var text: String {
    let one: UInt128 = 1_000_000_000_000_000_000
    let (whole, rest) = attos.magnitude.quotientAndRemainder(dividingBy: one)
    guard rest > 0 else { return "\(attos < 0 ? "-" : "")\(whole)" }
    let digits = String(rest)
    var fraction = String(repeating: "0", count: 18 - digits.count) + digits
    while fraction.last == "0" { fraction.removeLast() }
    return "\(attos < 0 ? "-" : "")\(whole).\(fraction)"
  }

  /// To the nearest nano-dollar, ties to the even neighbour; clamped.
  package var nanos: Int64 { Int64(clamping: Self.rounded(attos, over: 1_000_000_000)) }

  package var magnitude: ExactDollars { ExactDollars(attos: attos < 0 ? -attos : attos) }

  /// The part that `count` of `whole` is, rounded half-even.
  func part(_ count: Int64, of whole: Int64) -> ExactDollars {
    count == whole
      ? self : ExactDollars(attos: Self.rounded(attos * Int128(count), over: Int128(max(whole, 1))))
  }

  package static func < (one: Self, other: Self) -> Bool { one.attos < other.attos }
  package static func + (one: Self, other: Self) -> Self { Self(attos: one.attos + other.attos) }
  package static func - (one: Self, other: Self) -> Self { Self(attos: one.attos - other.attos) }
  package static prefix func - (amount: Self) -> Self { Self(attos: -amount.attos) }
  package static func += (one: inout Self, other: Self) { one.attos += other.attos }
}
