/// The envelope that Admin API reports share: `{data: [{starting_at, ending_at, results: [row]}], …}`.
///
/// Also read: a bucket by itself, and rows that somebody flattened with the bucket's bounds merged in.
enum AdminReportPage {
  /// Whether the object is a page, a bucket or a flattened row whose rows satisfy `isRow`.
  static func recognises(_ value: JSONValue, row isRow: (JSONValue) -> Bool) -> Bool {
    guard value.isObject else { return false }
    if value["starting_at"] != nil, isRow(value) { return true }
    return rows(of: value).contains { isRow($0.row) }
  }

  /// A page whose buckets are all empty says nothing about its report.
  static func isEmptyPage(_ value: JSONValue) -> Bool {
    guard value.isObject, value["data"]?.isArray == true, value["has_more"] != nil else {
      return false
    }
    return rows(of: value).isEmpty
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

  /// Reads every row of a page with `fill`; the page's rows are one record each.
  static func read(
    _ page: JSONValue, report: UsageBucket.Report, into output: inout RecordOutput,
    fill: (JSONValue, inout UsageBucket) throws(RejectionReason) -> Void
  ) {
    output.clear()
    do throws(RejectionReason) {
      for row in rows(of: page) {
        guard let start = row.bucket["starting_at"]?.text.flatMap({ Instant($0) }),
          let end = row.bucket["ending_at"]?.text.flatMap({ Instant($0) }),
          end.milliseconds > start.milliseconds
        else { throw RejectionReason.missingBucketBounds }
        var bucket = UsageBucket(
          report: report, startingAt: start.milliseconds, endingAt: end.milliseconds)
        for dimension in UsageBucket.Dimension.allCases {
          for member in row.row.children where member.key.string == dimension.rawValue {
            bucket.dimensions[dimension] = member.text?.string
          }
        }
        try fill(row.row, &bucket)
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
    return number
  }
}
