import Foundation
import Testing

@testable import UsageLog

/// `prices` as people and scripts meet it.
@Suite struct PriceCommandTests {
  private let liteLLM = #"""
    {"claude-opus-4-8": {"input_cost_per_token": 5e-06, "output_cost_per_token": 2.6e-05,
     "litellm_provider": "anthropic", "mode": "chat"},
     "claude-opus-9": {"input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
     "litellm_provider": "anthropic", "mode": "chat"},
     "acme/m": {"input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
     "litellm_provider": "acme", "mode": "chat"},
     "draw": {"litellm_provider": "openai", "mode": "image_generation"}}
    """#

  @Test func `all prices as CSV are a catalogue again, to the last digit`() throws {
    let forensics = try ForensicsBinary()
    let list = try forensics("prices", "list", "--all", "--format", "csv")
    #expect(list.errors.contains("188 prices at any time"))
    let catalogue = try PriceCatalogue.shipped()
    #expect(list.errors.contains("catalogue \(catalogue.id)"))
    let again = try PriceFile(csv: Array(list.output.utf8), name: "again")
    #expect(again.passedOver.isEmpty)
    #expect(again.rows.map(\.csv).sorted() == catalogue.rows.map(\.csv).sorted())
    let file = try forensics.write(list.output, to: "again.csv")
    let diff = try forensics("prices", "diff", file, "--at", "2026-11-20", "--format", "csv")
    #expect(diff.output == "change,channel,model,column,catalogue,list,ratio\n")
    #expect(try forensics("prices", "check", file, "--at", "2026-11-20").status == 0)
  }

  @Test func `the day decides`() throws {
    let forensics = try ForensicsBinary()
    func read(_ day: String) throws -> Bool {
      try forensics(
        "prices", "list", "--model", "sonnet-5-5", "--channel", "anthropic", "--at", day,
        "--format", "csv"
      ).output.contains("2,10,2.5,4,0.1,")
    }
    #expect(try !read("2026-10-06"))
    #expect(try read("2026-10-07"))
  }

  @Test func `a channel is all of its endpoints, and an unknown one is refused`() throws {
    let forensics = try ForensicsBinary()
    let bedrock = try forensics(
      "prices", "list", "--channel", "bedrock", "--model", "opus-5", "--format", "csv")
    #expect(bedrock.output.split(separator: "\n").count == 3)
    let unknown = try forensics("prices", "list", "--channel", "amazon")
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("known are anthropic, "))
  }

  @Test func `JSON carries the catalogue's id and exact rates`() throws {
    let forensics = try ForensicsBinary()
    let shown = try forensics("prices", "show", "haiku-5-5", "-j").output
    #expect(shown.contains("\"catalogue\":\"\(try PriceCatalogue.shipped().id)\""))
    #expect(
      shown.contains("\"prompt_over\":100000,\"input\":0.55,\"output\":2.75,\"write_5m\":0.6875"))
  }

  @Test(arguments: ["opus-5-6", "sonnet", "Claude Opus"])
  func `a model that is not in the catalogue is not guessed at`(name: String) throws {
    let result = try ForensicsBinary()("prices", "show", name)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("the catalogue has no model '\(name)'"))
  }

  @Test func `another list is compared as of the day it was seen`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(liteLLM, to: "prices.json")
    let diff = try forensics(
      "prices", "diff", file, "--observed", "2026-07-24", "--format", "csv")
    #expect(
      diff.output == """
        change,channel,model,column,catalogue,list,ratio
        changed,anthropic,claude-opus-4-8,output,25,26,1.04
        new,anthropic,claude-opus-9,prices,none,5 / 25,

        """)
    #expect(diff.errors.contains("prices.json, observed 2026-07-24"))
    #expect(diff.errors.contains("0 equal, 1 changed, 2 new"))
    #expect(diff.errors.contains("1 new model on channels that the catalogue does not have"))
    #expect(diff.errors.contains("mode image_generation (1)"))
    let all = try forensics("prices", "diff", file, "--all", "--format", "csv").output
    #expect(all.contains("new,acme,m,prices,none,1 / 5,"))
    let skipped = try forensics("prices", "diff", file, "--skipped", "--format", "csv").output
    #expect(skipped == "line,name,reason\n7,draw,mode image_generation\n")
  }

  @Test func `a check leaves with 3 if there is something to look at`() throws {
    let forensics = try ForensicsBinary()
    #expect(try forensics("prices", "check", "--at", "2026-11-20").status == 0)
    let file = try forensics.write(
      "provider,model,input,output,cache_read\nopenai,gpt-x,1,5,2\n", to: "ours.csv")
    let result = try forensics("prices", "check", file, "--format", "csv")
    #expect(result.status == 3)
    #expect(result.output.contains("warning,read above input,2,openai,gpt-x,"))
  }

  @Test(arguments: [
    ["prices", "list", "--at", "soon"], ["prices", "diff", "x.json", "--observed", "2d"],
    ["prices", "list", "--all", "--at", "2026-11-20"],
  ])
  func `wrong usage is refused`(arguments: [String]) throws {
    #expect(try ForensicsBinary().run(arguments).status == 64)
  }

  @Test func `a file that is no list says what one is`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write("a,b\n1,2\n", to: "x.csv")
    let result = try forensics("prices", "diff", file)
    #expect(result.status == 1)
    #expect(result.errors.contains("x.csv: line 1: a catalogue has no column 'a'; a price list is"))
    #expect(
      try forensics("prices", "check", "nowhere.json").errors.contains("cannot read 'nowhere"))
  }
}
