/// What a month (or any budget period) will have cost at its end, by several methods and as a
/// range.
package struct MonthEndProjection: Sendable, Equatable {
  package enum Method: String, Sendable {
    /// The article's: what was spent over the days gone, times the days of the month.
    case linear
    /// What was spent, and the mean of the last 7 complete days for each day that is left.
    case trailing
    /// What was spent, and for each day left its weekday's mean in 28 days, at the last week's
    /// level.
    case weekdayProfile
  }

  package struct Estimate: Sendable, Equatable {
    package let method: Method
    package let nanos: Int64
  }

  /// Spend of the period so far, in nano-dollars; today's part is in it.
  package let spent: Int64
  /// Complete days of the period, and all of its days.
  package let daysElapsed, daysInPeriod: Int
  /// Linear over the complete days; nil before the first is over.
  package let linear: Int64?
  /// Linear as the article has it: everything spent, today's part too, over the day of the month.
  package let linearByDayOfMonth: Int64?
  /// Nil with fewer than 7 complete days, which may lie before the period.
  package let trailing: Int64?
  /// Nil with fewer than 28 complete days, which may lie before the period.
  package let weekdayProfile: Int64?
  /// The profile, else trailing, else linear; nil where nothing is known.
  package let best: Estimate?
  /// Holds the end in about four months of five; nil without 7 complete days to measure from.
  package let range: ClosedRange<Int64>?
  /// The first day (days since 1970-01-01) at whose end the best estimate is above the budget; a
  /// day of the past if it is so already, nil if it will not be.
  package let budgetCrossed: Int?

  /// Projects the end of `period` (UTC milliseconds) from daily spend, `days`, folded on its clock.
  ///
  /// Only complete days are averaged. Days before the period are looked at too, so its first days
  /// have an answer. `today` is the local date (days since 1970-01-01) on which the question is
  /// asked.
  package init(of period: Range<Int64>, days: SpendSeries, today: Int, budget: Int64? = nil) {
    let month = PeriodDays(period, in: days, today: today)
    let history = DailyHistory(days.buckets.filter { $0.isComplete && $0.day < today })
    spent = Int64(saturating: month.spent)
    daysElapsed = month.complete.count
    daysInPeriod = month.days.count

    let meanOfPeriod =
      month.complete.isEmpty ? nil : Double(month.settled) / Double(month.complete.count)
    linear = meanOfPeriod.map { Int64(saturating: $0 * Double(month.days.count)) }
    linearByDayOfMonth = month.dayOfPeriod.map {
      Int64(saturating: Double(month.spent) / Double($0) * Double(month.days.count))
    }
    let byTrailing = history.trailingMean.map { mean in month.rest { _ in mean } }
    let byProfile = history.weekdayMeans.map { means in
      month.rest { means[LocalClock.weekday(ofDay: $0)] }
    }
    trailing = byTrailing.map(month.total)
    weekdayProfile = byProfile.map(month.total)

    let byLinear = meanOfPeriod.map { mean in month.rest { _ in mean } }
    let method: Method =
      byProfile != nil ? .weekdayProfile : byTrailing != nil ? .trailing : .linear
    let rest = byProfile ?? byTrailing ?? byLinear
    best = rest.map { Estimate(method: method, nanos: month.total($0)) }
    range = rest.flatMap { [linear, trailing, weekdayProfile] rest in
      Self.range(month, rest, history, others: [linear, trailing, weekdayProfile])
    }
    budgetCrossed = budget.flatMap { month.firstDay(above: $0, rest: rest ?? []) }
  }

  /// Deviations to either side for four of five, were the errors normal.
  private static let reach = 1.2816

  /// From the lowest to the highest of: the best estimate and the same with the trend of four weeks
  /// going on, each with its deviation, and the other methods; never below what is spent.
  private static func range(
    _ month: PeriodDays, _ rest: [Double], _ history: DailyHistory, others: [Int64?]
  ) -> ClosedRange<Int64>? {
    guard let deviation = history.spread(of: rest) else { return nil }
    var ends = others.compactMap { $0.map(Double.init) }
    for centre in [rest, history.continued(rest) ?? rest].map({ Double(month.total($0)) }) {
      ends += [centre - reach * deviation, centre + reach * deviation]
    }
    let low = max(Int64(saturating: ends.min() ?? 0), Int64(saturating: month.spent))
    return low...max(low, Int64(saturating: ends.max() ?? 0))
  }
}
