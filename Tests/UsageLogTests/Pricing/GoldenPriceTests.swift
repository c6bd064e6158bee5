import Testing

@testable import UsageLog

/// Amounts worked out by hand from the vendors' pages, to the picodollar.
struct GoldenPriceTests {
  struct Call: Sendable, CustomTestStringConvertible {
    let name: String
    var model: String
    var channel: String?
    let day: String
    let usage: TokenUsage
    var tier: String?
    var speed: String?
    var geo: String?
    let picodollars: Int128

    var testDescription: String { name }
  }

  static let calls: [Call] = [
    Call(
      name: "G1 input and output", model: "claude-haiku-4-5-20251001", day: "2026-01-10",
      usage: TokenUsage(input: 12_345, output: 678), picodollars: 15_735_000_000),
    Call(
      name: "G2 all five classes", model: "claude-opus-4-7", day: "2026-06-01",
      usage: TokenUsage(
        input: 1_000, cacheWrite5m: 20_000, cacheWrite1h: 30_000, cacheRead: 400_000,
        output: 2_500),
      picodollars: 692_500_000_000),
    Call(
      name: "G3 batch with cache", model: "claude-sonnet-4-6", day: "2026-05-01",
      usage: TokenUsage(input: 3_333, cacheWrite5m: 10_001, cacheRead: 77_777, output: 1_111),
      tier: "batch", picodollars: 43_750_425_000),
    Call(
      name: "G4a exactly 200,000", model: "claude-sonnet-4-5-20250929", day: "2026-01-15",
      usage: TokenUsage(input: 150_000, cacheRead: 50_000, output: 1_000),
      picodollars: 480_000_000_000),
    Call(
      name: "G4b one token more", model: "claude-sonnet-4-5-20250929", day: "2026-01-15",
      usage: TokenUsage(input: 150_001, cacheRead: 50_000, output: 1_000),
      picodollars: 952_506_000_000),
    Call(
      name: "G4c one token more, batch", model: "claude-sonnet-4-5-20250929", day: "2026-01-15",
      usage: TokenUsage(input: 150_001, cacheRead: 50_000, output: 1_000), tier: "batch",
      picodollars: 476_253_000_000),
    Call(
      name: "G5a last day of the premium", model: "claude-sonnet-4-6", day: "2026-03-12",
      usage: TokenUsage(input: 300_000, output: 1_000), picodollars: 1_822_500_000_000),
    Call(
      name: "G5b first day without", model: "claude-sonnet-4-6", day: "2026-03-13",
      usage: TokenUsage(input: 300_000, output: 1_000), picodollars: 915_000_000_000),
    Call(
      name: "G6 fast in the US", model: "claude-opus-4-8", day: "2026-08-01",
      usage: TokenUsage(input: 2_000, cacheWrite5m: 5_000, cacheRead: 100_000, output: 3_000),
      speed: "fast", geo: "us", picodollars: 365_750_000_000),
    Call(
      name: "G6 standard, global", model: "claude-opus-4-8", day: "2026-08-01",
      usage: TokenUsage(input: 2_000, cacheWrite5m: 5_000, cacheRead: 100_000, output: 3_000),
      speed: "standard", geo: "global", picodollars: 166_250_000_000),
    Call(
      name: "G7 batch in the US", model: "claude-opus-4-6", day: "2026-04-01",
      usage: TokenUsage(input: 1_234, cacheWrite1h: 5_678, output: 910), tier: "batch", geo: "us",
      picodollars: 47_135_000_000),
    Call(
      name: "G8a exactly 100,000", model: "claude-haiku-5-5", day: "2026-10-20",
      usage: TokenUsage(input: 10_000, cacheRead: 90_000, output: 500), picodollars: 2_150_000_000),
    Call(
      name: "G8b one token more", model: "claude-haiku-5-5", day: "2026-10-20",
      usage: TokenUsage(input: 10_001, cacheRead: 90_000, output: 500),
      picodollars: 10_750_500_000),
    Call(
      name: "G8c below a microdollar", model: "claude-haiku-5-5", day: "2026-10-20",
      usage: TokenUsage(input: 57, cacheWrite5m: 1, cacheRead: 1, output: 3), tier: "batch",
      geo: "us", picodollars: 4_034_250),
    Call(
      name: "G9 searches are not multiplied", model: "claude-sonnet-5-5", day: "2026-10-20",
      usage: TokenUsage(
        input: 105, cacheWrite5m: 7_345, cacheRead: 7_123, output: 6_039, webSearches: 3),
      geo: "us", picodollars: 117_642_280_000),
    Call(
      name: "G10a before the cut", model: "claude-sonnet-5-5", day: "2026-10-06",
      usage: TokenUsage(input: 2_000, cacheRead: 1_000_000, output: 4_000),
      picodollars: 244_000_000_000),
    Call(
      name: "G10b after the cut", model: "claude-sonnet-5-5", day: "2026-10-07",
      usage: TokenUsage(input: 2_000, cacheRead: 1_000_000, output: 4_000),
      picodollars: 144_000_000_000),
    Call(
      name: "G11 Bedrock, bare id", model: "anthropic.claude-opus-4-5-20251101-v1:0",
      day: "2026-02-01",
      usage: TokenUsage(input: 10_000, cacheWrite5m: 2_000, cacheRead: 30_000, output: 1_000),
      picodollars: 112_750_000_000),
    Call(
      name: "G11 Bedrock, us. profile", model: "us.anthropic.claude-opus-4-5-20251101-v1:0",
      channel: "bedrock", day: "2026-02-01",
      usage: TokenUsage(input: 10_000, cacheWrite5m: 2_000, cacheRead: 30_000, output: 1_000),
      picodollars: 112_750_000_000),
    Call(
      name: "G11 Bedrock, global. profile", model: "global.anthropic.claude-opus-4-5-20251101-v1:0",
      day: "2026-02-01",
      usage: TokenUsage(input: 10_000, cacheWrite5m: 2_000, cacheRead: 30_000, output: 1_000),
      picodollars: 102_500_000_000),
    Call(
      name: "G13 top level alone", model: "claude-opus-4-6", day: "2026-04-01",
      usage: TokenUsage(input: 23_000, output: 1_000), picodollars: 140_000_000_000),
    Call(
      name: "G14 cache rates as published", model: "claude-3-haiku-20240307", day: "2025-01-01",
      usage: TokenUsage(input: 1_000, cacheWrite5m: 1_000_000, cacheRead: 1_000_000, output: 100),
      picodollars: 330_375_000_000),
    Call(
      name: "G15 reads at a fortieth", model: "claude-fable-5-1", day: "2026-09-10",
      usage: TokenUsage(input: 2_000, cacheWrite1h: 10_000, cacheRead: 800_000, output: 5_000),
      picodollars: 670_000_000_000),
    Call(
      name: "G15 on Fable 5", model: "claude-fable-5", day: "2026-09-10",
      usage: TokenUsage(input: 2_000, cacheWrite1h: 10_000, cacheRead: 800_000, output: 5_000),
      picodollars: 1_270_000_000_000),
    Call(
      name: "G16 a line of the console", model: "claude-3-7-sonnet-20250219", day: "2025-04-08",
      usage: TokenUsage(input: 3, cacheWrite5m: 12_304, output: 550), picodollars: 54_399_000_000),
    // The page's example adds one session-hour, $0.08, which no call reports.
    Call(
      name: "G17 the pricing page's example", model: "claude-opus-5", day: "2026-08-01",
      usage: TokenUsage(input: 10_000, cacheRead: 40_000, output: 15_000),
      picodollars: 525_000_000_000 - 80_000_000_000),
    Call(
      name: "G18 gpt-4o", model: "gpt-4o", day: "2025-06-01",
      usage: TokenUsage(input: 86, cacheRead: 1_920, output: 300), picodollars: 5_615_000_000),
    Call(
      name: "G19 gemini-2.5-pro, long", model: "gemini-2.5-pro", day: "2026-06-01",
      usage: TokenUsage(input: 200_000, cacheRead: 50_000, output: 2_000),
      picodollars: 542_500_000_000),
  ]

