import GRDB
import UsageLog

/// The table `usage_bucket` as the import sees it: what a provider reported, and which telling of it counts.
struct StoredBuckets {
  private let insert: Statement
  private let confirm: Statement
  private let select: Statement

  init(_ db: Database) throws {
    let dimensions = UsageBucket.Dimension.allCases.map(\.rawValue)
    let columns =
      ["report", "starting_at", "ending_at", "key", "grouped_by", "fetched_at"] + dimensions + [
        "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
        "output_tokens", "web_search_requests", "currency", "amount", "amount_usd_nanos",
        "source", "source_line",
      ]
    insert = try Statement(
      """
      INSERT OR REPLACE INTO usage_bucket (\(columns.joined(separator: ", ")))
      VALUES (\(columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
      """, on: db)
    confirm = try Statement(
      """
      UPDATE usage_bucket SET fetched_at = MAX(fetched_at, ?5)
      WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3 AND key = ?4
      """, on: db)
    select = try Statement(
      """
      SELECT fetched_at, input_tokens, cache_create_tokens, cache_create_1h_tokens,
        cache_read_tokens, output_tokens, web_search_requests, amount
      FROM usage_bucket WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3 AND key = ?4
      """, on: db)
  }

  /// A bucket replaces an earlier report of itself; one that was fetched before is a duplicate.
  func write(_ batch: ImportBatch, _ summary: inout ImportSummary) throws {
    for entry in batch.buckets {
      let bucket = entry.bucket
      summary.buckets += 1
      switch try state(of: entry) {
      case .unknown: summary.inserted += 1
      case .older: summary.updated += 1
      case .newer:
        summary.duplicates += 1
        continue
      case .same:
        // What was fetched in between and arrives later must not replace it.
        bind(entry, to: confirm)
        confirm.bind(4, entry.fetchedAt)
        try confirm.run()
        summary.duplicates += 1
        continue
      }
      let row = insert
      bind(entry, to: row)
      row.bind(4, text: bucket.groupedBy.map(\.rawValue).joined(separator: ","))
      row.bind(5, entry.fetchedAt)
      var place = 6
      for dimension in UsageBucket.Dimension.allCases {
        row.bind(place, text: bucket.dimensions[dimension])
        place += 1
      }
      for count in counts(of: bucket.usage) {
        if let count { row.bind(place, count) }
        place += 1
      }
      row.bind(place, text: bucket.currency)
      row.bind(place + 1, text: bucket.amount)
      if let nanos = bucket.amountNanos { row.bind(place + 2, nanos) }
      row.bind(place + 3, entry.source)
      row.bind(place + 4, entry.line)
      try row.run()
    }
  }

  /// What the store holds of a bucket that arrives.
  private enum State { case unknown, same, older, newer }

  private func bind(_ entry: ImportBatch.Bucket, to statement: Statement) {
    statement.bind(0, text: entry.bucket.report.rawValue)
    statement.bind(1, entry.bucket.startingAt)
    statement.bind(2, entry.bucket.endingAt)
    statement.bind(3, Int64(bitPattern: entry.bucket.key))
  }

  private func state(of entry: ImportBatch.Bucket) throws -> State {
    bind(entry, to: select)
    guard try select.next() else { return .unknown }
    defer { select.reset() }
    let stored = (1...6).map { select.int($0) }
    if stored == counts(of: entry.bucket.usage), select.text(7) == entry.bucket.amount {
      return .same
    }
    return entry.fetchedAt >= select.int(0) ?? 0 ? .older : .newer
  }

  private func counts(of usage: Call.Usage) -> [Int64?] {
    [
      usage.input, usage.cacheCreate, usage.cacheCreate1h, usage.cacheRead, usage.output,
      usage.webSearches,
    ]
  }
}
