import Testing

@testable import UsageLog

struct PriceCatalogueTests {
  @Test func `the shipped catalogue reads, and its id follows its bytes`() throws {
    let text = PackageResources.prices_csv
    let shipped = try PriceCatalogue.shipped()
    #expect(shipped.rows.count == 188)
    #expect(text.count < 28_000)
    #expect(shipped.id.utf8.count == 16)
    #expect(try PriceCatalogue(csv: text + Array("\n".utf8)).id != shipped.id)
    #expect(try PriceCatalogue(csv: text).id == shipped.id)
  }

  @Test func `what could not be checked is marked, in its source and in its flag`() throws {
    for row in try PriceCatalogue.shipped().rows {
      #expect(row.unverified == row.source.contains("unverified"), "line \(row.line)")
    }
  }

  @Test func `rates, dates and tiers are read exactly`() throws {
    let row = try #require(
      try catalogue("p,m,,2026-03-01,2028-02-29,2.5,22.50,3.125,5,0.25,200000,5,30").rows.first)
    #expect(row.line == 2)
    #expect(row.validFrom == instant("2026-03-01"))
    #expect(row.validTo == instant("2028-02-29"))
    #expect(
      row.rates
        == Rates(
          input: 2_500_000, output: 22_500_000, cacheWrite5m: 3_125_000, cacheWrite1h: 5_000_000,
          cacheRead: 250_000))
    #expect(row.longPrompt?.threshold == 200_000)
    #expect(
      row.longPrompt?.rates
        == Rates(
          input: 5_000_000, output: 30_000_000, cacheWrite5m: 6_250_000,
          cacheWrite1h: 10_000_000, cacheRead: 500_000))
    #expect(row.webSearch == 10_000_000_000)
    #expect(!row.unverified)
  }

  @Test func `an empty field is open or absent, not zero`() throws {
    let row = try #require(
      try catalogue("p,m,,,,1,5,,,,,,", rest: ",,,1,test unverified").rows.first)
    #expect(row.validFrom == .min && row.validTo == .max)
    #expect(row.rates == Rates(input: 1_000_000, output: 5_000_000))
    #expect(row.longPrompt == nil && row.batch == nil && row.usResidency == nil)
    #expect(row.webSearch == nil && row.aliasOf == nil)
  }

  @Test func `a spreadsheet's line ends do no harm`() throws {
    let text = PriceColumn.header + "\r\n" + "p,m,,,,1,5,,,,,,,,,,0,test" + "\r\n"
    #expect(try PriceCatalogue(csv: Array(text.utf8)).rows.first?.source == "test")
  }

  @Test(arguments: [
    ("p,m,,,,1e2,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,-1,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,1.,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,1.2.3,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,0.0000001,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,99999999999999999999,5,,,,,,", "input is not a plain number with at most 6 decimals"),
    ("p,m,,,,1500,5,,,,,,", "input is above $1,000 per million tokens"),
    ("p,m,,,,,5,,,,,,", "input is empty"),
    ("p,m,,,,1,,,,,,,", "output is empty"),
    (",m,,,,1,5,,,,,,", "provider is empty"),
    ("p,,,,,1,5,,,,,,", "model is empty"),
    ("p,m,,2026-02-30,,1,5,,,,,,", "valid_from is not a date like 2026-03-13"),
    ("p,m,,2026-3-1,,1,5,,,,,,", "valid_from is not a date like 2026-03-13"),
    ("p,m,,2100-02-29,,1,5,,,,,,", "valid_from is not a date like 2026-03-13"),
    ("p,m,,2026-03-01,2026-03-01,1,5,,,,,,", "valid_to is not after valid_from"),
    ("p,m,,,,1,5,,,,200000,2,", "a long-prompt tier needs its threshold, input and output"),
    ("p,m,,,,3,5,,,0.1,1000,4,5", "long_input / input does not scale the cache rates exactly"),
    ("p,m,,,,0,5,,,0.1,1000,4,5", "long_input / input does not scale the cache rates exactly"),
    ("p,m,,,,0.000001,5,,,,,,", "a rate times its multipliers is finer than a picodollar"),
    ("p,m,,,,0.00001,5,,,,,,", "a rate times its multipliers is finer than a picodollar"),
    ("p,m,,,,\"1\",5,,,,,,", "expected 18 fields without quotes or inner commas"),
    ("p,m,,,,1,5,,,,,", "expected 18 fields without quotes or inner commas"),
  ])
  func `a line that is not exact is refused by number`(line: String, problem: String) {
    #expect(throws: PriceCatalogueError(line: 3, problem: problem)) {
      try catalogue("other,m,,,,1,5,,,,,,", line)
    }
  }

  @Test(arguments: [
    ("x,,,0,test", "batch_multiplier is not a plain number with at most 4 decimals"),
    ("11,,,0,test", "batch_multiplier is above 10"),
    (",1.00001,,0,test", "us_residency_multiplier is not a plain number with at most 4 decimals"),
    (",,5000,0,test", "web_search_usd_per_1000 is above 1000"),
    (",,,yes,test", "unverified is neither 0 nor 1"),
    (",,,0,", "source is empty"),
  ])
  func `a modifier that makes no sense is refused by its column`(rest: String, problem: String) {
    #expect(throws: PriceCatalogueError(line: 2, problem: problem)) {
      try catalogue("p,m,,,,1,5,,,,,,", rest: rest)
    }
  }

  @Test func `two prices for the same moment are refused`() {
    #expect(
      throws: PriceCatalogueError(
        line: 4, problem: "overlaps line 2 for the same model and provider")
    ) {
      try catalogue(
        "p,m,,2026-01-01,2026-02-01,1,5,,,,,,", "p,m,,2026-02-01,,1,5,,,,,,",
        "p,m,,2025-06-01,2026-01-02,1,5,,,,,,")
    }
    // Two spellings of one model are one model.
    #expect(throws: PriceCatalogueError.self) {
      try catalogue(
        "bedrock,anthropic.claude-x-v1:0,,,,1,5,,,,,,", "bedrock,claude-x,,,,1,5,,,,,,")
    }
  }

  @Test func `another header is refused`() {
    #expect(throws: PriceCatalogueError.self) { try PriceCatalogue(csv: []) }
    #expect(throws: PriceCatalogueError.self) {
      try PriceCatalogue(csv: Array("model,input\nm,1".utf8))
    }
  }

  @Test func `a gap between two prices has no price, in whatever order they stand`() throws {
    let book = PriceBook(
      try catalogue(
        "anthropic,m,,2026-03-01,,2,5,,,,,,", "anthropic,m,,2026-01-01,2026-02-01,1,5,,,,,,"))
    let plan = book.plan(model: "m")
    let usage = TokenUsage(input: 1)
    #expect(plan.cost(usage, at: instant("2026-01-31")).picodollars == 1_000_000)
    #expect(plan.cost(usage, at: instant("2026-02-01")) == .unpriced(.noPriceThen))
    #expect(plan.cost(usage, at: instant("2026-03-01")).picodollars == 2_000_000)
  }

  @Test func `own rows can price a channel that has none`() throws {
    let book = PriceBook(
      try catalogue("openrouter,claude-x,,,,1,5,,,,,,", "bedrock-gov,claude-x,,,,2,5,,,,,,"))
    let usage = TokenUsage(input: 1)
    #expect(book.plan(model: "openrouter/a/claude-x").cost(usage, at: 0).picodollars == 1_000_000)
    #expect(
      book.plan(model: "us-gov.anthropic.claude-x").cost(usage, at: 0).picodollars == 2_000_000)
  }
}
