import Testing

@testable import Finance

@Suite struct InvoiceTests {
  private func read(_ csv: String, fx: String? = nil) throws -> Invoice {
    try Invoice(name: "bill.csv", csv: csv, rate: fx.flatMap(InvoiceRate.init))
  }

  @Test func `a line of AWS says its day, model, class, tokens and amount`() throws {
    let bill = try read(
      """
      \u{FEFF}lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/LineItemType,lineItem/UsageAmount,pricing/unit,lineItem/UnblendedCost,lineItem/CurrencyCode
      2026-09-03T00:00:00Z,AmazonBedrock,USE1-Global-Claude4.5Haiku-cache-read-input-tokens-batch,Usage,12.345,1K tokens,0.0006172500,USD
      2026-09-03T00:00:00Z,AmazonEC2,BoxUsage,Usage,24,Hrs,0.4992,USD
      2026-09-03T00:00:00Z,AmazonBedrock,Claude4.5Haiku,Tax,,,0.01,USD
      """)
    #expect(bill.rows.count == 2 && bill.channel == "bedrock" && bill.remarks.count == 1)
    let line = bill.rows[0]
    #expect(line.day?.text == "2026-09-03" && line.model == "claude-haiku-4-5-20251001")
    #expect(line.charge == .tokens(.cacheRead) && line.tokens == 12_345)
    #expect(line.isBatch && line.geography == "global")
    #expect(line.amount.text == "0.00061725")
    #expect(line.rounding.text == "0.00000000005")
    #expect(bill.rows[1].charge == .tax)
  }

  @Test func `Google's export and FOCUS are understood by their own names`() throws {
    let google = try read(
      """
      usage_start_time,service.description,sku.description,usage.amount,usage.unit,cost,currency,cost_type
      2026-09-03 00:00:00 UTC,Vertex AI,Claude Sonnet 5 Output Tokens,250,tokens,0.0023,EUR,regular
      """, fx: "0.92")
    #expect(google.rows[0].amount.text == "0.0025" && google.rows[0].tokens == 250)
    #expect(google.rows[0].model == "claude-sonnet-5" && google.channel == "vertex")
    let focus = try read(
      """
      ChargePeriodStart,BilledCost,BillingCurrency,ServiceName,ChargeDescription,ConsumedQuantity,ConsumedUnit,ChargeCategory
      2026-09-03T00:00:00Z,4,USD,Claude API,"Claude Sonnet 5, ""1-hour"" cache write, tokens",1,1000000 Tokens,Usage
      """)
    #expect(focus.rows[0].charge == .tokens(.cacheWrite1h) && focus.rows[0].tokens == 1_000_000)
  }

  @Test func `anyone's bill has synonyms, separators and signs of its own`() throws {
    let bill = try read(
      "Date;Description;Model;Amount\n2026-09-03;Input tokens;Claude Opus 4.8;\"$1,234.50\"\n"
        + ";Volume discount;;(0.25)\n")
    #expect(bill.rows.map(\.amount.text) == ["1234.5", "-0.25"])
    #expect(bill.rows[0].model == "claude-opus-4-8" && bill.rows[0].rounding.text == "0.005")
    #expect(bill.rows[1].charge == .credit && !bill.tellsDays)
  }

  @Test func `what cannot be read is said with its line`() {
    #expect(throws: InvoiceError.noAmounts("bill.csv")) { try read("a,b\n1,2\n") }
    #expect(throws: InvoiceError.badAmount(line: 3, text: "much")) {
      try read("description,amount\nClaude,1\nClaude,much\n")
    }
    // Not four dollars.
    #expect(throws: InvoiceError.badAmount(line: 2, text: "0,04")) {
      try read("description;amount\nClaude;0,04\n")
    }
    #expect(throws: InvoiceError.badDay(line: 2, text: "yesterday")) {
      try read("date,description,amount\nyesterday,Claude,1\n")
    }
    #expect(throws: InvoiceError.otherCurrency("EUR")) {
      try read("description,amount,currency\nClaude,1,EUR\n")
    }
    #expect(throws: InvoiceError.nothing("bill.csv")) { try read("description,amount\n") }
  }

  @Test(arguments: [
    ("123.45", -2, "1.2345"), ("0.123456789012345678", 0, "0.123456789012345678"),
    ("-12", 0, "-12"),
    ("1e-3", -2, "0.00001"), ("0.0000000000000000005", 0, "0"),
    ("0.0000000000000000015", 0, "0.000000000000000002"), ("1000000000", 0, "1000000000"),
  ])
  func `an amount is as exact as it is written`(_ text: String, _ shift: Int, _ dollars: String) {
    #expect(ExactDollars(text, shift: shift)?.text == dollars)
  }

  @Test(arguments: ["", "-", ".", "1,5", "1.2.3", "abc", "1e999"])
  func `what is no amount is none`(_ text: String) { #expect(ExactDollars(text) == nil) }
}
