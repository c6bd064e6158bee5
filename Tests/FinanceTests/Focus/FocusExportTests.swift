import CallStore
import Finance
import Foundation
import Testing
import UsageLog

@Suite struct FocusExportTests {
  private let books: Books
  private let week: ReportPeriod

  init() throws {
    books = try Books()
    week = try #require(ReportCalendar()).period(.week(year: 2026, week: 46))
  }

  private func export(
    _ period: ReportPeriod? = nil, _ version: FocusVersion = .v1_4
  ) throws -> FocusExport {
    FocusExport(
      try books.ledger(period ?? week, by: FocusExport.dimensions), version: version,
      account: FocusAccount(id: "lumen-desk", name: "Lumen Desk"))
  }

  /// Columns by name, a dictionary a row.
  private func rows(_ csv: String) throws -> [[String: String]] {
    let table = try #require(FocusText.parse(csv))
    return table.dropFirst().map { fields in
      Dictionary(zip(table[0], fields).map { ($0, $1) }) { first, _ in first }
    }
  }

  @Test(arguments: FocusVersion.allCases)
  func `what is billed is what the calls cost, to the last digit`(_ version: FocusVersion) throws {
    try books.load("app-calls.jsonl")
    let rows = try rows(export(nil, version).csv())
    let total = rows.reduce(Decimal(0)) { $0 + (Decimal(string: $1["BilledCost"] ?? "") ?? .nan) }
    let cost = try #require(
      try books.number(
        """
        SELECT SUM(cost_usd_nanos) FROM llm_call
        WHERE occurred_at >= \(week.since) AND occurred_at < \(week.until)
        """))
    #expect(total == Decimal(cost) / 1_000_000_000)
    let tokens = rows.reduce(Decimal(0)) {
      $1["ConsumedUnit"] == "Tokens"
        ? $0 + (Decimal(string: $1["ConsumedQuantity"] ?? "") ?? 0) : $0
    }
    let counted = try #require(
      try books.number(
        """
        SELECT SUM(input_tokens + cache_create_tokens + cache_read_tokens + output_tokens)
        FROM llm_call WHERE occurred_at >= \(week.since) AND occurred_at < \(week.until)
          AND cost_usd_nanos > 0
        """))
    #expect(tokens == Decimal(counted))
  }

  @Test func `a call without a price is left out, and counted`() throws {
    try books.load([
      [
        "ts": "2026-11-10T09:00:00Z", "model": "claude-opus-6-preview", "input_tokens": 10,
        "output_tokens": 5, "request_id": "r-1",
      ],
      [
        "ts": "2026-11-10T09:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 1_000_000,
        "output_tokens": 0, "request_id": "r-2", "tenant_id": "alder-bank",
      ],
    ])
    let export = try export()
    #expect(export.callsLeftOut == 1 && export.rowCount == 1)
    let row = try #require(try rows(export.csv()).first)
    #expect(row["BilledCost"] == "1.0" && row["PricingQuantity"] == "1.0")
    #expect(row["ListUnitPrice"] == "1.0" && row["PricingUnit"] == "1000000 Tokens")
    #expect(row["ChargePeriodStart"] == "2026-11-10T00:00:00Z")
    #expect(row["BillingPeriodEnd"] == "2026-12-01T00:00:00Z")
    #expect(row["Tags"] == "{\"tenant\":\"alder-bank\"}")
    #expect(row["SubAccountId"] == "" && row["InvoiceId"] == "")
  }

  @Test func `a text that a spreadsheet would run is not written unasked`() throws {
    try books.load([
      [
        "ts": "2026-11-10T09:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 100,
        "output_tokens": 1, "request_id": "r-2", "tenant_id": "=HYPERLINK(\"http://x\",\"y\")",
      ]
    ])
    let export = try export()
    #expect(throws: FormulaInFocus.self) { try export.csv() }
    #expect(try rows(export.csv(onFormula: .raw)).first?["x_Tenant"]?.hasPrefix("=HYPER") == true)
    #expect(try rows(export.csv(onFormula: .escape)).first?["x_Tenant"]?.hasPrefix("'=") == true)
  }

  @Test func `a discount keeps the list price beside what is paid`() throws {
    var settings = PriceSettings()
    settings.overrides = [
      PriceOverride(name: "12 % off", effect: .discount(payable: Ratio(88, over: 100)))
    ]
    try books.load(
      [
        [
          "ts": "2026-11-10T09:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 1001,
          "output_tokens": 7, "request_id": "r-2",
        ]
      ], prices: settings)
    let rows = try rows(export().csv())
    let input = try #require(rows.first { $0["x_TokenClass"] == "input" })
    #expect(input["ListUnitPrice"] == "1.0" && input["ContractedUnitPrice"] == "0.88")
    #expect(input["ListCost"] == "0.001001" && input["BilledCost"] == "0.00088088")
    #expect(input["x_CostBasis"] == "estimated-contract")
    // 0.88088 + 0.0308 mills are 0.91168 mills: nothing is left to round.
    #expect(rows.count == 2)
  }

  @Test func `our own judge has nothing to say of our own file`() throws {
    try books.load("app-calls.jsonl", "wrapped-responses.jsonl.gz")
    let november = try #require(ReportCalendar()).period(.month(year: 2026, month: 11))
    for version in FocusVersion.allCases {
      #expect(FocusCheck(try export(november, version).csv(), version).problems == [])
    }
  }
}
