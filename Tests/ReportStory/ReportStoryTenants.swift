package import Reports
import Tables

extension ReportStory {
  package static let hostile = [
    "=HYPERLINK(\"https://example.com\",\"click\")", "<script>alert('x')</script>",
    "a\u{1B}[31mb\u{202E}c\u{7}", "@SUM(1+1)*cmd|' /C calc'!A0",
  ]

  static let longName =
    "dune-hotels-of-the-northern-and-southern-coast-and-all-islands-in-between-and-beyond-ltd"

  /// Six known tenants, one long name, those that mean harm, and calls that name none.
  package static let tenantTable = ReportTable(
    name: "by-tenant", title: "Spend by tenant",
    columns: [
      .init("tenant_id", "Tenant"),
      .init("spend_usd", "Spend", .usd, .summed),
      .init("spend_eur", "Spend", .money("EUR"), .summed),
      .init("last_week_usd", "Week before", .usd, .summed),
      .init(
        "change_usd", "Change", .usd,
        .derived(.difference(of: "spend_usd", minus: "last_week_usd"))),
      .init(
        "change_pct", "Change", .pct, .derived(.change(of: "spend_usd", from: "last_week_usd"))),
      .init("share_pct", "Share", .pct, .derived(.share(of: "spend_usd"))),
      .init("calls", "Calls", .count, .summed),
      .init("tokens", "Tokens", .tokens, .summed),
      .init("per_call_usd", "Per call", .usd, .derived(.quotient(of: "spend_usd", by: "calls"))),
      .init(
        "per_ktok_usd", "Per 1,000 tokens", .usd,
        .derived(.quotient(of: "spend_usd", by: "tokens", times: 1000))),
      .init("last_call", "Last call", .instant),
      .init("over_budget", "Over budget", .flag),
    ],
    rows: [
      tenant("cobalt-air", 401_650_000_000, 287_110_000_000, 702, 61_204_117, true),
      tenant("alder-bank", 245_900_000_000, 249_020_000_000, 518, 33_118_450, false),
      tenant("brisk-parcel", 200_300_000_001, 196_470_000_000, 421, 29_004_007, false),
      tenant("fern-market", 155_900_000_000, 170_015_000_000, 274, 18_450_221, false),
      tenant("ember-energy", 89_120_000_000, 91_400_000_000, 141, 9_127_330, false),
      tenant(longName, 44_010_000_000, 0, 61, 4_410_020, false),
      tenant(hostile[0], 12_000_000_000, 11_000_000_000, 12, 900_120, false),
      tenant(hostile[1], 3_500_000_000, 3_100_000_000, 7, 320_017, false),
      tenant(hostile[2], 2_000_000_000, 2_000_000_000, 5, 180_400, false),
      tenant(hostile[3], -12_400_000_000, 0, 4, 0, false),
      [.null, .integer(200_390_000_000), .null, .null, .integer(33), .null, .null, .null],
    ],
    note: "What no tenant is named for stands without a name; a credit is negative.")

  private static func tenant(
    _ name: String, _ nanos: Int64, _ before: Int64, _ calls: Int64, _ tokens: Int64, _ over: Bool
  ) -> [Value] {
    // At 0.921 EUR for a dollar; all amounts are whole thousandths of a dollar or nearly.
    [
      .text(name), .integer(nanos), .integer(nanos / 1000 * 921), .integer(before), .integer(calls),
      .integer(tokens), .integer(asOf - 61_000 * calls), .integer(over ? 1 : 0),
    ]
  }

  static let tenants = ReportSection(
    id: "by-tenant", title: "By tenant",
    lead: ["cobalt-air grew by 114.54 USD; the others together shrank."],
    blocks: [
      .table(tenantTable),
      .chart(
        ReportChart(
          .bar, title: "Change against the week before", unit: .usd,
          categories: ["cobalt-air", longName, hostile[0], hostile[1], "fern-market"],
          series: [
            .init(
              "change",
              [
                .integer(114_540_000_000), .integer(44_010_000_000), .null,
                .integer(400_000_000), .integer(-14_115_000_000),
              ])
          ])),
    ])

  static let models = ReportSection(
    id: "by-model", title: "By model",
    blocks: [
      .table(
        ReportTable(
          name: "by-model", title: "Spend by model",
          columns: [
            .init("model", "Model"), .init("calls", "Calls", .count, .summed),
            .init("spend_usd", "Spend", .usd, .summed),
            .init("rate_usd", "Output rate per token", .usd, exact: true),
            .init("p95_ms", "95th percentile of latency", .ms),
          ],
          rows: [
            [
              .text("claude-opus-5-5"), .integer(904), .integer(1_106_370_000_001),
              .integer(25_000), .integer(8_410),
            ],
            [
              .text("claude-haiku-5-5"), .integer(1_271), .integer(236_000_000_000),
              .integer(2_500), .integer(1_970),
            ],
            [.text("claude-opus-6-preview"), .integer(3), .null, .null, .real(12_004.5)],
          ], note: "claude-opus-6-preview has no price; its calls are not part of the spend."))
    ])

  static let cache = ReportSection(
    id: "cache", title: "Cache",
    blocks: [
      .table(
        ReportTable(
          name: "cache", title: "Reads, writes and what they saved",
          columns: [
            .init("feature", "Feature"), .init("prompt_tokens", "Prompt tokens", .tokens, .summed),
            .init("cache_read_tokens", "Read from the cache", .tokens, .summed),
            .init(
              "hit_rate_pct", "Hit rate", .pct,
              .derived(.quotient(of: "cache_read_tokens", by: "prompt_tokens"))),
            .init("saved_usd", "Saved", .usd, .summed),
          ],
          rows: [
            [
              .text("support-chat"), .integer(40_118_020), .integer(31_204_007),
              .integer(301_150_000_000),
            ],
            [.text("nightly-digest"), .integer(21_004_350), .integer(0), .integer(-4_200_000_000)],
            [.text("triage"), .integer(0), .integer(0), .integer(0)],
          ]))
    ])
}
