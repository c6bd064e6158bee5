import Testing

@testable import UsageLog

/// LiteLLM's list becomes rows, or says why not.
struct LiteLLMPricesTests {
  @Test func `a Claude entry becomes a row of that day, unverified, and one of fast mode`() throws {
    let file = try LiteLLMFixture.read()
    let row = try #require(file.row("anthropic", "claude-opus-4-8"))
    #expect(
      row.csv
        == "anthropic,claude-opus-4-8,,2026-07-24,,5,25,6.25,10,0.5,,,,,1.1,10,1,"
        + "LiteLLM; observed 2026-07-24")
    let fast = try #require(file.row("anthropic-fast", "claude-opus-4-8"))
    #expect(
      fast.rates
        == Rates(
          input: 10_000_000, output: 50_000_000, cacheWrite5m: 12_500_000, cacheWrite1h: 20_000_000,
          cacheRead: 1_000_000))
    #expect(fast.batch == nil && fast.usResidency == Ratio(11_000, over: 10_000))
  }

  @Test func `a row's line is where its entry begins`() throws {
    let line = try #require(try LiteLLMFixture.read().row("anthropic", "claude-opus-4-8")).line
    let lines = LiteLLMFixture.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[line - 1].contains("\"claude-opus-4-8\""))
  }

  @Test func `the tier above 200k tokens is the whole request's, its 1-hour writes included`()
    throws
  {
    let row = try #require(
      try LiteLLMFixture.read().row("anthropic", "claude-sonnet-4-5-20250929"))
    #expect(row.longPrompt?.threshold == 200_000)
    #expect(
      row.longPrompt?.rates
        == Rates(
          input: 6_000_000, output: 22_500_000, cacheWrite5m: 7_500_000,
          cacheWrite1h: 12_000_000, cacheRead: 600_000))
  }

  @Test(arguments: [
    ("bedrock-regional", "claude-opus-4-8", "5.5"), ("bedrock-global", "claude-opus-4-8", "5"),
    ("bedrock-gov", "claude-haiku-4-5-20251001", "1.2"),
    ("vertex-global", "claude-sonnet-4-5-20250929", "3"),
    // The catalogue has one price for all of Vertex's endpoints.
    ("vertex", "claude-3-5-haiku-20241022", "1"), ("openrouter", "claude-opus-4-8", "5"),
    ("openai", "gpt-5-nano", "0.05"), ("gemini", "gemini-2.5-flash", "0.3"),
    ("databricks", "databricks-claude-3-7-sonnet", "2.99999"),
    ("openai", "text-embedding-3-small", "0.02"),
  ])
  func `an entry stands where calls look for it`(provider: String, model: String, input: String)
    throws
  {
    #expect(try LiteLLMFixture.read().row(provider, model)?.text(.input) == input)
  }

  @Test func `endpoints that agree are one row, which says what any of them says`() throws {
    let file = try LiteLLMFixture.read()
    let row = try #require(file.row("bedrock-regional", "claude-opus-4-8"))
    #expect(row.text(.cacheRead) == "0.55")
    // Bedrock has no web search, whatever the list says.
    #expect(row.webSearch == nil)
    #expect(file.rows.count { PricedModel($0) == PricedModel(row) } == 1)
    // The bare id is known to be listed at the global price.
    #expect(
      file.reason("anthropic.claude-opus-4-8")
        == "claude-opus-4-8 at bedrock-regional: input is 5 and 5.5")
  }

  @Test func `endpoints that do not agree are no row`() throws {
    let file = try LiteLLMFixture.read()
    #expect(file.row("bedrock-regional", "claude-haiku-4-5-20251001") == nil)
    let names = file.passedOver.filter { $0.kind == .contradictory }.map(\.name)
    #expect(names.count == 3)
    #expect(names.contains("apac.anthropic.claude-haiku-4-5-20251001-v1:0"))
  }

  @Test(arguments: [
    ("1024-x-1024/dall-e-2", "mode image_generation"),
    ("azure_ai/claude-opus-4-8", "Claude in Foundry, which bills Anthropic's own list"),
    (
      "bedrock/eu-central-1/anthropic.claude-v1",
      "a price of one region; the catalogue has one for all"
    ),
    ("bedrock/us-west-2/1-month-commitment/anthropic.claude-v1", "committed capacity"),
    ("gemini/gemini-3-pro", "long-prompt cache rates that do not rise as input does"),
    ("wandb/openai/gpt-oss-20b", "input is above $1,000 per million tokens"),
    ("sonar", "a fee besides tokens (input_cost_per_request)"),
    ("dashscope/qwen-plus", "tiers of its own (tiered_pricing)"),
    ("github_copilot/gpt-5", "a price of zero, which says not known or not sold"),
    ("odd-text", "input_cost_per_token is no number"),
  ])
  func `what is no exact price by the token is passed over with its reason`(
    name: String, reason: String
  ) throws {
    #expect(try LiteLLMFixture.read().reason(name) == reason)
  }

  @Test func `batch is a multiplier where both prices are the same part`() throws {
    let file = try LiteLLMFixture.read()
    #expect(file.row("vertex-global", "claude-sonnet-4-5-20250929")?.text(.batch) == "0.5")
    #expect(file.row("anthropic", "claude-opus-4-8")?.batch == nil)
  }

  @Test func `an alias is known as one, and noise is told`() throws {
    let file = try LiteLLMFixture.read()
    let row = try #require(file.row("vertex-global", "claude-haiku-4-5"))
    #expect(row.aliasOf == "claude-haiku-4-5-20251001")
    #expect(file.remarks.contains { $0.key.hasPrefix("binary noise") && $0.value == 1 })
  }

  @Test func `the rows are a catalogue`() throws {
    let file = try LiteLLMFixture.read()
    let catalogue = try PriceCatalogue(csv: file.csv)
    #expect(catalogue.rows.map(\.csv) == file.rows.map(\.csv))
  }

  @Test(arguments: [
    ("", "is empty"), ("{\"a\": ", "is not one whole JSON object"),
    ("{}", "names no model with a price by the token"),
  ])
  func `what is no list says so`(text: String, problem: String) {
    #expect(throws: PriceFileError(name: "prices.json", problem: problem)) {
      try LiteLLMFixture.read(text)
    }
  }

  @Test func `damage is refused or passed over, never a crash`() throws {
    var random = SystemRandomNumberGenerator()
    let bytes = Array(LiteLLMFixture.text.utf8)
    let shipped = try PriceCatalogue.shipped()
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: damaged.indices, using: &random)
        damaged[place] = Array("0123456789eE.-,\"x\n".utf8).randomElement(using: &random) ?? 0
      }
      guard
        let file = try? PriceFile.read(
          damaged, name: "prices.json", observed: 0, catalogue: shipped)
      else { continue }
      _ = PriceListDiff(file, against: shipped, at: 0)
      _ = PriceListCheck(file.rows, passedOver: file.passedOver, now: 0)
      #expect(file.rows.allSatisfy { $0.rates.input >= 0 && $0.rates.output >= 0 })
    }
  }
}
