/// The cost of one model attempt, or why there is none.
package enum Cost: Hashable, Sendable {
  case priced(Charge)
  /// Paid for by a commitment and not by the token: what it would cost without.
  case covered(Charge)
  case unpriced(UnpricedReason)
}

/// An exact amount, at list prices and as agreed.
package struct Charge: Hashable, Sendable {
  /// At list prices, in picodollars (10⁻¹² USD).
  package let listPicodollars: Int128
  /// At negotiated rates where there are any, before the discount, in picodollars.
  package let picodollars: Int128
  /// What a discount leaves to pay: 0.85 for 15 % off.
  package let payable: Ratio

  package init(listPicodollars: Int128, picodollars: Int128, payable: Ratio = .one) {
    self.listPicodollars = listPicodollars
    self.picodollars = picodollars
    self.payable = payable
  }

  /// At list prices.
  package init(picodollars: Int128) {
    self.init(listPicodollars: picodollars, picodollars: picodollars)
  }

  /// What is to be paid in nanodollars, rounded once, ties to the even neighbour.
  package var nanos: Int64 {
    payable == .one ? UsageLog.nanos(fromPicos: picodollars) : Int64(roundedPayable)
  }

  /// The list price in nanodollars, rounded likewise.
  package var listNanos: Int64 { UsageLog.nanos(fromPicos: listPicodollars) }

  private var roundedPayable: Int128 {
    rounded(
      picodollars * Int128(payable.numerator), over: 1000 * Int128(payable.denominator))
  }
}

/// Rounds picodollars to nanodollars (10⁻⁹ USD), ties to the even neighbour.
///
/// Meant to be called once for a call, on the sum of its attempts. The result must fit `Int64`:
/// up to $9.2 billion, which no call within the limits of `TokenUsage` reaches.
package func nanos(fromPicos picodollars: Int128) -> Int64 {
  if let small = Int64(exactly: picodollars) { return rounded(small, over: 1000) }
  return Int64(rounded(picodollars, over: 1000))
}

/// The quotient as a whole number, ties to the even neighbour.
package func rounded<Whole: BinaryInteger & SignedNumeric>(_ value: Whole, over divisor: Whole)
  -> Whole
{
  let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
  let twice = rest.magnitude * 2
  let up = twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2))
  return up ? quotient + value.signum() : quotient
}
