/// A decimal number exactly as it is written, so that amounts can be added without rounding.
struct ExactDecimal {
  /// The number times ten to the `places`.
  private(set) var units: Int128
  private(set) var places: Int

  /// - Parameter text: digits with a sign, a point and an exponent; nil if it is none, or has too many.
  init?(_ text: String) {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, number.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
      (-10_000...10_000).contains(exponent), let units = Int128(number.joined())
    else { return nil }
    self.units = units
    places = (number.count == 2 ? number[1].utf8.count : 0) - exponent
    if places < 0 { guard widen(to: 0) else { return nil } }
  }

  /// Adds exactly; false where there are too many digits.
  mutating func add(_ other: ExactDecimal) -> Bool {
    var other = other
    let common = max(places, other.places)
    guard widen(to: common), other.widen(to: common) else { return false }
    let (sum, overflow) = units.addingReportingOverflow(other.units)
    units = sum
    return !overflow
  }

  /// Times ten to the `exponent`; false where there are too many digits.
  mutating func shift(by exponent: Int) -> Bool {
    places -= exponent
    return widen(to: 0)
  }

  private mutating func widen(to wanted: Int) -> Bool {
    while places < wanted {
      let (product, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return false }
      units = product
      places += 1
    }
    return true
  }

  /// All its places are written, zeros too.
  var text: String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = units < 0 ? "-" : ""
    return sign + padded.dropLast(places) + (places > 0 ? "." + padded.suffix(places) : "")
  }
}
