/// A report whose rows come in the envelope of `AdminReportPage`.
protocol AdminReport: SendableMetatype {
  static var report: UsageBucket.Report { get }
  static func isRow(_ value: JSONValue) -> Bool
  static func fill(_ bucket: inout UsageBucket, from row: JSONValue) throws(RejectionReason)
}

/// The envelope that Admin API reports share: `{data: [{starting_at, ending_at, results: [row]}], …}`.
///
/// Also read: a bucket by itself, and rows that somebody flattened with the bucket's bounds merged in.
enum AdminReportPage {
  /// One log may hold pages of several reports, and an empty page does not say whose it is: each row
  /// is read as what it is.
  private static let reports: [any AdminReport.Type] = [
    AdminUsageReport.self, AdminCostReport.self,
  ]

  /// Whether the object is a page, a bucket or a flattened row of the report.
  static func recognises(_ value: JSONValue, rowsOf report: any AdminReport.Type) -> Bool {
    guard value.isObject else { return false }
    return buckets(of: value).contains { $0.rows.contains { report.isRow($0) } }
  }

  /// A page whose buckets are all empty says nothing about its report.
  static func isEmptyPage(_ value: JSONValue) -> Bool {
    guard let data = value["data"], data.isArray, value["has_more"] != nil else { return false }
    return data.children.allSatisfy { bucket in
      bucket["results"].map { $0.isArray && $0.isEmptyContainer } ?? false
    }
  }

  /// A span of time and its rows, which always come in one page.
  private struct Bucket {
    var bounds: JSONValue
    var rows: [JSONValue]
  }

  private static func buckets(of value: JSONValue) -> [Bucket] {
    if let data = value["data"], data.isArray { return data.children.map { bucket($0) } }
    if value["results"] != nil { return [bucket(value)] }
    return value["starting_at"] == nil ? [] : [Bucket(bounds: value, rows: [value])]
  }

  private static func bucket(_ value: JSONValue) -> Bucket {
    guard let results = value["results"], results.isArray else {
      return Bucket(bounds: value, rows: [])
    }
    return Bucket(bounds: value, rows: Array(results.children))
  }

  /// Reads every row of a page, each a record of its own; a bad one costs only itself.
  static func read(_ page: JSONValue, into output: inout RecordOutput) {
    output.clear()
    for bucket in buckets(of: page) { read(bucket, into: &output) }
    if !output.buckets.isEmpty {
      output.outcome = .buckets
    } else if !output.rejectedRows.isEmpty {
      output.outcome = .rejected(output.rejectedRows.removeFirst().reason)
    } else {
      output.outcome = .skipped("a page without rows")
    }
  }

  private static func read(_ bucket: Bucket, into output: inout RecordOutput) {
    let rows = bucket.rows.filter { row in reports.contains { $0.isRow(row) } }
    let dimensions = rows.map(Self.dimensions)
    let grouped = UsageBucket.Dimension.columns.filter { dimension in
      dimensions.contains { $0[dimension] != nil }
    }
    var places: [[String?]: Int] = [:]
    for (row, dimensions) in zip(rows, dimensions) {
      do throws(RejectionReason) {
        var told = try read(row, in: bucket.bounds)
        told.dimensions = dimensions
        told.groupedBy = grouped
        let known = UsageBucket.Dimension.columns.map { dimensions[$0] }
        let place = [told.report.rawValue, told.currency] + known
        if let same = places[place] {
          try output.buckets[same].add(told)
        } else {
          places[place] = output.buckets.count
          output.buckets.append(told)
        }
      } catch {
        output.rejectedRows.append(RecordOutput.RejectedRow(error, row))
      }
    }
  }

  private static func read(
    _ row: JSONValue, in bounds: JSONValue
  ) throws(RejectionReason) -> UsageBucket {
    guard let start = bounds["starting_at"]?.text.flatMap({ Instant($0) }),
      let end = bounds["ending_at"]?.text.flatMap({ Instant($0) }),
      end.milliseconds > start.milliseconds,
      let report = reports.first(where: { $0.isRow(row) })
    else { throw .missingBucketBounds }
    var bucket = UsageBucket(
      report: report.report, startingAt: start.milliseconds, endingAt: end.milliseconds)
    try report.fill(&bucket, from: row)
    return bucket
  }

  private static func dimensions(of row: JSONValue) -> [UsageBucket.Dimension: String] {
    var dimensions: [UsageBucket.Dimension: String] = [:]
    for member in row.children {
      let dimension = UsageBucket.Dimension(rawValue: member.key.string)
      guard UsageBucket.Dimension.columns.contains(dimension) else { continue }
      dimensions[dimension] = member.text?.string
    }
    return dimensions
  }

  /// A count of a whole bucket, bounded so that many of them can be added.
  static func count(_ value: JSONValue?, _ field: Field) throws(RejectionReason) -> Int64? {
    try tokenCount(value?.text, field, upTo: 1_000_000_000_000_000)
  }
}
