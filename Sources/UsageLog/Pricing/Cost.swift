/// The cost of one model attempt, or why there is none.
package enum Cost: Hashable, Sendable {
  /// The exact amount in picodollars (10⁻¹² USD).
  case priced(picodollars: Int128)
  case unpriced(UnpricedReason)
}

/// Rounds picodollars to nanodollars (10⁻⁹ USD), ties to the even neighbour.
///
/// Meant to be called once for a call, on the sum of its attempts. The result must fit `Int64`:
/// up to $9.2 billion, which no call within the limits of `TokenUsage` reaches.
package func nanos(fromPicos picodollars: Int128) -> Int64 {
  if let small = Int64(exactly: picodollars) { return roundedThousandths(small) }
  return Int64(roundedThousandths(picodollars))
}

private func roundedThousandths<Whole: BinaryInteger & SignedNumeric>(_ value: Whole) -> Whole {
  let (quotient, rest) = value.quotientAndRemainder(dividingBy: 1000)
  let distance = rest.magnitude
  let up = distance > 500 || (distance == 500 && !quotient.isMultiple(of: 2))
  return up ? quotient + value.signum() : quotient
}
