/// Admin API `usage_report/messages`: tokens by bucket, no cost.
///
/// Described in docs/formats.md.
package struct AdminUsageReport: JSONLogFormat, AdminReport {
  package static let name = "admin-usage-report"
  package static let summary = "Admin API usage_report/messages pages"
  static let report = UsageBucket.Report.usage

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    AdminReportPage.recognises(record, rowsOf: self) || AdminReportPage.isEmptyPage(record)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    AdminReportPage.read(record, into: &output)
  }

  static func isRow(_ value: JSONValue) -> Bool { value["uncached_input_tokens"] != nil }

  static func fill(_ bucket: inout UsageBucket, from row: JSONValue) throws(RejectionReason) {
    var usage = Call.Usage()
    usage.input = try AdminReportPage.count(row["uncached_input_tokens"], .inputTokens)
    usage.cacheRead = try AdminReportPage.count(row["cache_read_input_tokens"], .cacheReadTokens)
    usage.output = try AdminReportPage.count(row["output_tokens"], .outputTokens)
    if let split = row["cache_creation"] {
      let short = try AdminReportPage.count(
        split["ephemeral_5m_input_tokens"], .cacheCreate5mTokens)
      let long = try AdminReportPage.count(split["ephemeral_1h_input_tokens"], .cacheCreate1hTokens)
      usage.cacheCreate = (short ?? 0) + (long ?? 0)
      usage.cacheCreate1h = long ?? 0
    }
    usage.webSearches = try AdminReportPage.count(
      row["server_tool_use"]?["web_search_requests"], .webSearchRequests)
    bucket.usage = usage
  }
}
