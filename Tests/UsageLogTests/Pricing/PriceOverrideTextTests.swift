import Testing

@testable import UsageLog

/// Overrides as listings show them.
struct PriceOverrideTextTests {
  @Test func `which calls and what holds, each key by its own name`() {
    var calls = PriceOverride.Calls()
    #expect(PriceOverride(name: "a", effect: .covered).text == "a: all calls: covered")
    calls.channel = "anthropic"
    calls.from = instant("2026-01-01")
    let discount = PriceOverride(
      name: "Anthropic 2026", calls: calls,
      effect: .discount(payable: Ratio(875_000, over: 1_000_000)))
    #expect(discount.text == "Anthropic 2026: channel anthropic, from 2026-01-01: 12.5% off")
    var rates = NegotiatedRates()
    rates.input = 1_500_000
    rates.webSearch = 8_000_000_000
    rates.batch = Ratio(400_000, over: 1_000_000)
    #expect(
      PriceOverride(name: "b", effect: .rates(rates)).whatHolds
        == "input 1.5, web_search_usd_per_1000 8, batch_multiplier 0.4")
    #expect(PriceOverride(name: "b", effect: .sameAs("gpt-4o")).whatHolds == "priced as gpt-4o")
  }

  @Test func `it is shown with the models and channels that it may be for`() {
    var calls = PriceOverride.Calls()
    calls.model = "us.anthropic.claude-opus-5-5"
    calls.channel = "bedrock"
    let override = PriceOverride(name: "a", calls: calls, effect: .covered)
    #expect(override.mayHold(forModels: []))
    #expect(override.mayHold(forModels: ["claude-opus-5-5"], channels: ["bedrock", "vertex"]))
    #expect(!override.mayHold(forModels: ["claude-opus-5"]))
    #expect(!override.mayHold(forModels: ["claude-opus-5-5"], channels: ["anthropic"]))
    #expect(PriceOverride(name: "b", effect: .covered).mayHold(forModels: ["x"], channels: ["y"]))
  }
}
