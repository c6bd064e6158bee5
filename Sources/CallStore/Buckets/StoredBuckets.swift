import GRDB
import UsageLog

/// The table `bucket_telling` as the import sees it: what was reported, and which telling of it counts.
struct StoredBuckets {
  let insert: Statement
  let select: Statement
  let mark: Statement
  let selectSpans: Statement
  let importID: Int64

  static let dimensions = UsageBucket.Dimension.columns

  init(_ db: Database, importID: Int64) throws {
    self.importID = importID
    let columns =
      [
        "report", "starting_at", "ending_at", "key", "import", "source", "source_line",
        "is_current",
        "grouped_by", "fetched_at", "told_as",
      ] + Self.dimensions.map(\.rawValue) + ["other_dimensions"] + Self.figures + [
        "amount_usd_nanos", "list_amount_usd_nanos",
      ]
    insert = try Statement(
      """
      INSERT OR REPLACE INTO bucket_telling (\(columns.joined(separator: ", ")))
      VALUES (\(columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
      """, on: db)
    select = try Statement(
      """
      SELECT key, import, source, source_line, is_current, grouped_by, fetched_at, told_as,
        \(Self.figures.joined(separator: ", "))
      FROM bucket_telling WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3
      ORDER BY import, source, source_line
      """, on: db)
    selectSpans = try Statement(
      """
      SELECT DISTINCT starting_at, ending_at FROM bucket_telling
      WHERE told_as = 'total' AND report = ?1 AND key = ?2
      """, on: db)
    mark = try Statement(
      """
      UPDATE bucket_telling SET is_current = ?8
      WHERE report = ?1 AND starting_at = ?2 AND ending_at = ?3 AND key = ?4 AND import = ?5
        AND source = ?6 AND source_line = ?7
      """, on: db)
  }

  /// Columns of `BucketRow.Figures`: texts, then counts.
  static let figures =
    ["amount", "list_amount", "currency"] + [
      "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
      "output_tokens", "web_search_requests", "requests",
    ]

  func write(_ batch: ImportBatch, _ summary: inout ImportSummary) throws {
    guard !batch.buckets.isEmpty else { return }
    let told = batch.buckets.indices.map { position in
      BucketRow(batch.buckets[position], importID: importID, position: position)
    }
    for row in told where row.toldAs == .total {
      try write(total: row, batch.buckets[row.position].bucket, &summary)
    }
    let rows = told.filter { $0.toldAs != .total }
    for telling in BucketTelling.all(in: rows) {
      summary.buckets += Int64(telling.rows.count)
      let stored = try self.stored(telling.first.span).filter {
        $0.isCurrent && $0.row.toldAs != .total
      }.map(\.row)
      if telling.rows.allSatisfy({ row in stored.contains { $0.saysTheSame(as: row) } }) {
        // The same log told just this before.
        summary.duplicates += Int64(telling.rows.count)
        continue
      }
      var current = CurrentBuckets(stored)
      for outcome in current.take(telling) {
        switch outcome {
        case .inserted: summary.inserted += 1
        case .updated: summary.updated += 1
        case .duplicate: summary.duplicates += 1
        }
      }
      for row in stored where !current.counts(row) { try mark(row, false) }
      for row in telling.rows {
        try add(batch.buckets[row.position].bucket, row, isCurrent: current.counts(row))
      }
    }
  }

  /// Decides anew which telling of a growing total counts.
  func settle(total report: String, key: Int64) throws {
    let stored = try self.stored(total: report, key: key)
    let last = stored.map(\.row).max { $1.isLater(than: $0) }
    for (row, isCurrent) in stored {
      let counts = last.map { $0.span == row.span && $0.isSameTelling(as: row) } ?? false
      if counts != isCurrent { try mark(row, counts) }
    }
  }

  func stored(
    total report: String, key: Int64
  ) throws -> [(row: BucketRow, isCurrent: Bool)] {
    selectSpans.bind(0, text: report)
    selectSpans.bind(1, key)
    var spans: [BucketRow.Span] = []
    while try selectSpans.next() {
      spans.append(
        BucketRow.Span(
          report: report, startingAt: selectSpans.int(0) ?? 0, endingAt: selectSpans.int(1) ?? 0))
    }
    return try spans.flatMap { try self.stored($0).filter { $0.row.key == key } }
  }

  /// Decides anew which tellings of a span count, after some of them were taken away.
  func settle(_ span: BucketRow.Span) throws {
    let rows = try stored(span).filter { $0.row.toldAs != .total }
    var current = CurrentBuckets()
    for importID in Set(rows.map(\.row.importID)).sorted() {
      for telling in BucketTelling.all(in: rows.map(\.row).filter { $0.importID == importID }) {
        _ = current.take(telling)
      }
    }
    for (row, isCurrent) in rows where current.counts(row) != isCurrent {
      try mark(row, !isCurrent)
    }
  }

  func add(_ bucket: UsageBucket, _ row: BucketRow, isCurrent: Bool) throws {
    bind(row.span, to: insert)
    for (place, value) in [row.key, row.importID, row.source, row.line].enumerated() {
      insert.bind(3 + place, value)
    }
    insert.bind(7, isCurrent ? 1 : 0)
    insert.bind(8, text: bucket.groupedBy.map(\.rawValue).joined(separator: ","))
    insert.bind(9, row.fetchedAt)
    insert.bind(10, text: row.toldAs.rawValue)
    var place = 11
    for dimension in Self.dimensions {
      insert.bind(place, text: bucket.dimensions[dimension])
      place += 1
    }
    insert.bind(place, text: bucket.otherDimensions)
    place += 1
    for amount in row.figures.amounts {
      insert.bind(place, text: amount)
      place += 1
    }
    for count in row.figures.counts + [bucket.amountNanos, bucket.listAmountNanos] {
      if let count { insert.bind(place, count) }
      place += 1
    }
    try insert.run()
  }

  func mark(_ row: BucketRow, _ isCurrent: Bool) throws {
    bind(row.span, to: mark)
    for (place, value) in [row.key, row.importID, row.source, row.line].enumerated() {
      mark.bind(3 + place, value)
    }
    mark.bind(7, isCurrent ? 1 : 0)
    try mark.run()
  }

  func bind(_ span: BucketRow.Span, to statement: Statement) {
    statement.bind(0, text: span.report)
    statement.bind(1, span.startingAt)
    statement.bind(2, span.endingAt)
  }

  /// All tellings of a span, oldest import first.
  func stored(_ span: BucketRow.Span) throws -> [(row: BucketRow, isCurrent: Bool)] {
    bind(span, to: select)
    var rows: [(BucketRow, Bool)] = []
    while try select.next() {
      let row = BucketRow(
        span: span, key: select.int(0) ?? 0,
        grouping: Set((select.text(5) ?? "").split(separator: ",").map(String.init)),
        fetchedAt: select.int(6) ?? 0, source: select.int(2) ?? 0, line: select.int(3) ?? 0,
        importID: select.int(1) ?? 0,
        figures: BucketRow.Figures(
          amounts: (8...10).map { select.text($0) }, counts: (11...17).map { select.int($0) }),
        toldAs: select.text(7).flatMap { BucketRow.ToldAs(rawValue: $0) } ?? .span)
      rows.append((row, select.int(4) == 1))
    }
    return rows
  }
}
