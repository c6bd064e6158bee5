import Testing

@testable import UsageLog

/// What another list adds to the catalogue, and what it must leave alone.
struct PriceTakingTests {
  private let july = instant("2026-07-24")

  /// LiteLLM's list of one anthropic model, in dollars per MTok.
  private func liteLLM(_ models: [(String, Double, Double)]) throws -> PriceFile {
    let entries = models.map { name, input, output in
      """
      "\(name)": {"input_cost_per_token": \(Int64(input * 1e6))e-12, \
      "output_cost_per_token": \(Int64(output * 1e6))e-12, "litellm_provider": "anthropic", \
      "mode": "chat"}
      """
    }
    return try LiteLLMFixture.read("{\(entries.joined(separator: ", "))}")
  }

  @Test func `new is what has no price, all is also what differs, and equal is neither`() throws {
    let ours = try catalogue("anthropic,m,,,,5,25,6.25,10,0.5,,,", "anthropic,same,,,,1,5,,,,,,")
    let file = try liteLLM([("m", 5, 26), ("same", 1, 5), ("new", 1, 5)])
    let taking = try PriceTaking(file, into: ours, observed: july)
    #expect(taking.equal == 1)
    #expect(try taking.list(.new, named: "x").rows.map(\.model) == ["new"])
    #expect(
      try taking.list(.all, named: "x").rows.map(\.csv) == [
        "anthropic,m,,2026-07-24,,5,26,6.25,10,0.5,,,,0.5,1.1,10,1,LiteLLM; observed 2026-07-24",
        "anthropic,new,,2026-07-24,,1,5,,,,,,,,,,1,LiteLLM; observed 2026-07-24",
      ])
  }

  @Test func `an observation ends where the catalogue goes on, and never reaches back`() throws {
    let ours = try catalogue(
      "anthropic,m,,2026-01-01,2026-09-01,5,25,,,,,,", "anthropic,m,,2026-09-01,,4,20,,,,,,",
      "anthropic,planned,,2026-12-01,,4,20,,,,,,")
    let file = try liteLLM([("m", 6, 30), ("planned", 6, 30)])
    let taking = try PriceTaking(
      file, into: ours, observed: july, newFrom: instant("2026-02-01"))
    let rows = try taking.list(.all, named: "x").rows
    #expect(rows.map { $0.text(.validFrom) } == ["2026-07-24", "2026-02-01"])
    #expect(rows.map { $0.text(.validTo) } == ["2026-09-01", "2026-12-01"])
    let book = PriceBook(PriceCatalogue([ours.lists[0], try taking.list(.all, named: "x")]))
    func input(_ day: String) -> Int64? {
      book.plan(model: "m", channel: "anthropic").period(at: instant(day))?.rates.input
    }
    #expect(input("2026-07-23") == 5_000_000)
    #expect(input("2026-07-24") == 6_000_000)
    #expect(input("2026-09-01") == 4_000_000)
  }

  @Test func `a price that has ended comes back only with all`() throws {
    let ours = try catalogue("anthropic,m,,2026-01-01,2026-06-29,5,25,,,,,,")
    let taking = try PriceTaking(
      liteLLM([("m", 5, 25)]), into: ours, observed: july, newFrom: instant("2026-03-01"))
    #expect(taking.chosen(.new).isEmpty)
    let row = try #require(taking.chosen(.all).first)
    #expect(row.hasEnded)
    #expect(row.row.text(.validFrom) == "2026-07-24")
  }

  @Test func `no call loses the rate that it has`() throws {
    // Cache rates beside another input would be nobody's, and without them cached calls had no price.
    let ours = try catalogue("anthropic,m,,,,5,25,6.25,10,0.5,,,")
    let taking = try PriceTaking(liteLLM([("m", 6, 30)]), into: ours, observed: july)
    #expect(taking.pieces.isEmpty)
    #expect(taking.lacking.map(\.columns) == [[.cacheWrite5m, .cacheWrite1h, .cacheRead]])
  }

  @Test func `what the user's own files decide is left to them`() throws {
    let mine = try PriceList(
      name: "ours.csv",
      csv: Array("\(PriceColumn.header)\nanthropic,m,,,,4,20,,,,,,,,,,0,contract".utf8))
    let taking = try PriceTaking(
      liteLLM([("m", 5, 25)]), into: PriceCatalogue([mine]), observed: july,
      outranking: ["ours.csv"])
    #expect(taking.pieces.isEmpty && taking.outranked == 1)
  }

  @Test func `a list with dates is taken for the days that it says otherwise`() throws {
    let ours = try catalogue("anthropic,m,,2026-01-01,2026-06-01,5,25,,,,,,")
    let text = """
      provider,model,valid_from,valid_to,input,output
      anthropic,m,2026-01-01,2026-03-01,5,25
      anthropic,m,2026-03-01,2026-09-01,6,25
      acme,n,2025-05-01,,1,2
      """
    let file = try PriceFile(csv: Array(text.utf8), name: "ours.csv")
    let taking = try PriceTaking(file, into: ours, observed: july)
    #expect(taking.equal == 1)
    #expect(
      try taking.list(.new, named: "x").rows.map(\.csv) == [
        "anthropic,m,,2026-06-01,2026-09-01,6,25,,,,,,,,,,0,ours.csv",
        "acme,n,,2025-05-01,,1,2,,,,,,,,,,0,ours.csv",
      ])
    // What the file has no column for stays as it is listed.
    #expect(
      try taking.list(.all, named: "x").rows.first?.csv
        == "anthropic,m,,2026-03-01,2026-06-01,6,25,,,,,,,0.5,1.1,10,0,ours.csv")
  }

  @Test func `two prices for one day are refused with their lines`() throws {
    let text = "provider,model,input,output\nacme,n,1,2\nacme,m,1,2\nacme,n,3,4\n"
    let file = try PriceFile(csv: Array(text.utf8), name: "ours.csv")
    let error = #expect(throws: PriceTakingError.self) {
      try PriceTaking(file, into: catalogue(), observed: july)
    }
    #expect(error?.description.contains("ours.csv:4: n at acme has another price") == true)
    #expect(error?.description.contains("line 2") == true)
  }

  @Test func `all of LiteLLM's list on the shipped catalogue makes one, and takes once`() throws {
    let shipped = try PriceCatalogue.shipped()
    let file = try LiteLLMFixture.read()
    let taking = try PriceTaking(file, into: shipped, observed: july)
    let merged = PriceCatalogue([try .shipped(), try taking.list(.all, named: "x")])
    let again = try PriceTaking(file, into: merged, observed: july)
    #expect(again.pieces.isEmpty)
    #expect(again.equal == file.rows.count - taking.lacking.count)
    // Whatever had a price then has one still, for each class.
    for row in shipped.rows {
      let now = merged.rows(of: PricedModel(row)).filter(row.overlaps)
      let covered = now.reduce(into: Int128(0)) {
        $0 += Int128(min($1.validTo, row.validTo)) - Int128(max($1.validFrom, row.validFrom))
      }
      #expect(covered == Int128(row.validTo) - Int128(row.validFrom), "line \(row.line)")
      for column in PriceColumn.rates where row.text(column) != nil {
        #expect(now.allSatisfy { $0.text(column) != nil }, "line \(row.line) \(column.name)")
      }
    }
  }
}
