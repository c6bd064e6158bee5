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
    return rows(of: value).contains { report.isRow($0.row) }
  }

  /// A page whose buckets are all empty says nothing about its report.
  static func isEmptyPage(_ value: JSONValue) -> Bool {
    guard let data = value["data"], data.isArray, value["has_more"] != nil else { return false }
    return data.children.allSatisfy { bucket in
      bucket["results"].map { $0.isArray && $0.isEmptyContainer } ?? false
    }
  }

  struct Row {
    var row: JSONValue
    var bucket: JSONValue
  }

  static func rows(of value: JSONValue) -> [Row] {
    if let data = value["data"], data.isArray {
      return data.children.flatMap { bucket in results(of: bucket) }
    }
    if value["results"] != nil { return results(of: value) }
    return value["starting_at"] == nil ? [] : [Row(row: value, bucket: value)]
  }

  private static func results(of bucket: JSONValue) -> [Row] {
    guard let results = bucket["results"], results.isArray else { return [] }
    return results.children.map { Row(row: $0, bucket: bucket) }
  }

  /// Reads every row of a page; the page's rows are one record each.
  static func read(_ page: JSONValue, into output: inout RecordOutput) {
    output.clear()
    do throws(RejectionReason) {
      for row in rows(of: page) {
        guard let report = reports.first(where: { $0.isRow(row.row) }) else { continue }
        guard let start = row.bucket["starting_at"]?.text.flatMap({ Instant($0) }),
          let end = row.bucket["ending_at"]?.text.flatMap({ Instant($0) }),
          end.milliseconds > start.milliseconds
        else { throw RejectionReason.missingBucketBounds }
        var bucket = UsageBucket(
          report: report.report, startingAt: start.milliseconds, endingAt: end.milliseconds)
        for dimension in UsageBucket.Dimension.allCases {
          for member in row.row.children where member.key.string == dimension.rawValue {
            bucket.dimensions[dimension] = member.text?.string
          }
        }
        try report.fill(&bucket, from: row.row)
        output.buckets.append(bucket)
      }
      let grouped = UsageBucket.Dimension.allCases.filter { dimension in
        output.buckets.contains { $0.dimensions[dimension] != nil }
      }
      for index in output.buckets.indices { output.buckets[index].groupedBy = grouped }
      output.outcome = output.buckets.isEmpty ? .skipped("a page without rows") : .buckets
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  static func count(_ value: JSONValue?, _ field: Field) throws(RejectionReason) -> Int64? {
    guard let text = value?.text else { return nil }
    guard let number = wholeNumber(text) else { throw .notACount(field) }
    if number < 0 { throw .negativeCount(field) }
    // Bounded so that two of them can be added.
    if number > 1_000_000_000_000_000 { throw .absurdCount(field) }
    return number
  }
}
