import GRDB

/// The periods that are closed now, and where what becomes known of them is dated.
struct ClosedPeriods {
  struct Period: Equatable {
    var closing: Int64
    /// UTC milliseconds.
    var range: Range<Int64>
    /// The start of the next open period.
    var bookedAt: Int64
  }

  /// In time order; they do not overlap.
  let periods: [Period]

  init(_ db: Database) throws {
    var periods = try Row.fetchAll(
      db, sql: "SELECT closing, starting_at, ending_at FROM closed_period ORDER BY starting_at"
    ).map { Period(closing: $0[0], range: ($0[1] as Int64)..<($0[2] as Int64), bookedAt: $0[2]) }
    // From the last one backwards: what follows without a gap is closed as well.
    for place in periods.indices.reversed().dropFirst()
    where periods[place].range.upperBound == periods[place + 1].range.lowerBound {
      periods[place].bookedAt = periods[place + 1].bookedAt
    }
    self.periods = periods
  }

  func period(of instant: Int64) -> Period? {
    // Nearly every call lies behind them all.
    guard let last = periods.last, instant < last.range.upperBound else { return nil }
    var (low, high) = (0, periods.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if periods[middle].range.lowerBound <= instant { low = middle } else { high = middle }
    }
    return periods[low].range.contains(instant) ? periods[low] : nil
  }
}
