import Foundation
import Testing

/// What was agreed, from forensics.yml to the stored cost and to every command that shows prices.
@Suite struct ContractTests {
  private let configuration = """
    prices:
      overrides:
        - {name: Anthropic 2026, channel: anthropic, from: 2026-11-01, discount: 12%}
        - {name: seats, workspace: wrk_seats, covered: true}
        - {name: mirror, model: gpt-4o-mirror, same_as: gpt-4o}
        - {name: acme, model: acme-7, rates: {input: 1.5, output: 6}}
    """

  private func call(_ id: String, _ more: String) -> String {
    #"{"ts":"2026-11-03T09:00:00Z","request_id":"\#(id)","provider":"anthropic","input_tokens":1000,"output_tokens":100,\#(more)}"#
      + "\n"
  }

  @Test func `calls cost what was agreed, with the list price beside`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(configuration, to: "forensics.yml")
    let log = try forensics.write(
      call("a", #""model":"claude-opus-5-5""#)
        + call("b", #""model":"claude-opus-5-5","workspace":"wrk_seats""#)
        + call("c", #""model":"gpt-4o-mirror","provider":"openai""#)
        .replacing(#""provider":"anthropic","#, with: "")
        + call("d", #""model":"acme-7","provider":"acme""#)
        .replacing(#""provider":"anthropic","#, with: "")
        + call("e", #""model":"claude-opus-5-5""#).replacing("2026-11-03", with: "2026-10-31"),
      to: "log.jsonl")
    let imported = try forensics("import", log, "--config", file)
    #expect(imported.status == 0, "\(imported.errors)")
    let rows = try forensics(
      "sql",
      "SELECT request_id, cost_usd_nanos AS cost, list_cost_usd_nanos AS listed FROM llm_call ORDER BY 1",
      "--format", "csv")
    // Opus 5.5: 1,000 x $4 + 100 x $20 a million = $0.006; 12 % off, covered, as listed in October.
    #expect(
      rows.output == """
        request_id,cost,listed
        a,5280000,6000000
        b,,6000000
        c,3500000,3500000
        d,2100000,2100000
        e,6000000,6000000

        """)
  }

  @Test func `estimates and listings apply and name the contract`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(configuration, to: "forensics.yml")
    func estimate(_ model: String) throws -> ForensicsBinary.Result {
      try forensics(
        "estimate", "--model", model, "--input", "1000000", "--output", "1000000", "--at",
        "2026-11-20", "--format", "csv", "--config", file)
    }
    let opus = try estimate("opus-5-5")
    #expect(opus.output.contains("input,1000000,3.52,3.52,"))
    #expect(opus.output.contains("total,2000000,,21.12,"))
    #expect(opus.errors.contains("contract Anthropic 2026 applied: 12% off"))
    let listed = try forensics("prices", "list", "--config", file, "--format", "csv").errors
    let inUse = try #require(listed.firstMatch(of: /catalogue [0-9a-f]{16}/)).0
    #expect(opus.errors.contains("prices of 2026-11-20\n") && opus.errors.contains(inUse))
    let mirror = try estimate("gpt-4o-mirror")
    #expect(mirror.output.contains("total,2000000,,12.5,"))
    #expect(mirror.errors.contains("contract mirror applied: priced as gpt-4o"))
    let acme = try estimate("acme-7")
    #expect(acme.output.contains("total,2000000,,7.5,"))
    #expect(acme.errors.contains("price: acme-7, as agreed"))
    let compared = try forensics(
      "estimate", "--compare", "opus-5-5,gpt-4o", "--input", "1000", "--at", "2026-11-20",
      "--format", "csv", "--config", file)
    #expect(compared.output.contains("claude-opus-5-5,anthropic,0.00352,"))
    #expect(compared.output.contains(",contract Anthropic 2026\n"))
    let list = try forensics("prices", "list", "--config", file, "--model", "opus-5-5")
    #expect(
      list.output.contains("override Anthropic 2026: channel anthropic, from 2026-11-01: 12% off"))
    #expect(list.output.contains("override seats: workspace wrk_seats: covered"))
    #expect(!list.output.contains("override mirror"))
    let shown = try forensics("prices", "show", "opus-5-5", "--config", file)
    #expect(shown.output.contains("override Anthropic 2026"))
    let plain = try forensics("prices", "list", "--model", "opus-5-5")
    let id = #/catalogue ([0-9a-f]{16})/#
    #expect(
      try #require(list.output.firstMatch(of: id)).1
        != #require(plain.output.firstMatch(of: id)).1)
  }

  @Test func `what a commitment covers is estimated at list prices, and says so`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      "prices: {overrides: [{name: seats, channel: anthropic, covered: true}]}\n",
      to: "forensics.yml")
    let result = try forensics(
      "estimate", "--model", "opus-5-5", "--input", "1000000", "--at", "2026-11-20", "--format",
      "csv", "--config", file)
    #expect(result.output.contains("total,1000000,,4,"))
    #expect(result.errors.contains("covered by seats"))
    #expect(result.errors.contains("list equivalent"))
  }
}
