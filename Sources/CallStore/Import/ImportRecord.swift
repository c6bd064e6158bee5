import GRDB

/// An import's own row: when, with which prices, and what it did so far.
struct ImportRecord {
  let id: Int64
  private let startedAt: Int64
  private let version: String
  private let catalogue: String
  private let described: String
  private(set) var summary = ImportSummary()

  /// The import is the only writer, so it may number itself; its row is written with the first batch, and an
  /// import that finds nothing new leaves no trace.
  init(
    _ db: Database, startedAt: Int64, version: String, catalogue: String, described: String
  ) throws {
    id = try Int64.fetchOne(db, sql: "SELECT COALESCE(MAX(id), 0) + 1 FROM import") ?? 1
    self.startedAt = startedAt
    self.version = version
    self.catalogue = catalogue
    self.described = described
  }

  mutating func add(_ batch: ImportSummary) {
    summary.add(batch)
    summary.files += batch.files
    summary.unchangedFiles += batch.unchangedFiles
    summary.failedFiles += batch.failedFiles
  }

  /// Written with each batch, so that an interrupted import shows how far it came.
  func save(_ db: Database) throws {
    // What a log no longer tells is gone without any record.
    guard summary.records > 0 || summary.hours != nil else { return }
    try db.execute(
      sql: """
        INSERT INTO import (id, started_at, version, catalogue, files, records, inserted, updated,
          duplicates, rejected, skipped, unpriced_calls, extra_calls, buckets, conflicts, cost_usd_nanos,
          described, first_hour, last_hour)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        ON CONFLICT (id) DO UPDATE SET files = ?5, records = ?6, inserted = ?7, updated = ?8,
          duplicates = ?9, rejected = ?10, skipped = ?11, unpriced_calls = ?12, extra_calls = ?13,
          buckets = ?14, conflicts = ?15, cost_usd_nanos = ?16, first_hour = ?18, last_hour = ?19
        """,
      arguments: [
        id, startedAt, version, catalogue, summary.files, summary.records, summary.inserted,
        summary.updated, summary.duplicates, summary.rejected, summary.skipped,
        summary.unpricedCalls, summary.extraCalls, summary.buckets, summary.conflicts,
        summary.costNanos, described, summary.hours?.lowerBound, summary.hours?.upperBound,
      ])
  }

  /// Imports that were interrupted before are finished, too, once all their logs were read to the end.
  ///
  /// Standard input cannot be read again, so nothing waits for the rest of it.
  func finish(_ db: Database, at finishedAt: Int64) throws {
    let settled = """
      finished_at IS NULL AND (id = ?2 OR NOT EXISTS (
        SELECT 1 FROM import_part AS p JOIN log_file AS l ON l.id = p.source
        WHERE p.import = import.id AND (l.modified_ns = \(FileStat.neverModified) OR l.is_rereading) AND l.path <> ?3))
      """
    let open = "SELECT EXISTS (SELECT 1 FROM import WHERE finished_at IS NULL)"
    // An import that finds nothing new writes nothing.
    guard try Bool.fetchOne(db, sql: open) == true else { return }
    try db.execute(
      sql: "UPDATE import SET finished_at = ?1 WHERE \(settled)",
      arguments: [finishedAt, id, LogSource.standardInput])
  }
}
