/// Admin API `cost_report`: money by day, as decimal strings in cents.
///
/// Described in docs/formats.md.
package struct AdminCostReport: JSONLogFormat {
  package static let name = "admin-cost-report"
  package static let summary = "Admin API cost_report pages"

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    AdminReportPage.recognises(record) { $0["amount"] != nil && $0["currency"] != nil }
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    AdminReportPage.read(record, report: .cost, into: &output) {
      (row, bucket) throws(RejectionReason) in
      // A cent is ten million nano-dollars; the text itself is kept, it may be finer.
      guard let amount = row["amount"]?.text, let nanos = wholeUnits(amount, scale: 7) else {
        throw .unreadableAmount
      }
      bucket.amount = amount.string
      bucket.amountNanos = nanos
      bucket.currency = row["currency"]?.text?.string
    }
  }
}
