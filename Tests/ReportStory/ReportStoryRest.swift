import Reports
import Tables

extension ReportStory {
  static let anomalies = ReportSection(
    id: "anomalies", title: "Anomalies", lead: ["Nothing unusual was found."],
    blocks: [
      .table(
        ReportTable(
          name: "anomalies", title: "Unusual hours",
          columns: [
            .init("hour", "Hour", .instant), .init("tenant_id", "Tenant"),
            .init("excess_usd", "Excess", .usd, .summed),
          ], rows: []))
    ])

  private static let monthDays = (1...30).map { "\($0) Nov" }

  /// Cumulated spend in cents to a day, and what is expected from there on.
  private static let spent: [Value] = (1...30).map { (day: Int) -> Value in
    day <= 15 ? amount(day * 19_100 + (day % 5) * 1_150) : .null
  }

  private static func expected(_ perDay: Int) -> [Value] {
    (1...30).map { (day: Int) -> Value in
      day >= 15 ? amount(286_500 + (day - 15) * perDay) : .null
    }
  }

  private static func amount(_ cents: Int) -> Value { .integer(Int64(cents) * 10_000_000) }

  static let budget = ReportSection(
    id: "budget-and-forecast", title: "Budget and forecast",
    blocks: [
      .figures([
        .init("Budget of November", .integer(6_200_000_000_000), .usd),
        .init(
          "Forecast", .integer(5_710_000_000_000), .usd,
          change: .init(.real(-7.9), against: "budget", meaning: .welcome),
          note: "between 5,380 and 6,120"),
      ]),
      .chart(
        ReportChart(
          .line, title: "Spend of November so far and as expected", unit: .usd,
          categories: monthDays,
          series: [
            .init("spent", spent), .init("expected", expected(18_970), isDashed: true),
            .init(
              "budget", (1...30).map { .integer(Int64($0) * 206_666_666_667) }, isDashed: true),
          ], band: .init("nine of ten months", low: expected(16_800), high: expected(21_700)))),
      .pairs([
        .init("Pace", "0.93 of the budget's"), .init("Variance", "favourable, 490.00 USD"),
        .init("Why", "two weekends were quieter than in October; cobalt-air's digest grew"),
      ]),
    ])

  static let reconciliation = ReportSection(
    id: "reconciliation", title: "Reconciliation",
    lead: ["The calls explain 99.1 % of the cost report of the provider."],
    blocks: [
      .table(
        ReportTable(
          name: "reconciliation", title: "From the calls to the invoice",
          columns: [
            .init("line", "Line"), .init("amount_usd", "Amount", .usd, .summed),
            .init("invoice_line", "Line of the invoice"),
          ],
          rows: [
            [.text("calls, priced"), .integer(1_342_370_000_001), .text("0017")],
            [.text("web search"), .integer(11_200_000_000), .text("0018")],
            [.text("late data"), .integer(-1_005_500_000), .null],
            [.text("rounding"), .integer(-1), .null],
          ], totalName: "Invoice"))
    ])

  static let quality = ReportSection(
    id: "data-quality", title: "Data quality",
    blocks: [
      .table(
        ReportTable(
          name: "data-quality", title: "What is not known",
          columns: [
            .init("field", "Field"), .init("calls", "Calls without it", .count),
            .init("pct", "Of all calls", .pct),
          ],
          rows: [
            [.text("price"), .integer(3), .real(0.1377)],
            [.text("tenant_id"), .integer(33), .real(1.515)],
            [.text("outcome"), .integer(2_178), .real(100)],
          ]))
    ])

  static let method = ReportSection(
    id: "method", title: "Method",
    blocks: [
      .sentences([
        "Every call is priced with the rates in force at its time, in whole picodollars; sums are exact.",
        "Days are those of the report's zone; the provider's reports go by days in UTC.",
        "A workbook keeps 15 digits of a number; the CSV files have all of them.",
      ]),
      .pairs([.init("Price book", "3f2a9c4e11223344"), .init("Program", "forensics")]),
    ])
}
