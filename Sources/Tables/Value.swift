/// What a column's numbers count, and so how each format prints them.
package enum Unit: String, CaseIterable, Sendable {
  /// Names, ids, hashes. A number in such a column is an id too: no separators.
  case text
  case count
  case tokens
  /// Whole nano-dollars (10⁻⁹ USD), printed as dollars.
  case usd
  /// Billionths of the currency that the column's name says, printed as `usd` is.
  case money
  /// Milliseconds of duration.
  case ms
  /// Per cent: 0–100 for a share, any number for a change.
  case pct
  /// Milliseconds since 1970 in UTC, printed as a date and time.
  case instant
  /// 0 for no, any other number for yes.
  case flag
  /// A number without a unit.
  case real
}

/// One cell as SQLite gives it; NULL means not logged or not known, never zero.
package enum Value: Equatable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  case real(Double)

  /// The nearest whole number, ties to even; nil for text, NULL and what Int64 cannot hold.
  var whole: Int64? {
    switch self {
    case .null, .text: nil
    case .integer(let number): number
    case .real(let number): Int64(nearest: number)
    }
  }

  /// The number in the unit that is printed, for marks and bars only: amounts become binary here.
  package func quantity(in unit: Unit) -> Double? {
    let number: Double
    switch self {
    case .null, .text: return nil
    case .integer(let integer): number = Double(integer)
    case .real(let real): number = real
    }
    guard number.isFinite else { return nil }
    return unit == .usd || unit == .money ? number / 1e9 : number
  }

  var isFraction: Bool {
    guard case .real(let number) = self, let whole else { return false }
    return Double(whole) != number
  }
}

extension Int64 {
  /// The nearest whole number, ties to even; nil for what Int64 cannot hold.
  ///
  /// By hand, as `rounded()` would be the only reason to link the C library's mathematics.
  package init?(nearest number: Double) {
    guard -0x1p63 <= number, number < 0x1p63 else { return nil }
    let towardZero = Int64(number)
    let rest = (number - Double(towardZero)).magnitude
    let isUp = rest > 0.5 || (rest == 0.5 && !towardZero.isMultiple(of: 2))
    self = isUp ? towardZero + (number < 0 ? -1 : 1) : towardZero
  }
}
