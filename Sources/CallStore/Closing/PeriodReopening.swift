import GRDB

/// Opens a closed period again: its figures are those of its calls as they are now.
///
/// Its adjustments go, since the calls say the same; the record of the closing stays, with who opened it again,
/// when and why, and so do the files that went out.
package struct PeriodReopening {
  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// - Parameters:
  ///   - now: UTC milliseconds.
  ///   - waits: for a running import to finish.
  /// - Returns: the closing as it was, with the adjustments that are part of the period now.
  /// - Throws: `ClosingError.notClosed`; `.holdsAdjustments` where a later closing has its adjustments in its figures.
  package func reopen(
    _ period: String, by: String, why: String, at now: Int64, waits: Bool = false
  ) throws -> ClosingRecord {
    try file.writeAlone(waits: waits) { db in
      var closing: ClosingRecord?
      try db.inTransaction {
        let found = try StoredClosings(db).closed(period)
        closing = found
        if let later = try closedHolder(of: found.id, db) {
          throw ClosingError.holdsAdjustments(period, later: later)
        }
        try db.execute(sql: "DELETE FROM adjustment WHERE closing = ?", arguments: [found.id])
        try db.execute(
          sql: """
            UPDATE closing SET reopened_at = ?2, reopened_by = ?3, reopened_why = ?4 WHERE id = ?1
            """, arguments: [found.id, now, by, why])
        return .commit
      }
      guard let closing else { throw ClosingError.notClosed(period, closed: []) }
      return closing
    }
  }

  /// The last closed period that adjustments of this one are dated into: it has to be opened first.
  private func closedHolder(of closing: Int64, _ db: Database) throws -> String? {
    try String.fetchOne(
      db,
      sql: """
        SELECT period FROM closed_period AS p
        WHERE EXISTS (
          SELECT 1 FROM adjustment AS a
          WHERE a.booked_at >= p.starting_at AND a.booked_at < p.ending_at AND a.closing = ?)
        ORDER BY starting_at DESC LIMIT 1
        """, arguments: [closing])
  }
}
