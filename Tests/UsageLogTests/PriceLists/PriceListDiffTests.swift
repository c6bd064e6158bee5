import Testing

@testable import UsageLog

/// What another list says otherwise.
struct PriceListDiffTests {
  @Test func `LiteLLM's known lag shows, and what it leaves out does not`() throws {
    let file = try LiteLLMFixture.read()
    let diff = PriceListDiff(file, against: try .shipped(), at: instant("2026-07-24"))
    var changes: [String] = []
    for case .changed(let row, _, let columns) in diff.entries {
      for change in columns {
        changes.append(
          "\(PricedModel(row)) \(change.column.name) \(change.catalogue ?? "–") \(change.list ?? "–")"
        )
      }
    }
    #expect(
      changes
        == [
          "claude-3-opus-20240229 at anthropic cache_write_1h 30 6",
          "claude-3-5-haiku-20241022 at vertex input 0.8 1",
          "claude-3-5-haiku-20241022 at vertex output 4 5",
          // Its long tier ended with April.
          "claude-sonnet-4-5-20250929 at anthropic long_context_threshold – 200000",
          "claude-sonnet-4-5-20250929 at anthropic long_input – 6",
          "claude-sonnet-4-5-20250929 at anthropic long_output – 22.5",
        ].sorted { order($0, file) < order($1, file) })
    #expect(diff.equal == 7)
  }

  private func order(_ change: String, _ file: PriceFile) -> Int {
    file.rows.firstIndex { change.hasPrefix("\(PricedModel($0)) ") } ?? .max
  }

  @Test func `new models are those without a price that day`() throws {
    let file = try LiteLLMFixture.read()
    let diff = PriceListDiff(file, against: try .shipped(), at: instant("2026-07-24"))
    var new: Set<String> = []
    for case .new(let row) in diff.entries { new.insert("\(PricedModel(row))") }
    #expect(new.contains("claude-haiku-4-5-20251001 at bedrock-gov"))
    #expect(new.contains("claude-opus-4-8 at openrouter"))
    #expect(!new.contains("claude-opus-4-8 at anthropic"))
    let before = PriceListDiff(file, against: try .shipped(), at: instant("2026-05-01"))
    new = []
    for case .new(let row) in before.entries { new.insert("\(PricedModel(row))") }
    #expect(new.contains("claude-opus-4-8 at anthropic"))
  }

  @Test func `a dated list is compared as of the day, and every column of it counts`() throws {
    let ours = try catalogue("anthropic,m,,2026-01-01,,5,25,6.25,10,0.5,,,")
    let text = [
      PriceColumn.header, "anthropic,m,,2026-01-01,2026-06-01,5,25,6.25,10,0.5,,,,0.5,1.1,10,0,x",
      "anthropic,m,,2026-06-01,,4,25,6.25,,0.5,,,,0.5,1.1,10,0,x",
    ].joined(separator: "\n")
    let file = try PriceFile(csv: Array(text.utf8), name: "ours.csv")
    let before = PriceListDiff(file, against: ours, at: instant("2026-05-31"))
    #expect(before.entries.isEmpty && before.equal == 1 && before.notHolding == 1)
    let after = PriceListDiff(file, against: ours, at: instant("2026-06-01"))
    guard case .changed(_, _, let changes)? = after.entries.first else {
      Issue.record("the price changed in June")
      return
    }
    #expect(changes.map(\.column) == [.input, .cacheWrite1h])
    #expect(changes.map(\.list) == ["4", nil])
    #expect(changes[0].ratio == 8_000 && changes[1].ratio == nil)
  }

  @Test func `what only the catalogue has is counted`() throws {
    let ours = try catalogue("anthropic,m,,,,5,25,,,,,,", "anthropic,n,,2027-01-01,,5,25,,,,,,")
    let file = try PriceFile(
      csv: Array("provider,model,input,output\nopenai,m,1,2".utf8), name: "x")
    let diff = PriceListDiff(file, against: ours, at: instant("2026-11-20"))
    #expect(diff.onlyInCatalogue == 1)
  }
}
