/// Admin API `cost_report`: money by day, as decimal strings in cents.
///
/// Described in docs/formats.md.
package struct AdminCostReport: JSONLogFormat, AdminReport {
  package static let name = "admin-cost-report"
  package static let summary = "Admin API cost_report pages"
  static let report = UsageBucket.Report.cost

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    AdminReportPage.recognises(record, rowsOf: self)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    AdminReportPage.read(record, into: &output)
  }

  static func isRow(_ value: JSONValue) -> Bool {
    value["amount"] != nil && value["currency"] != nil
  }

  static func fill(_ bucket: inout UsageBucket, from row: JSONValue) throws(RejectionReason) {
    guard let amount = row["amount"]?.text else { throw .unreadableAmount }
    try bucket.setAmount(amount.string)
    bucket.currency = row["currency"]?.text?.string
  }
}
