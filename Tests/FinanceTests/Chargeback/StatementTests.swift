import CallStore
import Finance
import Tables
import Testing

@Suite struct StatementTests {
  private func chargeback() -> Chargeback {
    Company.chargeback([
      Company.item("alder-bank", 10), Company.item("brisk-parcel", 77.7, feature: "code-review"),
      Company.item("lumen-desk", 3.25), Company.item("alder-bank", -1, about: "2026-10"),
    ]) {
      $0.card.standard = [ChargeTerms(.markup(300_000), minimumNanos: Company.usd(50))]
      $0.shared = [
        AllocationRule(name: "shared costs", calls: [.tenant: ["lumen-desk"]], by: .equal)
      ]
      $0.exchange = ExchangeRate("EUR", "0.92", source: "a bank", date: "2026-10-30")
    }
  }

  private func files(showsCost: Bool = true) throws -> [(name: String, text: String)] {
    let chargeback = chargeback()
    return chargeback.files(
      of: try #require(chargeback.statement("alder-bank")), showsCost: showsCost
    ) { Answer(recipe: "chargeback", asOf: 0, table: $0) }
  }

  @Test func `a statement has its lines, its total, and how it came to it`() throws {
    let csv = try files()[2].text
    #expect(
      csv == """
        line,period,name,model,terms,n_calls,input_tokens,cache_write_tokens,cache_read_tokens,\
        output_tokens,web_searches,cost_usd,charge_usd,charge_eur
        usage,2026-11,support-chat,claude-sonnet-5-5,cost + 30 %,10,0,0,0,0,0,10,13,11.96
        shared,2026-11,shared costs,,cost + 30 %,0,0,0,0,0,0,1.625,2.11,1.94
        adjustment,2026-10,support-chat,claude-sonnet-5-5,cost + 30 %,10,0,0,0,0,0,-1,-1.3,-1.2
        minimum fee,2026-11,,,cost + 30 %,0,0,0,0,0,0,0,34.89,32.1
        total,2026-11,,,,20,0,0,0,0,0,10.625,48.7,44.8

        """)
    let page = try files()[0].text
    #expect(page.contains("**charge**: 44.80 EUR") && page.contains("48.70 USD"))
    #expect(page.contains("a bank, 2026-10-30") && page.contains("at least 50 USD a month"))
  }

  @Test func `a statement tells nothing of anybody else`() throws {
    for (name, text) in try files() {
      for other in ["brisk", "parcel", "lumen", "desk", "77.7", "code-review", "3.25"] {
        #expect(!text.contains(other), "\(name) has \(other)")
      }
    }
  }

  @Test func `cost can be left out, and the markup that would tell it`() throws {
    for (name, text) in try files(showsCost: false) {
      for hint in ["cost +", "30 %", "cost_usd", "10.625", "1.625"] {
        #expect(!text.contains(hint), "\(name) has \(hint)")
      }
      #expect(text.contains("48.7"))
    }
  }

  @Test func `hostile names stay in their folder and apart from each other`() {
    let hostile = [
      "../../etc/passwd", "..", ".", "", "a/b", "a\\b", "a b", "A B", "ACME", "Acme", "acme",
      "con", "NUL", "-rf", "a\0b", "a\nb", "ａｃｍｅ", "é", "e\u{301}", "=cmd()", "*", "?", "~",
      "acme.",
      "acme-", String(repeating: "x", count: 400), String(repeating: "x", count: 401), "💸",
      "alder-bank", "alder_bank",
    ]
    let names = hostile.map { statementFileName(tenant: $0, period: "2026-11") }
    #expect(Set(names.map { $0.lowercased() }).count == hostile.count)
    for name in names {
      #expect(
        name.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0)
        })
      #expect(name.first?.isLetter ?? false, "\(name)")
      #expect(name.utf8.count < 100 && !name.contains("..") && name.hasSuffix(".2026-11"))
    }
    #expect(names.contains("alder-bank.2026-11") && names.contains("acme.2026-11"))
    #expect(!names.contains("con.2026-11"))
    #expect(
      statementFileName(tenant: "acme", period: "2026-11-01T00:00:01Z..2026-11-16T00:00:00Z")
        == "acme.2026-11-01t00-00-01z-2026-11-16t00-00-00z")
  }

  @Test func `hostile names change neither a table nor a page`() throws {
    let chargeback = Company.chargeback([
      Company.item("=1+1", 1, feature: "<script>|x\n# y"), Company.item("alder-bank", 2),
    ])
    let statement = try #require(chargeback.statement("=1+1"))
    let files = chargeback.files(of: statement, showsCost: true) {
      Answer(recipe: "chargeback", asOf: 0, table: $0)
    }
    #expect(!files[1].text.contains("<script>"))
    #expect(files[0].text.contains(##"\<script\>\|x\\n\# y"##))
    #expect(files[2].text.contains("\"<script>|x\n# y\""))
  }

  @Test func `unit costs are rounded half-even, and nothing is divided by nothing`() {
    var usage = UsageCost(
      calls: 4, counts: [.input: 3000, .webSearch: 9], costNanos: 10, errors: 2)
    #expect(UnitCosts(usage).perCall == 2, "2.5")
    #expect(UnitCosts(usage).perThousandTokens == 3)
    #expect(UnitCosts(usage).perSuccess == 5)
    usage = UsageCost(calls: 1, costNanos: 7, errors: 1)
    #expect(UnitCosts(usage).perSuccess == nil && UnitCosts(usage).perThousandTokens == nil)
  }
}
