import Finance
import Testing

/// Files that are wrong in one place each; the published validators miss most of these.
@Suite struct FocusCheckTests {
  private let header: [String]
  private let fields: [String]

  init() throws {
    let books = try Books()
    try books.load([
      [
        "ts": "2026-11-10T09:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 8_400_001,
        "output_tokens": 70_003, "request_id": "r-2", "tenant_id": "alder-bank",
      ]
    ])
    let week = try #require(ReportCalendar()).period(.week(year: 2026, week: 46))
    let csv = try FocusExport(
      books.ledger(week, by: FocusExport.dimensions), account: FocusAccount(id: "lumen-desk")
    ).csv()
    let rows = try #require(FocusText.parse(csv))
    (header, fields) = (rows[0], rows[1])
  }

  private func problems(_ change: (inout [String: String]) -> Void) -> [String] {
    var row = Dictionary(zip(header, fields)) { first, _ in first }
    change(&row)
    return FocusCheck(text([header, header.map { row[$0] ?? "" }]), .v1_4).problems
  }

  private func text(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }.joined()
  }

  static let mutants: [(name: String, column: String, value: String)] = [
    ("costs rounded to cents", "ListCost", "8.40"),
    ("a list cost that is 10 % too high", "ListCost", "9.2400011"),
    ("a contracted cost of another price", "ContractedCost", "8.4000011"),
    ("a currency in lower case", "BillingCurrency", "usd"),
    ("a time without a zone", "ChargePeriodStart", "2026-11-10T00:00:00"),
    ("a time with an offset", "ChargePeriodStart", "2026-11-10T00:00:00+00:00"),
    ("a period that ends where it begins", "ChargePeriodEnd", "2026-11-10T00:00:00Z"),
    ("a charge in another month's bill", "BillingPeriodStart", "2026-11-11T00:00:00Z"),
    ("tags in tags", "Tags", "{\"tenant\":{\"name\":\"alder-bank\"}}"),
    ("tags that are no object", "Tags", "tenant=alder-bank"),
    ("a key of one's own without x_", "SkuPriceDetails", "{\"TokenDirection\":\"Input\"}"),
    ("an exponent", "PricingQuantity", "8.400001e+0"),
    ("thousands separators", "ConsumedQuantity", "8,400,001.0"),
    ("a service category that is none", "ServiceCategory", "AI"),
    ("a negative unit price", "ListUnitPrice", "-1.0"),
    ("a unit that is abbreviated", "PricingUnit", "1M Tokens"),
    ("a cost that is missing", "EffectiveCost", ""),
    ("an account that is missing", "BillingAccountId", ""),
  ]

  @Test(arguments: mutants.map(\.name))
  func `a file with one fault is told apart`(_ name: String) throws {
    let mutant = try #require(Self.mutants.first { $0.name == name })
    #expect(problems { _ in } == [])
    #expect(problems { $0[mutant.column] = mutant.value }.count >= 1)
  }

  @Test func `a charge that stands twice, two prices of one id, a column that is missing`() throws {
    #expect(FocusCheck(text([header, fields, fields]), .v1_4).problems.count == 1)
    let price = try #require(header.firstIndex(of: "ListUnitPrice"))
    let cost = try #require(header.firstIndex(of: "ListCost"))
    let tenant = try #require(header.firstIndex(of: "x_Tenant"))
    var dearer = fields
    (dearer[price], dearer[cost], dearer[tenant]) = ("2.0", "16.800002", "brisk-parcel")
    #expect(
      FocusCheck(text([header, fields, dearer]), .v1_4).problems.contains {
        $0.contains("two prices")
      })
    #expect(
      FocusCheck(text([Array(header.dropFirst()), Array(fields.dropFirst())]), .v1_4).problems
        == ["there is no column BilledCost"])
    #expect(FocusCheck("a,\"b\n", .v1_4).problems == ["the file is no CSV"])
  }

  @Test func `1.2 and 1.4 name the provider differently`() {
    #expect(!FocusCheck(text([header, fields]), .v1_2).problems.isEmpty)
  }
}
