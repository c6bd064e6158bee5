/// How often a workload runs.
package struct Volume: Hashable, Sendable {
  package enum Period: String, CaseIterable, Sendable {
    case day, month
    /// Once: a count without a period.
    case run
  }

  /// A month is 30 days, here as in the articles.
  package static let daysInMonth: Int64 = 30

  package let count: Int64
  package let period: Period

  package init(_ count: Int64, per period: Period) {
    self.count = count
    self.period = period
  }

  /// How many there are in a day; nil without a period.
  package var aDay: Ratio? {
    switch period {
    case .day: Ratio(count, over: 1)
    case .month: Ratio(count, over: Self.daysInMonth)
    case .run: nil
    }
  }

  /// How many there are in a month, or in all.
  package var inAll: Ratio {
    period == .day ? Ratio(count * Self.daysInMonth, over: 1) : Ratio(count, over: 1)
  }
}

/// What is added to an estimate for what it leaves out, in whole per cent of the cost.
///
/// The two are added, not multiplied: 30 and 20 per cent make 1.5 times the cost.
package struct Padding: Hashable, Sendable {
  /// For tool results that are sent again and again.
  package let toolLoops: Int64
  /// For calls that fail and are repeated.
  package let retries: Int64

  /// What the articles recommend.
  package static let usual = Padding(toolLoops: 30, retries: 20)

  package init(toolLoops: Int64, retries: Int64) {
    self.toolLoops = toolLoops
    self.retries = retries
  }

  package var factor: Ratio { Ratio(100 + toolLoops + retries, over: 100) }
}