  @Test(arguments: calls)
  func `a call costs what the vendor's page says`(call: Call) throws {
    let plan = try shippedBook().plan(
      model: call.model, channel: call.channel, serviceTier: call.tier, speed: call.speed,
      inferenceGeo: call.geo)

    #expect(plan.cost(call.usage, at: instant(call.day)).picodollars == call.picodollars)
  }

  @Test(arguments: [("cyber", 8_660_000_000), ("bio", 12_780_000_000)] as [(String, Int128)])
  func `G12 a declined attempt is free or not by its category`(
    category: String, picodollars: Int128
  ) throws {
    let book = try shippedBook()
    let time = instant("2026-09-25")
    let declined = book.plan(model: "claude-fable-5").cost(TokenUsage(input: 412), at: time)
    let answer = book.plan(model: "claude-opus-4-8")
      .cost(TokenUsage(input: 412, output: 264), at: time)
    let isFree = Refusal.isFreeAttempt(
      declinedBeforeOutput: true, stopCategory: category, at: time)

    let total = try #require(answer.picodollars) + (isFree ? 0 : #require(declined.picodollars))
    #expect(total == picodollars)
  }

  @Test func `G13 a compaction is added to the message that follows it`() throws {
    let plan = try shippedBook().plan(model: "claude-opus-4-6")
    let attempts = [
      TokenUsage(input: 180_000, output: 3_500), TokenUsage(input: 23_000, output: 1_000),
    ]

    let costs = try attempts.map {
      try #require(plan.cost($0, at: instant("2026-04-01")).picodollars)
    }
    #expect(costs.reduce(0, +) == 1_127_500_000_000)
  }
}
