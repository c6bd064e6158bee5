import Testing

@testable import UsageLog

struct PriceBookTests {
  let book: PriceBook
  let november = instant("2026-11-20")
  let usage = TokenUsage(input: 1_000_000)

  init() throws {
    book = try shippedBook()
  }

  @Test(arguments: [
    "claude-opus-5-6", "claude-opus", "claude-opus-5-", "claude-opus-5-20260724", "gpt-4", "",
    "Claude-Opus-5", " claude-opus-5", "claude-opus-4-6-20260205", "my-proxy/claude-opus-5",
    "xx.anthropic.claude-opus-5", "/", "@", "projects/locations", "anthropic.", "[1m]", ":",
  ])
  func `an id that is not listed exactly has no price`(model: String) {
    #expect(book.plan(model: model).cost(usage, at: november) == .unpriced(.unknownModel))
  }

  @Test func `an id never takes the price of its prefix`() {
    #expect(cost("claude-opus-5-5") == 4_000_000_000_000)
    #expect(cost("claude-opus-5") == 5_000_000_000_000)
    #expect(cost("claude-fable-5-1") == 10_000_000_000_000)
    #expect(cost("claude-opus-4-5") == 5_000_000_000_000)
    #expect(cost("claude-opus-4-0") == 15_000_000_000_000)
  }

  @Test func `an alias has a row of its own`() {
    #expect(cost("claude-haiku-4-5") == cost("claude-haiku-4-5-20251001"))
    #expect(cost("claude-opus-4") == nil)
  }

  @Test func `a call before the first price has none`() {
    let plan = book.plan(model: "claude-opus-5")
    #expect(plan.cost(usage, at: instant("2026-07-24") - 1) == .unpriced(.noPriceThen))
    #expect(plan.cost(usage, at: instant("2026-07-24")).picodollars == 5_000_000_000_000)
  }

  @Test func `the response's speed decides, whatever was requested`() {
    let standard = book.plan(model: "claude-opus-5", speed: "standard")
    #expect(standard.cost(usage, at: november).picodollars == 5_000_000_000_000)
    #expect(cost("claude-opus-5", speed: "normal") == 5_000_000_000_000)
    #expect(cost("claude-opus-5", speed: "fast") == 10_000_000_000_000)
    #expect(reason("claude-sonnet-5", speed: "fast") == .noFastPrice)
    #expect(reason("claude-opus-4-6", speed: "fast") == .noPriceThen)
    #expect(reason("claude-opus-5", speed: "turbo") == .unknownSpeed)
  }

  @Test func `tiers without a published price have none`() {
    #expect(reason("gpt-4o", tier: "priority") == .unknownTier)
    #expect(reason("claude-opus-5", tier: "flex") == .unknownTier)
    #expect(reason("claude-opus-5", tier: "batch", speed: "fast") == .noBatchPrice)
    #expect(reason("claude-3-sonnet-20240229", tier: "batch") == .noBatchPrice)
    #expect(cost("claude-opus-5", tier: "batch") == 2_500_000_000_000)
    for tier in ["", "standard", "default"] {
      #expect(cost("claude-opus-5", tier: tier) == 5_000_000_000_000)
    }
  }

  @Test func `US inference costs a tenth more from 4·6 on, and elsewhere nothing`() {
    #expect(cost("claude-opus-4-6", geo: "us") == 5_500_000_000_000)
    #expect(cost("claude-opus-4-5-20251101", geo: "us") == 5_000_000_000_000)
    #expect(cost("global.anthropic.claude-opus-5", geo: "us") == 5_000_000_000_000)
    for geo in ["", "global", "not_available"] {
      #expect(cost("claude-opus-5", geo: geo) == 5_000_000_000_000)
    }
    #expect(reason("claude-opus-5", geo: "mars") == .unknownGeography)
  }

