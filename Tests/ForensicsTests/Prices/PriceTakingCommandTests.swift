import Foundation
import Testing

@testable import UsageLog

/// `prices import`, `taken` and `drop`, and the commands that reckon with what was taken.
@Suite struct PriceTakingCommandTests {
  private let liteLLM = #"""
    {"claude-opus-4-8": {"input_cost_per_token": 5e-06, "output_cost_per_token": 2.6e-05,
     "litellm_provider": "anthropic", "mode": "chat"},
     "claude-opus-9": {"input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
     "litellm_provider": "anthropic", "mode": "chat"},
     "m": {"input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
     "litellm_provider": "acme", "mode": "chat"}}
    """#

  private struct Story {
    let forensics: ForensicsBinary
    let file: String

    func callAsFunction(_ arguments: String...) throws -> ForensicsBinary.Result {
      try forensics.run(
        ["prices", "import", file, "--observed", "2026-07-24", "--format", "csv"] + arguments)
    }
  }

  private func story() throws -> Story {
    let forensics = try ForensicsBinary()
    return Story(forensics: forensics, file: try forensics.write(liteLLM, to: "prices.json"))
  }

  @Test func `without a choice it shows what each would take, and takes nothing`() throws {
    let take = try story()
    let shown = try take()
    #expect(shown.status == 0)
    #expect(
      shown.output == """
        change,channel,model,column,catalogue,list,ratio,from,until
        changed,anthropic,claude-opus-4-8,output,25,26,1.04,2026-07-24,
        new,anthropic,claude-opus-9,prices,none,5 / 25,,2026-07-24,
        new,acme,m,prices,none,1 / 5,,2026-07-24,

        """)
    #expect(shown.errors.contains("prices.json, observed 2026-07-24: 0 equal, 1 changed, 0 ended"))
    #expect(shown.errors.contains("--take new: 2 prices"))
    #expect(shown.errors.contains("--take all: 3 prices"))
    #expect(shown.errors.contains("nothing was taken"))
    #expect(!FileManager.default.fileExists(atPath: take.forensics.database))
  }

  @Test func `what is taken is priced with, by its own name, until it is dropped`() throws {
    let take = try story()
    let forensics = take.forensics
    let taken = try take("--take", "new", "--valid-from", "2026-07-01")
    #expect(taken.status == 0)
    #expect(taken.output.contains("new,anthropic,claude-opus-9,prices,none,5 / 25,,2026-07-01,\n"))
    #expect(taken.errors.contains("taken as \"LiteLLM 2026-07-24\": 2 prices"))
    #expect(taken.errors.contains("the catalogue was \(try PriceCatalogue.shipped().id)"))
    #expect(taken.errors.contains("forensics reprice --dry-run"))
    let id = try #require(taken.errors.firstMatch(of: /catalogue ([0-9a-f]{16})\n/)).1
    let list = try forensics(
      "prices", "show", "opus-9", "--format", "csv")
    #expect(list.output.contains(",no,LiteLLM 2026-07-24,LiteLLM; observed 2026-07-24\n"))
    #expect(list.errors.contains("catalogue \(id)"))
    let estimate = try forensics(
      "estimate", "--model", "opus-9", "--input", "1000000", "--at", "2026-07-02", "--format", "csv"
    )
    #expect(estimate.output.contains("total,1000000,,5,"))
    #expect(estimate.errors.contains("NOT verified (LiteLLM; observed 2026-07-24)"))
    #expect(estimate.errors.contains("catalogue \(id)"))
    #expect(try forensics("breakeven", "--model", "opus-9", "--format", "csv").status == 0)
    let log = try forensics.write(
      #"{"ts":"2026-11-03T09:00:00Z","request_id":"r","model":"claude-opus-9","input_tokens":1000000,"output_tokens":0}"#,
      to: "run.jsonl")
    let run = try forensics("estimate", "--from-log", log, "--format", "csv")
    #expect(run.output.contains("claude-opus-9,1,0,1000000,0,0,0,5\n"))

    let drop = try forensics("prices", "drop", "LiteLLM 2026-07-24")
    #expect(drop.output == "\"LiteLLM 2026-07-24\" is dropped: 2 prices\n")
    #expect(drop.errors.contains("costs stay as they are until: forensics reprice"))
    #expect(try forensics("prices", "show", "opus-9").status == 64)
    let shelf = try forensics("prices", "taken", "--format", "csv").output
    #expect(
      shelf.hasPrefix("name,observed,taken_at,prices,dropped_at\nLiteLLM 2026-07-24,2026-07-24,"))
    let again = try forensics("prices", "drop", "LiteLLM 2026-07-24")
    #expect(again.status == 1 && again.errors.contains("nor any other"))
  }

  @Test func `taking twice takes once, and more of the same list is another`() throws {
    let take = try story()
    #expect(try take("--take", "new", "--model", "opus-9").errors.contains(": 1 price;"))
    let twice = try take("--take", "new", "--model", "opus-9")
    #expect(twice.status == 0 && twice.errors.contains("nothing to take"))
    #expect(
      try take("--take", "new").errors.contains("taken as \"LiteLLM 2026-07-24 (2)\": 1 price"))
    #expect(
      try take("--take", "all").errors.contains("taken as \"LiteLLM 2026-07-24 (3)\": 1 price"))
    #expect(try take("--take", "all").errors.contains("nothing to take"))
    let named = try take("--take", "all", "--name", "LiteLLM 2026-07-24")
    #expect(named.status == 0 && named.errors.contains("nothing to take"))
  }

  @Test func `a CSV keeps its own days`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      "provider,model,valid_from,valid_to,input,output\nacme,acme-7,2026-01-01,2026-06-01,1,2\n"
        + "acme,acme-7,2026-06-01,,2,4\n", to: "ours.csv")
    let taken = try forensics("prices", "import", file, "--take", "new", "--format", "csv")
    #expect(taken.errors.contains("taken as \"ours.csv\": 2 prices"))
    let may = try forensics(
      "estimate", "--model", "acme-7", "--channel", "acme", "--input", "1000000", "--at",
      "2026-05-31", "--format", "csv")
    #expect(may.output.contains("total,1000000,,1,"))
    let early = try forensics(
      "prices", "import", file, "--take", "new", "--valid-from", "2026-01-01")
    #expect(early.status == 64 && early.errors.contains("a CSV has its valid_from"))
    let broken = try forensics.write(
      "provider,model,input,output\nacme,acme-8,1,2\nacme,acme-9,1,x\n", to: "broken.csv")
    let refused = try forensics("prices", "import", broken, "--take", "all")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("broken.csv:3: "))
    #expect(refused.errors.contains("nothing was taken"))
    #expect(try forensics("prices", "show", "acme-8").status == 64)
  }

  @Test(arguments: [
    ["--valid-from", "2026-08-01"], ["--valid-from", "soon"], ["--take", "some"],
    ["--name", "shipped"], ["--model", "opus-5-6"], ["--channel", "nowhere"], ["--observed", "2d"],
  ])
  func `wrong usage is refused`(arguments: [String]) throws {
    let take = try story()
    let result = try take.forensics.run(
      ["prices", "import", take.file, "--observed", "2026-07-24"] + arguments)
    #expect(result.status == 64, "\(result.errors)")
  }

  @Test func `another import keeps the lock`() throws {
    let take = try story()
    let lock = open(take.forensics.database + "-import.lock", O_RDWR | O_CREAT, 0o600)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    #expect(try take("--take", "new").status == 75)
  }
}
