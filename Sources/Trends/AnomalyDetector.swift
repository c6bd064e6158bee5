/// Finds spend that is unusual for its time: the logarithm of a bucket over the median of its like
/// in the last 28 days, scored by an exponentially weighted mean and variance.
///
/// Every score uses only what was known before its bucket. `docs/alert-maths.md` has the formulas
/// and what they find.
package struct AnomalyDetector: Sendable {
  /// How many buckets must be unusual.
  package enum Rule: String, Sendable, CaseIterable {
    /// One bucket above `limit`.
    case one
    /// A bucket above two deviations, and so was the one before: later, and hardly a false alarm.
    case twoInARow
    /// Either of them.
    case either
  }

  package let rule: Rule
  /// Deviations above the expected from which one bucket is an anomaly.
  package let limit: Double
  package let impact: ImpactGate

  package init(rule: Rule = .either, limit: Double = 3, impact: ImpactGate = ImpactGate()) {
    self.rule = rule
    self.limit = limit
    self.impact = impact
  }

  /// Deviations for each of two buckets in a row.
  static let limitInARow = 2.0

  /// Days of history before the first score: a weekday must have come four times, an hour of
  /// weekends four times too.
  package static func minimumDays(_ width: SpendSeries.Width) -> Int { width == .day ? 28 : 14 }

  /// A change below about 5 % is noise, whatever the history: the least deviation, on the log
  /// scale.
  static let leastDeviation = 0.05
  /// Share of the mean that is added to both sides, so that nearly nothing over nothing is no
  /// ratio.
  static let cushion = 0.05

  /// Share of unexpectedly empty days from which days tell nothing either.
  static let sparseDays = 0.3

  /// Scores every bucket of the series, in its order.
  package func scores(_ series: SpendSeries) -> [BucketScore] {
    var run = DetectorRun(detector: self, width: series.width)
    let isTooSparse = series.width == .day && series.unexpectedlyEmptyShare >= Self.sparseDays
    return series.buckets.map { bucket in
      let score = run.next(bucket)
      guard isTooSparse, bucket.isComplete else { return score }
      return BucketScore(
        bucket: bucket, expected: nil, z: nil, verdict: .insufficientHistory(.tooSparse))
    }
  }
}
