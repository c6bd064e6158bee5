/// Admin API `cost_report`: money by day, as decimal strings in cents.
///
/// Described in docs/formats/admin-cost-report.md.
package struct AdminCostReport: JSONLogFormat {
  package static let name = "admin-cost-report"
  package static let summary = "Admin API cost_report pages"

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    ReportPage.report(of: record) == .cost
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    ReportPage.read(record, fileTime: fileTime, into: &output)
  }
}
