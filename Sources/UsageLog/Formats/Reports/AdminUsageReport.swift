/// Admin API `usage_report/messages`: tokens by bucket, no cost.
///
/// Described in docs/formats/admin-usage-report.md.
package struct AdminUsageReport: JSONLogFormat {
  package static let name = "admin-usage-report"
  package static let summary = "Admin API usage_report/messages pages"

  package init(options: ReadingOptions) {}

  /// An empty page does not say whose it is; somebody must pass it over.
  package static func recognises(_ record: JSONValue) -> Bool {
    ReportPage.report(of: record) == .usage || ReportPage.isEmpty(record)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    ReportPage.read(record, fileTime: fileTime, into: &output)
  }
}
