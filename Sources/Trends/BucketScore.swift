/// What a bucket's spend was, what it should have been, and what to think of the difference.
package struct BucketScore: Sendable, Equatable {
  package enum Verdict: Sendable, Equatable {
    case normal
    case anomaly
    /// No score, and why.
    case insufficientHistory(HistoryGap)
    /// Not all of the bucket was ingested.
    case incomplete
  }

  package let bucket: SpendSeries.Bucket
  /// Nano-dollars; nil where there is no score.
  package let expected: Int64?
  /// Deviations above what was expected; nil where there is no score.
  package let z: Double?
  package let verdict: Verdict

  /// Nano-dollars.
  package var actual: Int64 { bucket.nanos }
  /// Actual less expected, in nano-dollars; negative where less was spent.
  package var excess: Int64? { expected.map(actual.saturatingSubtracting) }
}

/// Why there is no score.
package enum HistoryGap: Sendable, Equatable, CustomStringConvertible {
  /// Fewer days before the bucket than the method needs.
  case tooShort(days: Int, needed: Int)
  /// Fewer than two earlier buckets of the same time and kind of day.
  case tooFewAlike
  /// Nothing was spent before, so that nothing can be compared.
  case noSpend
  /// The earlier buckets are all equal, so that there is no deviation to measure by.
  case noVariation
  /// Even days are too often empty.
  case tooSparse

  package var description: String {
    switch self {
    case .tooShort(let days, let needed): "\(days) of \(needed) days of history"
    case .tooFewAlike: "fewer than two earlier buckets of this time and kind of day"
    case .noSpend: "no spend before"
    case .noVariation: "all earlier buckets are equal"
    case .tooSparse: "too many days without spend"
    }
  }
}

/// What a difference must amount to, whatever its score, before somebody is called.
package struct ImpactGate: Sendable, Equatable {
  /// The least excess in nano-dollars.
  package let minimum: Int64
  /// The least excess as a share of a day's budget or, without one, of the mean daily spend.
  package let shareOfDay: Double
  /// Nano-dollars; nil where there is no budget.
  package let dailyBudget: Int64?

  package init(
    minimum: Int64 = 1_000_000_000, shareOfDay: Double = 0.02, dailyBudget: Int64? = nil
  ) {
    self.minimum = minimum
    self.shareOfDay = shareOfDay
    self.dailyBudget = dailyBudget
  }

  func lets(_ excess: Int64, meanDaily: Double) -> Bool {
    excess >= minimum && Double(excess) >= shareOfDay * (dailyBudget.map(Double.init) ?? meanDaily)
  }
}
