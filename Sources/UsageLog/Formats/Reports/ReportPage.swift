/// The envelopes that the vendor's reports share: `{data: […], has_more, next_page, …}` around buckets
/// `{starting_at, ending_at, results: [row]}` or around rows that hold their own bounds.
///
/// Also read: a bucket by itself, and rows that somebody flattened with the bucket's bounds merged in. One
/// log may hold pages of several reports: each row is read as what it is.
enum ReportPage {
  /// Whose the page, bucket or flattened row is; nil where no row of it is known.
  static func report(of value: JSONValue) -> UsageBucket.Report? {
    guard value.isObject else { return nil }
    let isAnalytics = self.isAnalytics(value)
    for span in spans(of: value) {
      for row in span.rows {
        if let known = ReportRow(row, isAnalytics: isAnalytics) { return known.report }
      }
    }
    return nil
  }

  /// A page whose buckets are all empty says nothing about its report.
  static func isEmpty(_ value: JSONValue) -> Bool {
    guard let data = value["data"], data.isArray, value["has_more"] != nil else { return false }
    return data.children.allSatisfy { bucket in
      bucket["results"].map { $0.isArray && $0.isEmptyContainer } ?? false
    }
  }

  private static func isAnalytics(_ page: JSONValue) -> Bool {
    guard page["data"] != nil else { return false }
    return page["data_refreshed_at"] != nil || page["organization_id"] != nil
  }

  // MARK: - Spans

  /// A span of time and its rows.
  private struct Span {
    var bounds: JSONValue
    var rows: [JSONValue]
    /// The next page may go on with it: rows stand one by one, not in their bucket.
    var mayGoOn = false

    init(bucket: JSONValue) {
      bounds = bucket
      rows = bucket["results"].map { $0.isArray ? Array($0.children) : [] } ?? []
    }

    init(row: JSONValue, mayGoOn: Bool) {
      bounds = row
      rows = [row]
      self.mayGoOn = mayGoOn
    }
  }

  private static func spans(of value: JSONValue) -> [Span] {
    guard let data = value["data"], data.isArray else {
      if value["results"] != nil { return [Span(bucket: value)] }
      let isRow = value["starting_at"] != nil || value["actor"]?.isObject == true
      return isRow ? [Span(row: value, mayGoOn: false)] : []
    }
    var spans: [Span] = []
    var places: [String: Int] = [:]
    for element in data.children {
      if element["results"] != nil {
        spans.append(Span(bucket: element))
        continue
      }
      let bounds = [element["starting_at"], element["ending_at"]]
      let key = bounds.map { $0?.text?.string ?? "" }.joined(separator: "\u{1F}")
      if let place = places[key] {
        spans[place].rows.append(element)
      } else {
        places[key] = spans.count
        spans.append(Span(row: element, mayGoOn: true))
      }
    }
    return spans
  }

  // MARK: - Reading

  /// What the page says of all its rows.
  private struct Envelope {
    var isAnalytics: Bool
    var startingAt: Int64?
    var endingAt: Int64?
    var refreshedAt: Int64?
    var fileTime: Int64

    init(_ page: JSONValue, fileTime: Int64) {
      isAnalytics = ReportPage.isAnalytics(page)
      startingAt = page["starting_at"]?.text.flatMap { Instant($0) }?.milliseconds
      endingAt = page["ending_at"]?.text.flatMap { Instant($0) }?.milliseconds
      refreshedAt = page["data_refreshed_at"]?.text.flatMap { Instant($0) }?.milliseconds
      self.fileTime = fileTime
    }
  }

  /// Reads every row of a page, each a record of its own; a bad one costs only itself.
  static func read(_ page: JSONValue, fileTime: Int64, into output: inout RecordOutput) {
    output.clear()
    let envelope = Envelope(page, fileTime: fileTime)
    var unknown = 0
    for span in spans(of: page) { unknown += read(span, envelope, into: &output) }
    output.settleRows(orElse: unknown == 0 ? "a page without rows" : "a page of no known report")
    if case .skipped = output.outcome { return }
    output.notes += Array(repeating: "a report's row of an unknown kind", count: unknown)
  }

  /// - Returns: how many of the rows are of no known report.
  private static func read(
    _ span: Span, _ envelope: Envelope, into output: inout RecordOutput
  ) -> Int {
    let rows = span.rows.compactMap { ReportRow($0, isAnalytics: envelope.isAnalytics) }
    let dimensions = rows.map { BucketDimensions(row: $0.value).named }
    let grouped = UsageBucket.Dimension.inOrder(dimensions.flatMap(\.keys))
    var places: [Place: Int] = [:]
    for (row, dimensions) in zip(rows, dimensions) {
      do throws(RejectionReason) {
        let bounds = try bounds(span.bounds, of: row, envelope, &output.notes)
        var told = try row.bucket(startingAt: bounds.start, endingAt: bounds.end)
        told.dimensions = dimensions
        told.groupedBy = grouped
        told.refreshedAt = envelope.refreshedAt
        told.mayGoOn = span.mayGoOn
        output.notes += row.notes
        let place = Place(told)
        if let same = places[place] {
          try output.buckets[same].add(told)
        } else {
          places[place] = output.buckets.count
          output.buckets.append(told)
        }
      } catch {
        output.rejectedRows.append(RecordOutput.RejectedRow(error, row.value))
      }
    }
    return span.rows.count - rows.count
  }

  /// Rows of one span that agree in all of this are one bucket.
  private struct Place: Hashable {
    var report: UsageBucket.Report
    var currency: String?
    var dimensions: [UsageBucket.Dimension: String]

    init(_ bucket: UsageBucket) {
      report = bucket.report
      currency = bucket.currency
      dimensions = bucket.dimensions
    }
  }

  /// 2026-01-01, the first day of which the Analytics API tells.
  private static let firstDay: Int64 = 1_767_225_600_000

  /// The row's span.
  ///
  /// Reports by user may lack an end of it; the widest span that it can be is true then.
  private static func bounds(
    _ bounds: JSONValue, of row: ReportRow, _ envelope: Envelope, _ notes: inout [String]
  ) throws(RejectionReason) -> (start: Int64, end: Int64) {
    var told = (start: try time(bounds["starting_at"]), end: try time(bounds["ending_at"]))
    if row.isAnalytics {
      told = (told.start ?? envelope.startingAt, told.end ?? envelope.endingAt)
    }
    if told.start == nil || told.end == nil {
      guard row.isAnalytics else { throw .missingBucketBounds }
      notes.append("a report's row without starting_at or ending_at: the widest span is taken")
    }
    let start = told.start ?? firstDay
    let end = told.end ?? envelope.refreshedAt ?? envelope.fileTime
    guard start < end else { throw .missingBucketBounds }
    return (start, end)
  }

  private static func time(_ value: JSONValue?) throws(RejectionReason) -> Int64? {
    guard let written = value?.text else { return nil }
    guard let instant = Instant(written) else { throw .missingBucketBounds }
    return instant.milliseconds
  }
}
