/// The article's score: how many standard deviations an hour lies above the plain mean of the 336
/// hours before it.
///
/// The article calls it an EWMA; nothing in it is weighted. One mean for all hours knows no night:
/// a fault that multiplies the spend of 3 a.m. by five stays below the afternoon's mean.
package struct RollingZScore: Sendable {
  package let limit: Double
  package let window: Int
  package let impact: ImpactGate?

  /// The article's own rule has no `impact` gate.
  package init(limit: Double = 3, window: Int = 336, impact: ImpactGate? = nil) {
    self.limit = limit
    self.window = window
    self.impact = impact
  }

  /// Scores every bucket against the `window` buckets before it.
  package func scores(_ series: SpendSeries) -> [BucketScore] {
    let values = series.buckets.map { Double($0.nanos) }
    return series.buckets.enumerated().map { index, bucket in
      score(bucket, after: values[max(0, index - window)..<index], of: series.width)
    }
  }

  private func score(
    _ bucket: SpendSeries.Bucket, after history: ArraySlice<Double>, of width: SpendSeries.Width
  ) -> BucketScore {
    func unscored(_ verdict: BucketScore.Verdict) -> BucketScore {
      BucketScore(bucket: bucket, expected: nil, z: nil, verdict: verdict)
    }
    guard bucket.isComplete else { return unscored(.incomplete) }
    guard history.count == window else {
      return unscored(
        .insufficientHistory(
          .tooShort(days: history.count / width.perDay, needed: window / width.perDay)))
    }
    let (mean, deviation) = meanAndDeviation(history)
    guard deviation > 0 else {
      return unscored(.insufficientHistory(mean == 0 ? .noSpend : .noVariation))
    }
    let z = (Double(bucket.nanos) - mean) / deviation
    let expected = Int64(saturating: mean)
    let excess = bucket.nanos.saturatingSubtracting(expected)
    let isHeavy = impact?.lets(excess, meanDaily: mean * Double(width.perDay)) ?? true
    return BucketScore(
      bucket: bucket, expected: expected, z: z,
      verdict: z > limit && isHeavy ? .anomaly : .normal)
  }
}

/// The mean and the standard deviation of the population (what `STDDEV` is in MySQL).
func meanAndDeviation(_ values: ArraySlice<Double>) -> (mean: Double, deviation: Double) {
  if values.isEmpty { return (0, 0) }
  return values.withUnsafeBufferPointer { values in
    var sum = 0.0
    for value in values { sum += value }
    let mean = sum / Double(values.count)
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }
}
