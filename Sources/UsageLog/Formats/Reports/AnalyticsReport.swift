/// Analytics API: usage and cost by whatever was asked for, with requests and amounts before discounts.
///
/// The endpoints in beta (`group` beside `usage` or `cost`) and those of Enterprise analytics, which look
/// like the Admin API's or are flat rows of users.
///
/// Described in docs/formats/analytics-report.md.
package struct AnalyticsReport: JSONLogFormat {
  package static let name = "analytics-report"
  package static let summary = "Analytics API pages of usage and cost, Enterprise too"

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    let report = ReportPage.report(of: record)
    return report == .analyticsUsage || report == .analyticsCost
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    ReportPage.read(record, fileTime: fileTime, into: &output)
  }
}
