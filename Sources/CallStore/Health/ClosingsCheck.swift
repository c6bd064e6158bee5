import GRDB

/// Whether closed periods are still their calls less their adjustments.
///
/// Calls and costs only: their hashes are reckoned by `close --verify`.
struct ClosingsCheck {
  let finding: Doctor.Finding

  init(_ db: Database) throws {
    let closed = try StoredClosings(db).withAdjustments().filter(\.isClosed)
    var wrong: [String] = []
    for closing in closed where try !Self.comesOut(closing, db) { wrong.append(closing.period) }
    let strays = try Self.strays(db)
    finding = Doctor.Finding(
      check: "closings", isSound: wrong.isEmpty && strays == 0,
      detail: !wrong.isEmpty
        ? "not their calls less their adjustments: \(wrong.joined(separator: ", "))"
        : strays > 0
          ? "\(counted(strays, "adjustment")) of no closed period"
          : closed.isEmpty
            ? "no period is closed"
            : "\(counted(Int64(closed.count), "closed period")): calls less adjustments, as closed",
      remedy: wrong.isEmpty && strays == 0
        ? "" : "see what differs with: forensics close --verify; restore a backup")
  }

  private static func comesOut(_ closing: ClosingRecord, _ db: Database) throws -> Bool {
    let now = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) FILTER (WHERE kind IS NULL), COALESCE(SUM(cost_usd_nanos), 0) FROM call
        WHERE hour BETWEEN ?1 / \(hourLength) - 1 AND ?2 / \(hourLength)
          AND occurred_at >= ?1 AND occurred_at < ?2
        """, arguments: [closing.window.lowerBound, closing.window.upperBound])
    let (calls, cost): (Int64, Int64) = (now?[0] ?? 0, now?[1] ?? 0)
    return calls - closing.since.calls == closing.calls
      && cost - closing.since.costNanos == closing.costNanos
  }

  private static func strays(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) FROM adjustment AS a LEFT JOIN closed_period AS p ON p.closing = a.closing
        WHERE p.closing IS NULL OR a.occurred_at < p.starting_at OR a.occurred_at >= p.ending_at
          OR a.booked_at < p.ending_at
        """) ?? 0
  }
}
