import GRDB
import UsageLog

/// Totals that grow: one bucket by report and key, whatever its span.
extension StoredBuckets {
  /// A total that grows: of all that was told under its key the one that ends last counts.
  func write(
    total row: BucketRow, _ bucket: UsageBucket, _ summary: inout ImportSummary
  ) throws {
    summary.buckets += 1
    let stored = try self.stored(total: row.span.report, key: row.key)
    if stored.contains(where: { $0.row.saysTheSame(as: row) && $0.row.span == row.span }) {
      summary.duplicates += 1
      return
    }
    let isLast = !stored.contains { $0.row.isLater(than: row) }
    if isLast {
      for old in stored where old.isCurrent { try mark(old.row, false) }
    }
    try add(bucket, row, isCurrent: isLast)
    if stored.isEmpty {
      summary.inserted += 1
    } else if isLast {
      summary.updated += 1
    } else {
      summary.duplicates += 1
    }
  }
}
