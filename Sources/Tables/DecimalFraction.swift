/// A fraction written out as a plain decimal: no binary number in between, no exponent, nothing rounded.
///
/// What does not end within 30 decimals is cut there; no price is of that kind.
package struct DecimalFraction: Equatable, Sendable {
  private let numerator: Int128
  private let denominator: Int128

  /// - Parameter denominator: above 0.
  package init(_ numerator: Int128, over denominator: Int128 = 1) {
    precondition(denominator > 0, "a fraction needs a positive denominator")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Dollars of an amount in picodollars (10⁻¹² USD).
  package init(picodollars: Int128) {
    self.init(picodollars, over: 1_000_000_000_000)
  }

  /// Dollars of an amount in nano-dollars (10⁻⁹ USD).
  package init(nanos: Int64) { self.init(Int128(nanos), over: 1_000_000_000) }

  /// USD per million tokens of a rate in picodollars a token.
  package init(rate: Int64) { self.init(Int128(rate), over: 1_000_000) }

  /// Every digit that matters and no other: `12.5`, `3`, `-0.000000001`.
  package var exact: String { text(decimals: 0, grouped: false) }

  /// With separators, and at least so many decimals: `1,234.500000000000`.
  package func text(decimals: Int) -> String { text(decimals: decimals, grouped: true) }

  private func text(decimals: Int, grouped: Bool) -> String {
    let (whole, remainder) = numerator.magnitude.quotientAndRemainder(
      dividingBy: denominator.magnitude)
    var rest = remainder
    var fraction = ""
    while rest > 0, fraction.utf8.count < 30 {
      let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: denominator.magnitude)
      fraction += String(digit)
      rest = next
    }
    fraction += String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
    let sign = numerator < 0 ? "-" : ""
    let digits = grouped ? whole.grouped : String(whole)
    return fraction.isEmpty ? sign + digits : "\(sign)\(digits).\(fraction)"
  }
}
