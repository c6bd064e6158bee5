/// An exact amount of money, also where it is no whole number of picodollars: a month's thirtieth.
package struct Amount: Hashable, Sendable {
  /// Picodollars (10⁻¹² USD) times `divisor`.
  private let numerator: Int128
  private let divisor: Int128

  package init(picodollars: Int128) {
    numerator = picodollars
    divisor = 1
  }

  private init(_ numerator: Int128, over divisor: Int128) {
    self.numerator = numerator
    self.divisor = divisor
  }

  package func times(_ ratio: Ratio) throws(AmountError) -> Amount {
    let product = numerator.multipliedReportingOverflow(by: Int128(ratio.numerator))
    let below = divisor.multipliedReportingOverflow(by: Int128(ratio.denominator))
    guard !product.overflow, !below.overflow else { throw .tooLarge }
    return Amount(product.partialValue, over: below.partialValue)
  }

  /// Whole nanodollars (10⁻⁹ USD), rounded once, ties to the even neighbour.
  package func nanos() throws(AmountError) -> Int64 {
    let (step, overflow) = divisor.multipliedReportingOverflow(by: 1000)
    if overflow { throw .tooLarge }
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: step)
    let missing = Int128(step.magnitude - rest.magnitude)
    let isTie = rest.magnitude == missing.magnitude
    let isUp = rest.magnitude > missing.magnitude || (isTie && !quotient.isMultiple(of: 2))
    guard let nanos = Int64(exactly: isUp ? quotient + numerator.signum() : quotient) else {
      throw .tooLarge
    }
    return nanos
  }
}

package enum AmountError: Error, CustomStringConvertible {
  case tooLarge

  package var description: String {
    "an amount is beyond $9.2 billion, the largest that is kept exactly; ask for fewer calls or tokens"
  }
}
