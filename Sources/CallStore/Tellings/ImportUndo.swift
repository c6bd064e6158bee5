import GRDB
import UsageLog

/// Takes back what one import did: what it alone told goes, what it replaced comes back, and what others told as
/// well stays as they told it (docs/identity.md).
package struct ImportUndo {
  private let file: DatabaseFile
  private let prices: PriceSettings

  /// - Parameter prices: for calls that turn into what they were before.
  package init(_ file: DatabaseFile, prices: PriceSettings = PriceSettings()) {
    self.file = file
    self.prices = prices
  }

  package struct Summary: Equatable, Sendable {
    /// Calls that went, came back or say something else now.
    package var calls: Int64 = 0
    package var buckets: Int64 = 0
    package var rejects: Int64 = 0
    package var costNanos: Int64 = 0
    /// Logs that the next import reads again if it is given them.
    package var logs: [String] = []
  }

  /// - Parameter now: UTC milliseconds.
  /// - Throws: `StoreError.noImport`, `.undone` or `.locked`; then nothing was changed.
  package func undo(_ id: Int64, at now: Int64) throws -> Summary {
    try file.writeAlone { db in
      try check(id, db)
      var summary = Summary()
      let stored = StoredPrices(db)
      var books: CallBooks?
      try db.inTransaction {
        let opened = try CallBooks(db, pricing: stored.pricing(prices, at: now), at: now)
        books = opened
        let books = opened
        try takeBackCalls(id, books, db, &summary)
        try takeBackBuckets(id, db, &summary)
        try takeBackLedger(id, at: now, db, &summary)
        books.sums.addDays()
        try StoredSums(db).write(books.sums)
        try books.calls.columns.write()
        return .commit
      }
      guard let columns = books?.calls.columns else { return summary }
      for hour in try columns.staleHours() {
        try db.inTransaction {
          try columns.repack(hour)
          return .commit
        }
      }
      return summary
    }
  }

  private func check(_ id: Int64, _ db: Database) throws {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT undone_at FROM import WHERE id = ?", arguments: [id])
    else { throw StoreError.noImport(id) }
    if row[0] as Int64? != nil { throw StoreError.undone(id) }
  }

  // MARK: - Calls

  private func takeBackCalls(
    _ id: Int64, _ books: CallBooks, _ db: Database, _ summary: inout Summary
  ) throws {
    for hour in try hours(of: id, db) {
      for identity in try callsToldOnce(by: id, in: hour, db) {
        try takeBack(id, CallKey(hour: hour, identity: identity), books, &summary)
      }
    }
    // Calls that were told more than once may have moved since.
    var before: [Row] = []
    while true {
      let told = try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT hour, identity FROM call_telling WHERE import = ?1 OR replaced_by = ?1
          LIMIT 100000
          """, arguments: [id])
      if told.isEmpty || told == before { return }
      before = told
      for row in told {
        try takeBack(id, CallKey(hour: row[0], identity: row[1]), books, &summary)
      }
    }
  }

  /// The hours in which the import told calls.
  private func hours(of id: Int64, _ db: Database) throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT bucket FROM usage_sum, import
        WHERE dimension = 0 AND grain = 1 AND import.id = ?1
          AND bucket BETWEEN COALESCE(first_hour - 1, 0) AND COALESCE(last_hour + 1, bucket)
        ORDER BY bucket
        """, arguments: [id])
  }

  private func callsToldOnce(by id: Int64, in hour: Int64, _ db: Database) throws -> [Int64] {
    // Calls stored by older versions do not say which import told them: their line does.
    try Int64.fetchAll(
      db,
      sql: """
        SELECT identity FROM call
        WHERE hour = ?1 AND COALESCE(import, (
            SELECT MIN(import) FROM import_part AS p
            WHERE p.source = call.source AND source_line BETWEEN first_line AND last_line)) = ?2
          AND NOT EXISTS (
            SELECT 1 FROM call_telling AS t WHERE t.hour = call.hour AND t.identity = call.identity)
        """, arguments: [hour, id])
  }

  private func takeBack(
    _ id: Int64, _ key: CallKey, _ books: CallBooks, _ summary: inout Summary
  ) throws {
    books.memory.removeAll()
    var loaded = try books.load(key)
    let gone = loaded.tellings.filter { $0.importID == id }
    loaded.tellings.removeAll { $0.importID == id }
    for index in loaded.tellings.indices where loaded.tellings[index].replacedBy == id {
      // What another import replaced since would have replaced what was before, too.
      let source = loaded.tellings[index].source
      loaded.tellings[index].replacedBy = gone.first { $0.source == source }?.replacedBy
    }
    let settled = try books.settle(loaded)
    if settled.isChanged { summary.calls += 1 }
    summary.costNanos += settled.costNanos
  }

  // MARK: - Buckets and the ledger

  private func takeBackBuckets(_ id: Int64, _ db: Database, _ summary: inout Summary) throws {
    let spans = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT report, starting_at, ending_at FROM bucket_telling
        WHERE import = ? AND told_as <> 'total'
        """,
      arguments: [id])
    let totals = try Row.fetchAll(
      db,
      sql: "SELECT DISTINCT report, key FROM bucket_telling WHERE import = ? AND told_as = 'total'",
      arguments: [id])
    guard !spans.isEmpty || !totals.isEmpty else { return }
    try db.execute(sql: "DELETE FROM bucket_telling WHERE import = ?", arguments: [id])
    summary.buckets = Int64(db.changesCount)
    let buckets = try StoredBuckets(db, importID: id)
    for span in spans {
      try buckets.settle(
        BucketRow.Span(report: span[0], startingAt: span[1], endingAt: span[2]))
    }
    for total in totals { try buckets.settle(total: total[0], key: total[1]) }
  }

  /// The logs are as if nothing of them had been read, but for their first bytes, by which they are known wherever
  /// they were moved: what later imports read of them is told again, which changes nothing.
  private func takeBackLedger(
    _ id: Int64, at now: Int64, _ db: Database, _ summary: inout Summary
  ) throws {
    summary.logs = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT path FROM log_file WHERE origin = 0 AND path <> ?2
          AND id IN (SELECT source FROM import_part WHERE import = ?1) ORDER BY path
        """, arguments: [id, LogSource.standardInput])
    try db.execute(
      sql: """
        UPDATE log_file SET size_bytes = 0, modified_ns = \(FileStat.neverModified),
          committed_offset = 0, committed_lines = 0, tail_bytes = 0, tail_hash = ?2, header = '', provisional_hour = NULL,
          provisional_identity = NULL, is_rereading = 0
        WHERE origin = 0 AND id IN (SELECT source FROM import_part WHERE import = ?1)
        """, arguments: [id, Int64(bitPattern: contentHash(""))])
    try db.execute(sql: "DELETE FROM reject WHERE import = ?", arguments: [id])
    summary.rejects = Int64(db.changesCount)
    try db.execute(sql: "DELETE FROM import_part WHERE import = ?", arguments: [id])
    try db.execute(
      sql:
        "UPDATE import SET undone_at = ?2, finished_at = COALESCE(finished_at, ?2) WHERE id = ?1",
      arguments: [id, now])
  }
}
