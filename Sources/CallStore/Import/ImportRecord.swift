import GRDB

/// An import's own row: when, with which prices, and what it did so far.
struct ImportRecord {
  let id: Int64
  private(set) var summary = ImportSummary()

  init(_ db: Database, startedAt: Int64, version: String, catalogue: String) throws {
    try db.execute(
      sql: "INSERT INTO import (started_at, version, catalogue) VALUES (?, ?, ?)",
      arguments: [startedAt, version, catalogue])
    id = db.lastInsertedRowID
  }

  mutating func add(_ batch: ImportSummary) {
    summary.add(batch)
    summary.files += batch.files
    summary.unchangedFiles += batch.unchangedFiles
    summary.failedFiles += batch.failedFiles
  }

  /// Written with each batch, so that an interrupted import shows how far it came.
  func save(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE import SET files = ?, records = ?, inserted = ?, updated = ?, duplicates = ?,
          rejected = ?, skipped = ?, unpriced_calls = ?, extra_calls = ?, buckets = ?,
          conflicts = ?, cost_usd_nanos = ?
        WHERE id = ?
        """,
      arguments: [
        summary.files, summary.records, summary.inserted, summary.updated, summary.duplicates,
        summary.rejected, summary.skipped, summary.unpricedCalls, summary.extraCalls,
        summary.buckets, summary.conflicts, summary.costNanos, id,
      ])
  }

  /// An import that found nothing new leaves no trace.
  func finish(_ db: Database, at finishedAt: Int64) throws {
    if summary.records == 0 {
      try db.execute(sql: "DELETE FROM import_part WHERE import = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [id])
    } else {
      try db.execute(
        sql: "UPDATE import SET finished_at = ? WHERE id = ?", arguments: [finishedAt, id])
    }
  }
}
