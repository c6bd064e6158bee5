/// A price modifier as an exact fraction: 0.5 is 5000/10000.
package struct Ratio: Hashable, Sendable, Codable {
  package let numerator: Int64
  package let denominator: Int64

  package static let one = Ratio(1, over: 1)

  /// The fraction of two whole numbers; the denominator must be positive.
  package init(_ numerator: Int64, over denominator: Int64) {
    precondition(denominator > 0, "a ratio needs a positive denominator")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The product as a whole number, or `nil` if it is none or does not fit.
  package func exactly(_ value: Int64) -> Int64? {
    let product = Int128(value) * Int128(numerator)
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: Int128(denominator))
    return rest == 0 ? Int64(exactly: quotient) : nil
  }

  /// The product as a whole number, ties to the even neighbour.
  package func rounded(_ value: Int128) -> Int128 {
    UsageLog.rounded(value * Int128(numerator), over: Int128(denominator))
  }
}

/// Reads `15`, `0.30` or `18.75` as a whole number of the last of `decimals` places.
///
/// `nil` for a sign, an exponent, a missing digit, more decimals than asked for, or more than 18
/// digits in all: nothing is rounded.
func fixedPoint(_ text: Substring, decimals: Int) -> Int64? {
  var value: Int64 = 0
  var digits = 0
  var point: Int?
  for byte in text.utf8 {
    if byte == UInt8(ascii: "."), point == nil {
      point = digits
      continue
    }
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 18 else { return nil }
    value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    digits += 1
  }
  let whole = point ?? digits
  let fraction = digits - whole
  guard whole > 0, point == nil || fraction > 0, fraction <= decimals, whole + decimals <= 18
  else { return nil }
  for _ in fraction..<decimals { value *= 10 }
  return value
}
