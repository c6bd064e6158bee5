import GRDB
import UsageLog

/// The table `bucket_telling` as the import sees it: what was reported, and which telling of it counts.
struct StoredBuckets {
  private let insert: Statement
  private let select: Statement
  private let mark: Statement
  private let selectSpans: Statement
  private let importID: Int64

  private static let dimensions = UsageBucket.Dimension.columns

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
  private static let figures =
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

  /// A total that grows: of all that was told under its key the one that ends last counts.
  private func write(
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

  /// Decides anew which telling of a growing total counts.
  func settle(total report: String, key: Int64) throws {
    let stored = try self.stored(total: report, key: key)
    let last = stored.map(\.row).max { $1.isLater(than: $0) }
    for (row, isCurrent) in stored {
      let counts = last.map { $0.span == row.span && $0.isSameTelling(as: row) } ?? false
      if counts != isCurrent { try mark(row, counts) }
    }
  }

  private func stored(
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

  /// Every bucket that counts.
  static func current(_ db: Database) throws -> [ImportBatch.Bucket] {
    let columns = dimensions.map(\.rawValue) + figures
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT report, starting_at, ending_at, source, source_line, fetched_at, grouped_by, told_as,
          amount_usd_nanos, list_amount_usd_nanos, other_dimensions, \(columns.joined(separator: ", "))
        FROM bucket_telling WHERE is_current = 1
        """)
    return rows.compactMap { row in
      guard let report = UsageBucket.Report(rawValue: row[0]) else { return nil }
      var bucket = UsageBucket(report: report, startingAt: row[1], endingAt: row[2])
      let grouped: String = row[6]
      bucket.groupedBy = grouped.split(separator: ",").map {
        UsageBucket.Dimension(rawValue: String($0))
      }
      switch BucketRow.ToldAs(rawValue: row[7]) ?? .span {
      case .span: break
      case .part: bucket.mayGoOn = true
      case .single: bucket.telling = .single
      case .total: bucket.telling = .runningTotal
      }
      bucket.amountNanos = row[8]
      bucket.listAmountNanos = row[9]
      bucket.readOtherDimensions(row[10])
      for (place, dimension) in dimensions.enumerated() {
        bucket.dimensions[dimension] = row[11 + place] as String?
      }
      let first = 11 + dimensions.count
      bucket.amount = row[first]
      bucket.listAmount = row[first + 1]
      bucket.currency = row[first + 2]
      bucket.usage.input = row[first + 3]
      bucket.usage.cacheCreate = row[first + 4]
      bucket.usage.cacheCreate1h = row[first + 5]
      bucket.usage.cacheRead = row[first + 6]
      bucket.usage.output = row[first + 7]
      bucket.usage.webSearches = row[first + 8]
      bucket.requests = row[first + 9]
      return ImportBatch.Bucket(bucket: bucket, fetchedAt: row[5], source: row[3], line: row[4])
    }
  }

  private func add(_ bucket: UsageBucket, _ row: BucketRow, isCurrent: Bool) throws {
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

  private func mark(_ row: BucketRow, _ isCurrent: Bool) throws {
    bind(row.span, to: mark)
    for (place, value) in [row.key, row.importID, row.source, row.line].enumerated() {
      mark.bind(3 + place, value)
    }
    mark.bind(7, isCurrent ? 1 : 0)
    try mark.run()
  }

  private func bind(_ span: BucketRow.Span, to statement: Statement) {
    statement.bind(0, text: span.report)
    statement.bind(1, span.startingAt)
    statement.bind(2, span.endingAt)
  }

  /// All tellings of a span, oldest import first.
  private func stored(_ span: BucketRow.Span) throws -> [(row: BucketRow, isCurrent: Bool)] {
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

extension BucketRow.ToldAs {
  init(_ bucket: UsageBucket) {
    self =
      switch bucket.telling {
      case .wholeSpan: bucket.mayGoOn ? .part : .span
      case .single: .single
      case .runningTotal: .total
      }
  }
}

extension BucketRow {
  fileprivate func isLater(than other: BucketRow) -> Bool {
    (span.endingAt, fetchedAt, importID, source, line)
      > (other.span.endingAt, other.fetchedAt, other.importID, other.source, other.line)
  }

  fileprivate func isSameTelling(as other: BucketRow) -> Bool {
    importID == other.importID && source == other.source && line == other.line
  }

  fileprivate func saysTheSame(as other: BucketRow) -> Bool {
    source == other.source && line == other.line && key == other.key && figures == other.figures
      && fetchedAt == other.fetchedAt && grouping == other.grouping
  }

  init(_ entry: ImportBatch.Bucket, importID: Int64, position: Int) {
    let bucket = entry.bucket
    let usage = bucket.usage
    self.init(
      span: Span(bucket), key: Int64(bitPattern: bucket.key),
      grouping: Set(bucket.groupedBy.map(\.rawValue)), fetchedAt: entry.fetchedAt,
      source: entry.source, line: entry.line, importID: importID,
      figures: Figures(
        amounts: [bucket.amount, bucket.listAmount, bucket.currency],
        counts: [
          usage.input, usage.cacheCreate, usage.cacheCreate1h, usage.cacheRead, usage.output,
          usage.webSearches, bucket.requests,
        ]), toldAs: BucketRow.ToldAs(bucket), position: position)
  }
}

extension BucketRow.Span {
  init(_ bucket: UsageBucket) {
    self.init(
      report: bucket.report.rawValue, startingAt: bucket.startingAt, endingAt: bucket.endingAt)
  }
}

extension UsageBucket {
  /// Takes in what `otherDimensions` wrote.
  fileprivate mutating func readOtherDimensions(_ json: String?) {
    guard let json, let object = EmbeddedJSON.object(json) else { return }
    for (name, value) in object { dimensions[Dimension(rawValue: name)] = value }
  }

  /// What has no column of its own, as a JSON object in the order of its names; nil if there is none.
  var otherDimensions: String? {
    let others = dimensions.keys.filter { !Dimension.columns.contains($0) }.sorted()
    guard !others.isEmpty else { return nil }
    let members = others.map { "\(quoted($0.rawValue)):\(quoted(dimensions[$0] ?? ""))" }
    return "{" + members.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
