import Foundation
import GRDB

/// Examines a database: the file itself, and whether everything derived from the calls says what they say.
package struct Doctor {
  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// What was looked at, and what was found.
  package struct Finding: Equatable, Sendable {
    package var check: String
    package var isSound: Bool
    package var detail: String
    /// What to do about it; empty where nothing is wrong.
    package var remedy = ""
  }

  /// Changes nothing, but for a schema that has to be brought up to date first.
  package func examine() throws -> [Finding] {
    let queue = try file.openForReading()
    return try queue.read { db in
      [try pages(db), try references(db)] + (try derived(db))
        + [try imports(db), try ClosingsCheck(db).finding]
    }
  }

  /// Makes the sums and the packed columns anew from the calls, a day at a time.
  ///
  /// - Throws: `StoreError.locked` while an import runs.
  package func rebuild() throws {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw StoreError.missing(file.path)
    }
    let lock = try ImportLock(for: file, waits: false)
    defer { withExtendedLifetime(lock) {} }
    let queue = try file.openForWriting()
    try queue.writeWithoutTransaction { db in
      let hours = try StoredHours(db)
      let sums = try StoredSums(db)
      let packed = try PackedHours(db)
      for day in try days(db) {
        try db.inTransaction {
          try rebuild(day, hours, sums, packed)
          return .commit
        }
      }
      // Hours that hold no calls any more.
      try db.inTransaction {
        for hour in try packed.staleHours() { try packed.repack(hour) }
        try db.execute(
          sql: """
            DELETE FROM call_column WHERE NOT EXISTS (
              SELECT 1 FROM call_part AS p WHERE p.hour = call_column.hour AND p.part = call_column.part)
            """)
        return .commit
      }
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Days that calls or anything derived from them lie in.
  private func days(_ db: Database) throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        WITH RECURSIVE stored(hour) AS (
          SELECT MIN(hour) FROM call
          UNION ALL
          SELECT (SELECT MIN(hour) FROM call WHERE call.hour > stored.hour) FROM stored
          WHERE stored.hour IS NOT NULL
        )
        SELECT hour / 24 FROM stored WHERE hour IS NOT NULL
        UNION SELECT bucket / 24 FROM usage_sum WHERE grain = 1
        UNION SELECT bucket FROM usage_sum WHERE grain = 24
        UNION SELECT hour / 24 FROM call_part
        ORDER BY 1
        """)
  }

  private func rebuild(
    _ day: Int64, _ hours: StoredHours, _ stored: StoredSums, _ packed: PackedHours
  ) throws {
    try stored.forget(day: day)
    var sums = UsageSums()
    var hour = try hours.hour(after: day * 24 - 1)
    while let at = hour, at < day * 24 + 24 {
      try hours.eachBatch(of: at) { batch in
        for row in 0..<batch.count { sums.add(batch, row) }
      }
      try packed.repack(at)
      hour = try hours.hour(after: at)
    }
    sums.addDays()
    try stored.write(sums)
  }

  // MARK: - Checks

  private func pages(_ db: Database) throws -> Finding {
    let said = try String.fetchAll(db, sql: "PRAGMA quick_check(5)")
    return said == ["ok"]
      ? Finding(check: "file", isSound: true, detail: "every page can be read")
      : Finding(
        check: "file", isSound: false, detail: said.joined(separator: "; "),
        remedy: "restore a backup, or import the logs into a new database")
  }

  private func references(_ db: Database) throws -> Finding {
    let lost = try Int64.fetchOne(
      db,
      sql: """
        SELECT (SELECT COUNT(*) FROM reject WHERE source NOT IN (SELECT id FROM log_file))
          + (SELECT COUNT(*) FROM import_part WHERE source NOT IN (SELECT id FROM log_file)
             OR import NOT IN (SELECT id FROM import))
        """)
    return Finding(
      check: "ledger", isSound: lost == 0,
      detail: lost == 0 ? "every entry leads to its log" : "\(lost ?? 0) entries lead nowhere",
      remedy: lost == 0 ? "" : "import the logs into a new database")
  }

  private func derived(_ db: Database) throws -> [Finding] {
    let check = try HourCheck(db)
    let hours = try StoredHours(db)
    var hour = try hours.hour(after: -1)
    while let at = hour {
      try check.check(at)
      hour = try hours.hour(after: at)
    }
    try check.finish()
    return check.findings
  }

  private func imports(_ db: Database) throws -> Finding {
    let open = try Int64.fetchOne(
      db,
      sql: "SELECT MAX(id) FROM import WHERE finished_at IS NULL")
    guard let open else {
      return Finding(check: "imports", isSound: true, detail: "all of them came to their end")
    }
    guard (try? ImportLock(for: file, waits: false)) != nil else {
      return Finding(check: "imports", isSound: true, detail: "import \(open) is running")
    }
    return Finding(
      check: "imports", isSound: false,
      detail: "import \(open) was interrupted; what it committed is whole",
      remedy: "import the same files again")
  }
}
