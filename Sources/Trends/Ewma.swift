/// An exponentially weighted mean and variance, to score a value against what came before it.
///
/// The recursion is that of T. Finch, "Incremental calculation of weighted mean and variance",
/// 2009.
package struct Ewma: Sendable {
  /// The weight of the newest value, 0…1.
  package let alpha: Double
  /// Whether the first values weigh the same, until there are as many as the weight allows.
  ///
  /// Otherwise the very first one keeps `(1 - alpha)^(n - 1)`, in a short history most of the
  /// weight.
  package let startsEven: Bool
  package private(set) var mean = 0.0
  package private(set) var variance = 0.0
  package private(set) var count = 0

  package init(alpha: Double, startsEven: Bool = false) {
    self.alpha = min(max(alpha, 0), 1)
    self.startsEven = startsEven
  }

  /// Weights like those of a plain mean over `span` values: `alpha = 2 / (span + 1)`.
  package init(span: Double, startsEven: Bool = false) {
    self.init(alpha: 2 / (span + 1), startsEven: startsEven)
  }

  /// A value counts half after `halfLife` others: `alpha = 1 - 2^(-1 / halfLife)`.
  package init(halfLife: Double, startsEven: Bool = false) {
    self.init(alpha: 1 - exponential(-naturalLogarithm(2) / halfLife), startsEven: startsEven)
  }

  /// The standard deviation, at least `floor`.
  package func deviation(floor: Double = 0) -> Double { max(variance.squareRoot(), floor) }

  /// How many deviations a value lies above the mean; ask before learning it.
  ///
  /// - Returns: nil before the second value, and where there is no deviation to measure by.
  package func score(_ value: Double, floor: Double = 0) -> Double? {
    let deviation = deviation(floor: floor)
    guard count >= 2, deviation > 0, value.isFinite else { return nil }
    return (value - mean) / deviation
  }

  /// Takes a value into mean and variance; what is not finite is left out.
  package mutating func learn(_ value: Double) {
    guard value.isFinite else { return }
    count += 1
    if count == 1 {
      mean = value
      return
    }
    let weight = startsEven ? max(alpha, 1 / Double(count)) : alpha
    let difference = value - mean
    let increment = weight * difference
    mean += increment
    variance = (1 - weight) * (variance + difference * increment)
  }

  /// Learns a value as if it lay no further than `limit` deviations from the mean, so that one
  /// outlier cannot hide the next (winsorising).
  package mutating func learn(_ value: Double, within limit: Double, floor: Double = 0) {
    guard count >= 2, value.isFinite else { return learn(value) }
    let reach = limit * deviation(floor: floor)
    learn(min(max(value, mean - reach), mean + reach))
  }
}
