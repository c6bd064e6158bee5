import Testing

@testable import UsageLog

/// Models by what people type.
struct NamedModelTests {
  @Test(arguments: [
    ("claude-sonnet-4-6", "claude-sonnet-4-6"), ("sonnet-4-6", "claude-sonnet-4-6"),
    ("us.anthropic.claude-opus-4-6-v1", "claude-opus-4-6"),
    ("Claude Haiku 4.5", "claude-haiku-4-5-20251001"), ("claude-opus-4-8[1m]", "claude-opus-4-8"),
    ("haiku-4-5", "claude-haiku-4-5"), ("gpt-4o", "gpt-4o"), ("opus-5", "claude-opus-5"),
  ])
  func `a name is one exact model`(name: String, id: String) throws {
    #expect(try PriceCatalogue.shipped().model(named: name) == id)
  }

  @Test(arguments: ["sonnet", "claude", "opus-5-6", "claude-opus-5-6", "Claude Opus", "", "gpt"])
  func `a family or an unknown model is none`(name: String) throws {
    #expect(try PriceCatalogue.shipped().model(named: name) == nil)
  }

  @Test func `what is near is offered, nearest first`() throws {
    let catalogue = try PriceCatalogue.shipped()
    #expect(catalogue.models(near: "claude-opus-5-6").first == "claude-opus-5-5")
    #expect(catalogue.models(near: "opus-5-6").first == "claude-opus-5-5")
    #expect(catalogue.models(near: "haiku").contains("claude-haiku-5-5"))
    #expect(catalogue.models(near: "quartet-9").isEmpty)
  }

  @Test func `an alias and its snapshot know each other`() throws {
    let catalogue = try PriceCatalogue.shipped()
    #expect(catalogue.target(of: "claude-haiku-4-5") == "claude-haiku-4-5-20251001")
    #expect(catalogue.target(of: "claude-opus-4-8") == nil)
    #expect(catalogue.aliases(of: "claude-haiku-4-5-20251001") == ["claude-haiku-4-5"])
  }

  @Test(
    arguments: [
      ("claude-opus-6-preview", nil, nil, "anthropic,claude-opus-6-preview,"),
      ("us.anthropic.claude-opus-6", nil, nil, "bedrock-regional,claude-opus-6,"),
      ("claude-opus-6", "vertex", "global", "vertex-global,claude-opus-6,"),
      ("gpt-7", nil, nil, "openai,gpt-7,"),
      ("mystery-1", "openrouter", nil, "openrouter,mystery-1,"),
      ("mystery-1", nil, nil, ",mystery-1,"),
    ] as [(String, String?, String?, String)])
  func `a line to fill in stands where the call would look for it`(
    model: String, channel: String?, region: String?, start: String
  ) {
    let line = PriceTemplate.csv(
      model: model, channel: channel, region: region, from: instant("2026-11-15"))
    #expect(line == start + ",2026-11-15,,,,,,,,,,,,,0,")
  }
}
