/// A stretch of whole days, or of time as it was asked for: `[since, until)` in UTC milliseconds.
package struct ReportPeriod: Hashable, Sendable {
  /// `2026-W46`, `2026-10`, or `2026-11-01..2026-11-15` (the last day included) where it has no name.
  package var text: String
  /// nil where it has none.
  package var name: PeriodName?
  package var since: Int64
  package var until: Int64
  /// IANA name of the zone whose days these are.
  package var timezone: String
  /// Where each day begins, in UTC milliseconds.
  ///
  /// The first is `since`. A day is 23 to 25 hours long.
  package var dayStarts: [Int64]
  /// The same days by the calendar.
  package var dates: [CivilDate]

  package var range: Range<Int64> { since..<until }

  /// The days' ends are the next ones' starts.
  package func day(of instant: Int64) -> Int? {
    guard range.contains(instant) else { return nil }
    var (low, high) = (0, dayStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if dayStarts[middle] <= instant { low = middle } else { high = middle }
    }
    return low
  }
}
