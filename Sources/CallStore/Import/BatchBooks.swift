import GRDB
import UsageLog

/// Everything of a batch but its calls: names, sums, buckets, rejects and the ledger.
struct BatchBooks {
  private let importID: Int64
  private let name: Statement
  private let longName: Statement
  private let sum: Statement
  private let dropEmptySum: Statement
  private let selectBucket: Statement
  private let bucket: Statement
  private let reject: Statement
  private let settleRejects: Statement
  private let log: Statement
  private let part: Statement

  init(_ db: Database, importID: Int64) throws {
    self.importID = importID
    name = try Statement("INSERT INTO name (id, text) VALUES (?1, ?2)", on: db)
    longName = try Statement(
      "INSERT INTO long_name (code, text) VALUES (?1, ?2) ON CONFLICT (code) DO NOTHING", on: db)
    let amounts = UsageAmounts.columnNames
    sum = try Statement(
      """
      INSERT INTO usage_sum (dimension, grain, bucket, value, \(amounts.joined(separator: ", ")))
      VALUES (\((1...(4 + amounts.count)).map { "?\($0)" }.joined(separator: ", ")))
      ON CONFLICT (dimension, grain, bucket, value) DO UPDATE SET
        \(amounts.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
      """, on: db)
    dropEmptySum = try Statement(
      """
      DELETE FROM usage_sum WHERE dimension = ?1 AND grain = ?2 AND bucket = ?3 AND value = ?4
        AND calls = 0 AND extra_calls = 0
      """, on: db)
    let dimensions = UsageBucket.Dimension.allCases.map(\.rawValue)
    let columns =
      ["report", "starting_at", "ending_at", "key", "grouped_by", "fetched_at"] + dimensions + [
        "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
        "output_tokens", "web_search_requests", "currency", "amount", "amount_usd_nanos",
        "source", "source_line",
      ]
    bucket = try Statement(
      """
      INSERT OR REPLACE INTO usage_bucket (\(columns.joined(separator: ", ")))
      VALUES (\(columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
      """, on: db)
    selectBucket = try Statement(
      """
      SELECT fetched_at, input_tokens, cache_create_tokens, cache_create_1h_tokens,
        cache_read_tokens, output_tokens, web_search_requests, amount
      FROM usage_bucket WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3 AND key = ?4
      """, on: db)
    reject = try Statement(
      "INSERT OR REPLACE INTO reject (source, offset, line, bytes, reason, import) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      on: db)
    settleRejects = try Statement(
      "DELETE FROM reject WHERE source = ?1 AND line BETWEEN ?2 AND ?3", on: db)
    log = try Statement(
      """
      INSERT INTO log_file (id, path, format, device, inode, size_bytes, modified_ns,
        committed_offset, committed_lines, head_bytes, head_hash, tail_bytes, tail_hash, header)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      ON CONFLICT (id) DO UPDATE SET path = ?2, format = ?3, device = ?4, inode = ?5,
        size_bytes = ?6, modified_ns = ?7, committed_offset = ?8, committed_lines = ?9,
        head_bytes = ?10, head_hash = ?11, tail_bytes = ?12, tail_hash = ?13, header = ?14
      """, on: db)
    part = try Statement(
      """
      INSERT INTO import_part (import, source, first_line, last_line) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (import, source, first_line) DO UPDATE SET last_line = MAX(last_line, ?4)
      """, on: db)
  }

  func writeNames(_ batch: ImportBatch) throws {
    for (code, text) in batch.names {
      name.bind(0, code)
      name.bind(1, text: text)
      try name.run()
    }
    for (code, text) in batch.longNames {
      longName.bind(0, code)
      longName.bind(1, text: text)
      try longName.run()
    }
  }

  func writeSums(_ sums: UsageSums) throws {
    for (key, amounts) in zip(sums.keys, sums.amounts) where !amounts.isZero {
      let place = [key.dimension, key.grain, key.bucket, key.value]
      try sum.run(place + amounts.columns)
      if amounts.calls < 0 || amounts.extraCalls < 0 { try dropEmptySum.run(place) }
    }
  }

  /// A bucket replaces an earlier report of itself; one that was fetched before is a duplicate.
  func writeBuckets(_ batch: ImportBatch, _ summary: inout ImportSummary) throws {
    for entry in batch.buckets {
      let bucket = entry.bucket
      summary.buckets += 1
      switch try state(of: entry) {
      case .unknown: summary.inserted += 1
      case .same:
        summary.duplicates += 1
        continue
      case .older: summary.updated += 1
      }
      let row = self.bucket
      row.bind(0, text: bucket.report.rawValue)
      row.bind(1, bucket.startingAt)
      row.bind(2, bucket.endingAt)
      row.bind(3, Int64(bitPattern: bucket.key))
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

  private enum BucketState { case unknown, same, older }

  private func state(of entry: ImportBatch.Bucket) throws -> BucketState {
    selectBucket.bind(0, text: entry.bucket.report.rawValue)
    selectBucket.bind(1, entry.bucket.startingAt)
    selectBucket.bind(2, entry.bucket.endingAt)
    selectBucket.bind(3, Int64(bitPattern: entry.bucket.key))
    guard try selectBucket.next() else { return .unknown }
    defer { selectBucket.reset() }
    let stored = (1...6).map { selectBucket.int($0) }
    if stored == counts(of: entry.bucket.usage), selectBucket.text(7) == entry.bucket.amount {
      return .same
    }
    return entry.fetchedAt >= selectBucket.int(0) ?? 0 ? .older : .same
  }

  private func counts(of usage: Call.Usage) -> [Int64?] {
    [
      usage.input, usage.cacheCreate, usage.cacheCreate1h, usage.cacheRead, usage.output,
      usage.webSearches,
    ]
  }

  func writeRejects(_ batch: ImportBatch) throws {
    for progress in batch.progress {
      // Lines read again are judged again.
      try settleRejects.run([progress.id, progress.firstLine, progress.lastLine])
    }
    for entry in batch.rejects {
      reject.bind(0, entry.source)
      reject.bind(1, entry.offset)
      reject.bind(2, entry.line)
      reject.bind(3, entry.bytes)
      reject.bind(4, text: entry.reason)
      reject.bind(5, importID)
      try reject.run()
    }
  }

  func writeProgress(_ batch: ImportBatch) throws {
    for progress in batch.progress {
      log.bind(0, progress.id)
      log.bind(1, text: progress.path)
      log.bind(2, text: progress.resumption.format)
      for (offset, value) in [
        progress.stat.device, progress.stat.inode, progress.stat.size, progress.stat.modifiedNs,
        progress.resumption.offset, progress.resumption.line,
        Int64(progress.fingerprint.headBytes), Int64(bitPattern: progress.fingerprint.headHash),
        Int64(progress.fingerprint.tailBytes), Int64(bitPattern: progress.fingerprint.tailHash),
      ].enumerated() {
        log.bind(3 + offset, value)
      }
      log.bind(13, text: progress.resumption.header)
      try log.run()
      if progress.lastLine >= progress.firstLine {
        try part.run([importID, progress.id, progress.firstLine, progress.lastLine])
      }
    }
  }
}