  @Test func `Bedrock's scope is in the id, not in the caller's region`() {
    #expect(cost("anthropic.claude-opus-5", region: "us-east-1") == 5_500_000_000_000)
    #expect(cost("global.anthropic.claude-opus-5", region: "us-east-1") == 5_000_000_000_000)
    #expect(
      reason("claude-opus-5", channel: "bedrock", region: "us-east-1") == .unknownEndpoint)
    #expect(
      cost("claude-opus-5", channel: "bedrock", region: "global") == 5_000_000_000_000)
    #expect(cost("claude-opus-5", channel: "bedrock", region: "us") == 5_500_000_000_000)
    #expect(cost("claude-opus-4-1-20250805", channel: "bedrock") == 15_000_000_000_000)
  }

  @Test func `GovCloud has a list of its own`() {
    #expect(reason("us-gov.anthropic.claude-opus-5") == .noGovCloudPrice)
    #expect(reason("anthropic.claude-opus-5", region: "us-gov-west-1") == .noGovCloudPrice)
  }

  @Test func `Vertex needs the location from Claude 4·5 on`() {
    let sonnet = "claude-sonnet-4-5@20250929"
    #expect(reason(sonnet) == .unknownEndpoint)
    #expect(reason("claude-opus-5", channel: "vertex", region: "") == .unknownEndpoint)
    #expect(cost(sonnet, region: "global") == 3_000_000_000_000)
    #expect(cost(sonnet, region: "europe-west1") == 3_300_000_000_000)
    #expect(cost("claude-3-5-sonnet-v2@20241022") == 3_000_000_000_000)
    let fable = "projects/p/locations/global/publishers/anthropic/models/claude-fable-5-2"
    #expect(cost(fable, speed: "fast") == 16_000_000_000_000)
  }

  @Test func `a channel without prices is named as such`() {
    #expect(reason("anthropic/claude-opus-4.7") == .unknownChannel)
    #expect(cost("anthropic/claude-opus-4.7", channel: "anthropic") == 5_000_000_000_000)
    #expect(cost("azure_ai/claude-opus-5", geo: "us") == 5_500_000_000_000)
    #expect(reason("claude-opus-5", channel: "openai") == .unknownModel)
  }

  @Test func `what names no model is told apart from a missing row`() {
    let profile = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123"
    #expect(reason(profile) == .unnamedModel)
    #expect(reason("bedrock/\(profile)") == .unnamedModel)
    #expect(reason("<synthetic>") == .notAModel)
    #expect(reason("<synthetic>", channel: "bedrock") == .notAModel)
  }

  @Test func `a class without a rate is unpriced only if it was used`() {
    let gpt = book.plan(model: "gpt-4o")
    #expect(gpt.cost(TokenUsage(cacheWrite5m: 1), at: november) == .unpriced(.noTokenRate))
    #expect(gpt.cost(TokenUsage(webSearches: 1), at: november) == .unpriced(.noSearchPrice))
    #expect(gpt.cost(TokenUsage(cacheRead: 4), at: november).picodollars == 5_000_000)
    #expect(gpt.cost(TokenUsage(), at: november).picodollars == 0)
  }

  @Test func `the largest counts do not overflow`() {
    let most: Int64 = 1_000_000_000
    let usage = TokenUsage(
      input: most, cacheWrite5m: most, cacheWrite1h: most, cacheRead: most, output: most,
      webSearches: most)
    let cost = book.plan(model: "claude-opus-5", inferenceGeo: "us").cost(usage, at: november)
    #expect(cost.picodollars == 10_051_425_000_000_000_000)
  }

  @Test func `a plan points at the row it took its price from`() throws {
    let plan = book.plan(model: "claude-sonnet-5-5", serviceTier: "batch", inferenceGeo: "us")
    let period = try #require(plan.period(at: november))
    let row = try #require(period.row)
    #expect(row.model == "claude-sonnet-5-5")
    #expect(row.validFrom == instant("2026-10-07"))
    #expect(plan.modifiers == [.batch, .usResidency])
    #expect(period.rates.cacheRead == 55_000)
  }

  @Test(arguments: UnpricedReason.allCases)
  func `every reason says what is missing and what to do`(reason: UnpricedReason) {
    #expect(!reason.what.isEmpty && !reason.wayOut.isEmpty)
    #expect(reason.description.utf8.count < 160)
  }

  private func cost(
    _ model: String, channel: String? = nil, region: String? = nil, tier: String? = nil,
    speed: String? = nil, geo: String? = nil
  ) -> Int128? {
    book.plan(
      model: model, channel: channel, region: region, serviceTier: tier, speed: speed,
      inferenceGeo: geo
    ).cost(usage, at: november).picodollars
  }

  private func reason(
    _ model: String, channel: String? = nil, region: String? = nil, tier: String? = nil,
    speed: String? = nil, geo: String? = nil
  ) -> UnpricedReason? {
    book.plan(
      model: model, channel: channel, region: region, serviceTier: tier, speed: speed,
      inferenceGeo: geo
    ).cost(usage, at: november).reason
  }
}
