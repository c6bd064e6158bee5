/// One pass of the detector over a series, oldest bucket first.
struct DetectorRun {
  private let detector: AnomalyDetector
  private let width: SpendSeries.Width
  private var baseline: SeasonalBaseline
  private var residuals: Ewma
  private var firstDay: Int?
  private var previous: BucketScore?

  init(detector: AnomalyDetector, width: SpendSeries.Width) {
    self.detector = detector
    self.width = width
    baseline = SeasonalBaseline(width)
    // Two weeks of hours, four of days: as long as the shortest history that is scored.
    let span = AnomalyDetector.minimumDays(width) * width.perDay
    residuals = Ewma(span: Double(span), startsEven: true)
  }

  mutating func next(_ bucket: SpendSeries.Bucket) -> BucketScore {
    guard bucket.isComplete else { return unscored(bucket, .incomplete) }
    let first = firstDay ?? bucket.day
    firstDay = first
    baseline.forget(before: bucket.day)
    defer { baseline.learn(bucket) }

    guard let (median, count) = baseline.median(for: bucket), count >= 2 else {
      return tooShort(bucket, since: first) ?? unscored(bucket, .insufficientHistory(.tooFewAlike))
    }
    let cushion = AnomalyDetector.cushion * baseline.mean
    guard median + cushion > 0 else {
      return tooShort(bucket, since: first) ?? unscored(bucket, .insufficientHistory(.noSpend))
    }

    // An office that is closed tells nothing of how the open one varies.
    if median <= 0, bucket.nanos <= 0 {
      return tooShort(bucket, since: first) ?? verdict(bucket, expected: 0, z: 0)
    }

    let scale = Self.scale(median: median, cushion: cushion, samples: count)
    let ratio = (max(0, Double(bucket.nanos)) + cushion) / (median + cushion)
    let residual = naturalLogarithm(ratio) / scale
    let floor = AnomalyDetector.leastDeviation
    let mean = residuals.mean
    if let short = tooShort(bucket, since: first) {
      residuals.learn(residual, within: detector.limit, floor: floor)
      return short
    }
    guard let z = residuals.score(residual, floor: floor) else {
      residuals.learn(residual)
      return unscored(bucket, .insufficientHistory(.tooFewAlike))
    }

    let usual = exponential(mean * scale) * (median + cushion) - cushion
    let score = verdict(bucket, expected: Int64(saturating: max(0, usual)), z: z)
    // An anomaly is learned from too, as if it lay at the limit: left out, the rest would look
    // calmer than it is, and a new level would never become the usual one.
    residuals.learn(residual, within: detector.limit, floor: floor)
    previous = score
    return score
  }

  private func verdict(_ bucket: SpendSeries.Bucket, expected: Int64, z: Double) -> BucketScore {
    let excess = bucket.nanos.saturatingSubtracting(expected)
    let isOne = z > detector.limit && lets(excess)
    var areTwo = false
    if let previous, previous.bucket.end == bucket.start, let before = previous.excess {
      areTwo =
        min(z, previous.z ?? 0) > AnomalyDetector.limitInARow
        && lets(excess.saturatingAdding(before))
    }
    let isAnomaly =
      switch detector.rule {
      case .one: isOne
      case .twoInARow: areTwo
      case .either: isOne || areTwo
      }
    return BucketScore(
      bucket: bucket, expected: expected, z: z, verdict: isAnomaly ? .anomaly : .normal)
  }

  private func lets(_ excess: Int64) -> Bool {
    detector.impact.lets(excess, meanDaily: baseline.mean * Double(width.perDay))
  }

  private func tooShort(_ bucket: SpendSeries.Bucket, since first: Int) -> BucketScore? {
    let (days, needed) = (bucket.day - first, AnomalyDetector.minimumDays(width))
    return days >= needed
      ? nil : unscored(bucket, .insufficientHistory(.tooShort(days: days, needed: needed)))
  }

  private func unscored(
    _ bucket: SpendSeries.Bucket, _ verdict: BucketScore.Verdict
  ) -> BucketScore {
    BucketScore(bucket: bucket, expected: nil, z: nil, verdict: verdict)
  }

  /// How much a residual varies beside others, from arithmetic alone.
  ///
  /// The cushion dampens the ratios of quiet hours, and a median of few samples varies itself: its
  /// variance is that of one sample times about π / (2n + π − 2).
  private static func scale(median: Double, cushion: Double, samples: Int) -> Double {
    let damping = max(0.5, median / (median + cushion))
    return damping * (1 + .pi / (2 * Double(samples) + .pi - 2)).squareRoot()
  }
}
