/// Shares of a whole by weights, in whole units that add up to the whole exactly.
///
/// Each gets its share rounded towards nothing; the units that are left go to the largest remainders (Hare's method),
/// of equal ones to the first. With weights in an order of their own, it does not matter in which order they were met.
///
/// - Parameters:
///   - amount: also below zero, as an adjustment can be.
///   - weights: none below zero.
/// - Returns: nil where all weights are zero.
package func apportioned(_ amount: Int64, by weights: [Int64]) -> [Int64]? {
  let all = weights.reduce(Int128(0)) { $0 + Int128($1) }
  guard all > 0 else { return nil }
  let sign: Int64 = amount < 0 ? -1 : 1
  let parts = weights.map {
    (Int128(amount.magnitude) * Int128($0)).quotientAndRemainder(dividingBy: all)
  }
  var shares = parts.map { Int64($0.quotient) }
  let left = Int(Int128(amount.magnitude) - shares.reduce(Int128(0)) { $0 + Int128($1) })
  let largest = parts.indices.sorted {
    (parts[$1].remainder, $0) < (parts[$0].remainder, $1)
  }
  for place in largest.prefix(left) { shares[place] += 1 }
  return shares.map { $0 * sign }
}
