/// How much of its month each day of a period is, so that monthly amounts are prorated exactly.
package struct MonthShares: Sendable {
  /// The month's days, for each day of the period.
  package var lengths: [Int]

  /// Months as the calendar has them: they may begin on another day than the first.
  package init(_ period: ReportPeriod, _ calendar: ReportCalendar) {
    var known: [PeriodName: Int] = [:]
    lengths = period.dates.map { date in
      let month = calendar.name(like: .month(year: 1970, month: 1), of: date)
      let days = known[month] ?? calendar.period(month).dates.count
      known[month] = days
      return days
    }
  }

  /// A multiple of all lengths of months: 28, 29, 30 and 31.
  package static let denominator: Int128 = 377_580

  /// The period in months, times `denominator`.
  package var months: Int128 { lengths.reduce(0) { $0 + Self.denominator / Int128($1) } }

  /// What is asked for a month, over the period; the amount may change from day to day.
  package func prorated(_ monthly: (_ day: Int) -> Int64) -> Price {
    Price(
      lengths.indices.reduce(0) {
        $0 + Int128(monthly($1)) * (Self.denominator / Int128(lengths[$1]))
      }, over: Self.denominator)
  }
}
