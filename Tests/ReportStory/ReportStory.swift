package import Reports
import Tables

/// Lumen Desk's week as a report: every kind of block, and whatever a log may put into a name.
package enum ReportStory {
  /// 2026-11-16T00:00:00Z.
  package static let asOf: Int64 = 1_794_787_200_000

  package static let document = ReportDocument(
    title: "LLM spend of Lumen Desk", period: "Week 2026-W46, 9 to 15 November 2026", zone: "UTC",
    asOf: asOf,
    basis: [
      .init("Basis of costs", "list prices, less the discounts of forensics.yml"),
      .init("Prices", "price book 3f2a9c4e11223344, in force since 1 October 2026"),
      .init("Data", "2,178 calls to 15 November 2026 23:58 UTC; 3 of them without a price"),
      .init("Unallocated", "1.9 % of the spend names no tenant"),
    ],
    sections: [
      summary, tenants, features, models, cache, anomalies, budget, reconciliation, quality, method,
    ])

  static let days = (9...15).map { "2026-11-\($0 < 10 ? "0" : "")\($0)" }

  /// Whole cents to billionths.
  static func cents(_ cents: Int64...) -> [Value] { cents.map { .integer($0 * 10_000_000) } }

  static let summary = ReportSection(
    id: "summary", title: "Summary",
    lead: [
      "The week cost 1,342.37 USD, 12.4 % more than the one before and 7.8 % less than its budget.",
      "Most of the rise is cobalt-air's: its nightly digest now goes through a dearer model.",
    ],
    blocks: [
      .figures([
        .init(
          "Spend", .integer(1_342_370_000_001), .usd,
          change: .init(.real(12.4), against: "the week before", meaning: .unwelcome)),
        .init(
          "Against budget", .integer(-113_630_000_000), .usd,
          change: .init(.real(-7.8), against: "budget", meaning: .welcome),
          note: "budget 1,456.00 USD"),
        .init(
          "In the report's currency", .integer(1_236_322_770_000), .money("EUR"), note: "at 0.921"),
        .init(
          "Calls", .integer(2_178), .count, change: .init(.real(0), against: "the week before")),
        .init("Per call", .real(616_331_496.78), .usd),
        .init("Saved by the cache", .integer(418_200_000_000), .usd),
        .init(
          "Unallocated", .real(1.9), .pct, note: "of the spend names no tenant"),
        .init("Per resolved ticket", .null, .usd, note: "no outcomes were imported"),
      ]),
      .chart(
        ReportChart(
          .stackedColumn, title: "Spend by day", unit: .usd, categories: days,
          series: [
            .init("cobalt-air", cents(6_210, 6_480, 7_105, 6_990, 7_320, 3_110, 2_950)),
            .init("alder-bank", cents(4_410, 4_380, 4_520, 4_290, 4_600, 1_210, 1_180)),
            .init("brisk-parcel", cents(3_100, 3_240, 3_150, 3_060, 3_310, 2_050, 2_120)),
            .init("fern-market", cents(1_980, 2_010, 2_140, 1_890, 2_220, 2_640, 2_710)),
            .init("others", cents(2_150, 2_220, 2_310, 2_480, 2_390, 1_050, -95)),
          ])),
      .sentences([
        "Sunday has a credit of 12.40 USD for calls that were billed twice.",
        "Forecast for November: 5,710 USD, between 5,380 and 6,120.",
      ]),
    ])

  static let features = ReportSection(
    id: "by-feature", title: "By feature",
    blocks: [
      .chart(
        ReportChart(
          .bar, title: "Spend by feature", unit: .usd,
          categories: [
            "support-chat", "nightly-digest", "search-answers", "summarise", "code-review",
            "triage",
          ],
          series: [
            .init("this week", cents(46_210, 33_105, 21_480, 17_220, 11_902, 4_320)),
            .init("week before", cents(44_980, 19_420, 22_310, 16_870, 12_240, 3_650)),
          ])),
      .table(
        ReportTable(
          name: "by-feature", title: "Spend by feature",
          columns: [
            .init("feature", "Feature"),
            .init("spend_usd", "Spend", .usd, .summed),
            .init("last_week_usd", "Week before", .usd, .summed),
            .init(
              "change_usd", "Change", .usd,
              .derived(.difference(of: "spend_usd", minus: "last_week_usd"))),
            .init("share_pct", "Share", .pct, .derived(.share(of: "spend_usd"))),
          ],
          rows: [
            ["support-chat", 46_210, 44_980], ["nightly-digest", 33_105, 19_420],
            ["search-answers", 21_480, 22_310], ["summarise", 17_220, 16_870],
            ["code-review", 11_902, 12_240], ["triage", 4_320, 3_650],
          ].map(row))),
    ])

  /// A name and amounts in cents.
  private static func row(_ cells: [any Sendable]) -> [Value] {
    cells.map { cell in
      switch cell {
      case let name as String: .text(name)
      case let cents as Int: .integer(Int64(cents) * 10_000_000)
      default: .null
      }
    }
  }
}
