import GRDB
import UsageLog

/// The table `usage_bucket` as the import sees it: what a provider reported, and which telling of it counts.
struct StoredBuckets {
  private let insert: Statement
  private let delete: Statement
  private let select: Statement

  init(_ db: Database) throws {
    let dimensions = UsageBucket.Dimension.columns.prefix(12).map(\.rawValue)
    let columns =
      ["report", "starting_at", "ending_at", "key", "grouped_by", "fetched_at"] + dimensions + [
        "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
        "output_tokens", "web_search_requests", "currency", "amount", "amount_usd_nanos",
        "source", "source_line",
      ]
    insert = try Statement(
      """
      INSERT INTO usage_bucket (\(columns.joined(separator: ", ")))
      VALUES (\(columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
      """, on: db)
    delete = try Statement(
      """
      DELETE FROM usage_bucket
      WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3 AND key = ?4
      """, on: db)
    select = try Statement(
      """
      SELECT key, grouped_by, fetched_at, source, amount, input_tokens, cache_create_tokens,
        cache_create_1h_tokens, cache_read_tokens, output_tokens, web_search_requests
      FROM usage_bucket WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3
      """, on: db)
  }

  func write(_ batch: ImportBatch, _ summary: inout ImportSummary) throws {
    for telling in BucketTelling.all(in: batch) { try write(telling, &summary) }
  }

  /// A telling replaces older ones of its span that tell no more dimensions apart, as a whole: what it
  /// does not mention any more is not so any more.
  private func write(_ telling: BucketTelling, _ summary: inout ImportSummary) throws {
    summary.buckets += Int64(telling.rows.count)
    var stored = try stored(telling.first)
    let grouping = telling.grouping
    let fetchedAt = telling.first.fetchedAt
    if stored.values.contains(where: {
      $0.fetchedAt > fetchedAt && $0.grouping.isSuperset(of: grouping)
    }) {
      summary.duplicates += Int64(telling.rows.count)
      return
    }
    let keys = Set(telling.rows.map { Int64(bitPattern: $0.bucket.key) })
    for (key, row) in stored where !keys.contains(key) {
      let isOwn =
        telling.isFlattened && row.source == telling.first.source && row.fetchedAt == fetchedAt
      guard row.fetchedAt <= fetchedAt, row.grouping.isSubset(of: grouping), !isOwn else {
        continue
      }
      try remove(key, of: telling.first)
    }
    for row in telling.rows {
      let key = Int64(bitPattern: row.bucket.key)
      let figures = Figures(row.bucket)
      if let known = stored[key], known.fetchedAt > fetchedAt {
        summary.duplicates += 1
        continue
      }
      switch stored[key]?.figures {
      case nil: summary.inserted += 1
      case figures: summary.duplicates += 1
      default: summary.updated += 1
      }
      // The same figures too are as new as their confirmation: what was fetched in between and
      // arrives later must not replace them.
      if stored[key] != nil { try remove(key, of: row) }
      stored[key] = Stored(
        grouping: grouping, fetchedAt: fetchedAt, source: row.source, figures: figures)
      try add(row)
    }
  }

  private func add(_ entry: ImportBatch.Bucket) throws {
    let bucket = entry.bucket
    bind(entry, to: insert)
    insert.bind(3, Int64(bitPattern: bucket.key))
    insert.bind(4, text: bucket.groupedBy.map(\.rawValue).joined(separator: ","))
    insert.bind(5, entry.fetchedAt)
    var place = 6
    for dimension in UsageBucket.Dimension.columns.prefix(12) {
      insert.bind(place, text: bucket.dimensions[dimension])
      place += 1
    }
    for count in Figures(bucket).counts {
      if let count { insert.bind(place, count) }
      place += 1
    }
    insert.bind(place, text: bucket.currency)
    insert.bind(place + 1, text: bucket.amount)
    if let nanos = bucket.amountNanos { insert.bind(place + 2, nanos) }
    insert.bind(place + 3, entry.source)
    insert.bind(place + 4, entry.line)
    try insert.run()
  }

  private func remove(_ key: Int64, of entry: ImportBatch.Bucket) throws {
    bind(entry, to: delete)
    delete.bind(3, key)
    try delete.run()
  }

  private func bind(_ entry: ImportBatch.Bucket, to statement: Statement) {
    statement.bind(0, text: entry.bucket.report.rawValue)
    statement.bind(1, entry.bucket.startingAt)
    statement.bind(2, entry.bucket.endingAt)
  }

  /// A row as it is stored.
  fileprivate struct Stored {
    var grouping: Set<String>
    var fetchedAt: Int64
    var source: Int64
    var figures: Figures
  }

  /// What a later telling may correct.
  fileprivate struct Figures: Equatable {
    var amount: String?
    var counts: [Int64?]
  }

  /// The rows of a span, by key.
  private func stored(_ entry: ImportBatch.Bucket) throws -> [Int64: Stored] {
    bind(entry, to: select)
    var rows: [Int64: Stored] = [:]
    while try select.next() {
      rows[select.int(0) ?? 0] = Stored(
        grouping: Set((select.text(1) ?? "").split(separator: ",").map(String.init)),
        fetchedAt: select.int(2) ?? 0, source: select.int(3) ?? 0,
        figures: Figures(amount: select.text(4), counts: (5...10).map { select.int($0) }))
    }
    return rows
  }
}

extension StoredBuckets.Figures {
  fileprivate init(_ bucket: UsageBucket) {
    let usage = bucket.usage
    amount = bucket.amount
    counts = [
      usage.input, usage.cacheCreate, usage.cacheCreate1h, usage.cacheRead, usage.output,
      usage.webSearches,
    ]
  }
}
