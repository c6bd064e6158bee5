/// A price in dollars a token as a list writes it, taken from its digits.
///
/// `6.25e-06` is 6,250,000 picodollars. Lists that were written by programs hold binary noise:
/// `3.7000000000000005e-05` is $37 per million tokens and was never anything else.
struct TokenPrice: Equatable {
  let picodollars: Int64
  /// Whether what was written differs from it, by less than one part in 10¹².
  let isNoisy: Bool

  enum Fault: Error, Equatable, CustomStringConvertible {
    case noNumber, negative, tooFine, tooLarge

    var description: String {
      switch self {
      case .noNumber: "is no number"
      case .negative: "is negative"
      case .tooFine: "is finer than a picodollar a token"
      case .tooLarge: "is too large for a price of one token"
      }
    }
  }

  /// - Parameter literal: the number's own text, never a parsed `Double`.
  init(dollars literal: String) throws(Fault) {
    guard let written = ExactDecimal(literal) else { throw .noNumber }
    guard written.units >= 0 else { throw .negative }
    let extra = written.places - 12
    var whole = written.units
    var noise: Int128 = 0
    if extra > 0, whole > 0 {
      guard let divisor = powerOfTen(extra) else { throw .tooFine }
      let (quotient, rest) = whole.quotientAndRemainder(dividingBy: divisor)
      let isUp = rest > divisor - rest
      noise = isUp ? divisor - rest : rest
      let (scaledNoise, overflow) = noise.multipliedReportingOverflow(by: 1_000_000_000_000)
      guard !overflow, scaledNoise <= whole else { throw .tooFine }
      whole = quotient + (isUp ? 1 : 0)
    } else if extra < 0 {
      guard let factor = powerOfTen(-extra) else { throw .tooLarge }
      let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
      if overflow { throw .tooLarge }
      whole = product
    }
    guard let picodollars = Int64(exactly: whole) else { throw .tooLarge }
    self.picodollars = picodollars
    isNoisy = noise > 0
  }
}

/// Ten to the `exponent`, or nil beyond what 128 bits hold.
private func powerOfTen(_ exponent: Int) -> Int128? {
  guard exponent <= 38 else { return nil }
  return (0..<exponent).reduce(1 as Int128) { power, _ in power * 10 }
}
