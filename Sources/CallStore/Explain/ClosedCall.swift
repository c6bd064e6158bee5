import GRDB
import Tables

/// What the closing of its period means for one call.
struct ClosedCall {
  /// Empty in an open period.
  let remarks: [String]

  /// - Parameter instant: when the call was, UTC milliseconds.
  init(_ key: CallKey, at instant: Int64, _ db: Database) throws {
    let closing = try Row.fetchOne(
      db,
      sql: """
        SELECT id, period, closed_by, closed_at FROM closing
        WHERE reopened_at IS NULL AND starting_at <= ?1 AND ending_at > ?1
        """, arguments: [instant])
    guard let closing else {
      remarks = []
      return
    }
    let adjusted = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(*), SUM(sign), SUM(sign * COALESCE(cost_usd_nanos, 0)), MIN(booked_at)
        FROM adjustment WHERE hour = ? AND identity = ? AND closing = ?
        """, arguments: [key.hour, key.identity, closing[0] as Int64])
    let closed =
      "it lies in \(closing[1] as String), which \(closing[2] as String) closed "
      + "(closed \(ClockTime(closing[3]).toTheSecond))"
    guard let adjusted, adjusted[0] as Int64 > 0 else {
      remarks = ["\(closed) with the call as it is"]
      return
    }
    let amount = "$\(Billionths(adjusted[2]).exact)"
    let dated = "dated \(ClockTime(adjusted[3]).asFineAsNeeded)"
    remarks = [
      adjusted[1] as Int64 > 0
        ? "\(closed) without it: it is an adjustment of \(amount), \(dated)"
        : "\(closed) with the call as it was then: an adjustment of \(amount), \(dated)"
    ]
  }
}
