import Tables

// The story of all these tests: a support desk asks which tenants cost more than the week before.
// Globex grew, Acme did not, Initech is new and small, and one call names neither tenant nor price.

let november15 = Int64(1_794_780_000_000)  // 2026-11-15T22:00:00Z
let day = Int64(86_400_000)

let story = Answer(
  recipe: "tenant-trend", asOf: november15, since: november15 - 7 * day, until: november15,
  coverage: Coverage(calls: 13_004, pricedCalls: 13_003, unpricedModels: ["claude-opus-6-preview"]),
  table: Table(
    columns: [
      Column(name: "tenant_id"),
      Column(name: "n_calls", unit: .count),
      Column(name: "this_week_usd", unit: .usd, bar: true),
      Column(name: "last_week_usd", unit: .usd),
      Column(name: "pct_change", unit: .pct, highlight: .above(50)),
      Column(name: "last_seen", unit: .instant),
      Column(name: "retry_storm", unit: .flag),
    ],
    rows: [
      ["globex", 9120, 412_500_000_000, 223_123_456_789, 84.875, .integer(november15 - 1750), 1],
      ["acme", 3871, 96_040_000_000, 101_070_000_000, -4.976748, .integer(november15 - day), 0],
      ["initech", 12, 4_000_001, 0, nil, .integer(november15 - 2 * day), 0],
      [nil, 1, nil, nil, nil, .integer(november15 - 3 * day), nil],
    ]),
  notes: ["The week before ended on 2026-11-08."])

/// A table of one column.
func column(_ name: String = "value", _ unit: Unit = .text, _ values: Value...) -> Table {
  Table(columns: [Column(name: name, unit: unit)], rows: values.map { [$0] })
}

extension Answer {
  /// An answer without a window, for tests that look at cells only.
  init(_ table: Table) {
    self.init(recipe: "test", asOf: november15, table: table)
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByNilLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int64) { self = .integer(number) }
  public init(floatLiteral number: Double) { self = .real(number) }
  public init(nilLiteral: ()) { self = .null }
}
