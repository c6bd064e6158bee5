import Testing

@testable import UsageLog

/// Every worked example of the four articles, at the price that held, with the right result.
///
/// docs/articles.md says where the articles print another one.
@Suite struct ArticleExampleTests {
  /// Micro-dollars of one call.
  private func micros(
    _ model: String, _ input: Int64, _ output: Int64, write: Int64 = 0, read: Int64 = 0,
    batch: Bool = false, on day: String = "2026-04-20"
  ) throws -> Int128 {
    let plan = try shippedBook().plan(
      model: ModelName(model, in: shippedBook().catalogue).id, channel: "anthropic",
      serviceTier: batch ? "batch" : nil)
    let usage = TokenUsage(input: input, cacheWrite5m: write, cacheRead: read, output: output)
    let cost = try WorkloadCost(Workload(call: usage), plan: plan, at: instant(day))
    let (micros, rest) = cost.total.total.quotientAndRemainder(dividingBy: 1_000_000)
    #expect(rest == 0)
    return micros
  }

  @Test func `ten thousand tickets cost 142 dollars 50 a month`() throws {
    #expect(try micros("sonnet-4-6", 2500, 450) * 10_000 == 142_500_000)
    // The article's own model, Claude 3.5 Sonnet, when it was sold.
    #expect(
      try micros("claude-3-5-sonnet-20241022", 2500, 450, on: "2025-01-10") * 10_000 == 142_500_000)
    #expect(try micros("sonnet-4-6", 8000, 450) * 10_000 == 307_500_000)
  }

  @Test func `ten thousand requests a day cost 135 dollars a day, 4,050 a month`() throws {
    let one = try micros("sonnet-4-6", 2000, 500)
    #expect(one == 13_500)
    let volume = Volume(10_000, per: .day)
    let amount = Amount(picodollars: one * 1_000_000)
    #expect(try amount.times(#require(volume.aDay)).nanos() == 135_000_000_000)
    #expect(try amount.times(volume.inAll).nanos() == 4_050_000_000_000)
    #expect(try micros("sonnet-4-6", 0, 500) * 100 / one == 55)
  }

  @Test(arguments: [
    (100, 10, [150, 450, 750]), (1000, 300, [2500, 7500, 12_500]),
    (10_000, 500, [12_500, 37_500, 62_500]), (50_000, 2000, [60_000, 180_000, 300_000]),
    (5000, 1000, [10_000, 30_000, 50_000]),
  ])
  func `the same task on three models`(
    _ input: Int64, _ output: Int64, _ expected: [Int128]
  ) throws {
    let models = ["haiku-4-5", "sonnet-4-6", "opus-4-6"]
    #expect(try models.map { try micros($0, input, output) } == expected)
  }

  @Test func `500 output tokens cost half of what 5,000 input tokens do`() throws {
    #expect(try micros("sonnet-4-6", 0, 500) * 2 == micros("sonnet-4-6", 5000, 0))
  }

  @Test func `a support bot's turn, conversation, day and month`() throws {
    let turn = try micros("sonnet-4-6", 1200 + 2500 + 80, 350)
    #expect(turn == 16_590)
    #expect(turn * 6 == 99_540)
    #expect(turn * 60_000 == 995_400_000)
    #expect(turn * 60_000 * 30 == 29_862_000_000)
  }

  @Test func `a retrieval call saves an eighth by caching its system prompt`() throws {
    #expect(try micros("sonnet-4-6", 10_000, 800) == 42_000)
    #expect(try micros("sonnet-4-6", 8000, 800, write: 2000) == 43_500)
    #expect(try micros("sonnet-4-6", 8000, 800, read: 2000) == 36_600)
  }

  @Test func `a coding task on Opus 4.7 costs 34 cents`() throws {
    #expect(try micros("opus-4-7", 47_000, 4200) == 340_000)
  }

  @Test func `sending seven of ten calls to Haiku saves 47 per cent`() throws {
    let (sonnet, haiku) = (
      try micros("sonnet-4-6", 3780, 350), try micros("haiku-4-5", 3780, 350)
    )
    #expect(haiku == 5530)
    #expect((sonnet - haiku) * 7 * 1000 == 77_420_000)
    #expect((sonnet - haiku) * 7 * 100 / (sonnet * 10) == 46)
    #expect(try micros("haiku-4-5", 80, 10) == 130)
  }

  @Test func `the nightly batch costs 1,080 dollars a night, and half of it as a batch`() throws {
    #expect(try micros("sonnet-4-6", 800, 0) * 200_000 == 480_000_000)
    #expect(try micros("sonnet-4-6", 0, 200) * 200_000 == 600_000_000)
    #expect(try micros("sonnet-4-6", 800, 200) * 200_000 == 1_080_000_000)
    #expect(try micros("sonnet-4-6", 800, 200, batch: true) * 200_000 == 540_000_000)
    #expect(try micros("sonnet-4-6", 800, 200) * 200_000 * 30 == 32_400_000_000)
  }

  @Test func `batch prices are half, at the right prices`() throws {
    let models = ["haiku-4-5", "sonnet-4-6", "opus-4-6"]
    let rates = try models.map { model in
      [
        try micros(model, 1_000_000, 0, batch: true), try micros(model, 0, 1_000_000, batch: true),
      ]
    }
    #expect(
      rates == [[500_000, 2_500_000], [1_500_000, 7_500_000], [2_500_000, 12_500_000]])
  }

  @Test func `the customer look-up costs 8.3 times the naive figure, not 20 times`() throws {
    let loop = ToolLoop(
      system: 250, user: 200,
      rounds: zip([80, 60, 60], [1500, 2200, 800]).map { ToolLoop.Round(call: $0, result: $1) },
      reply: 250)
    #expect(loop.workload.steps.map(\.usage.input) == [450, 2030, 4290, 5150])
    #expect(loop.workload.steps.map(\.usage.output) == [80, 60, 60, 250])
    let plan = try shippedBook().plan(model: "claude-sonnet-4-6")
    let cost = try WorkloadCost(loop.workload, plan: plan, at: instant("2026-04-20"))
    #expect(cost.total.total == 42_510_000_000)
    #expect(cost.references == [5_100_000_000])
    #expect(cost.total.total * 10 / 5_100_000_000 == 83)
  }

  @Test func `ten reads save 79.5 per cent, and 85 per cent takes 22`() throws {
    let plan = try shippedBook().plan(model: "claude-sonnet-4-6")
    let point = CacheBreakEven(try #require(plan.period(at: instant("2026-04-20"))).rates)
    func permille(_ reads: Int64) throws -> Int128 {
      let saving = try #require(point.saving(after: reads, for: .fiveMinutes))
      return saving.saved * 1000 / saving.of
    }
    #expect(try permille(1) == 325)
    #expect(try permille(2) == 516)
    #expect(try permille(10) == 795)
    #expect(try permille(21) < 850)
    #expect(try permille(22) >= 850)
    #expect(try #require(point.saving(after: 0, for: .fiveMinutes)).saved < 0)
  }

  @Test func `the rule of thumb, the padding and the thirty days`() {
    #expect(RuleOfThumb.tokens(words: 2000) == 2667)
    #expect(RuleOfThumb.tokens(characters: 4001) == 1001)
    #expect(Padding.usual.factor == Ratio(150, over: 100))
    #expect(Volume.daysInMonth == 30)
  }

  @Test func `between models: what the articles call 19 times and 60 times`() throws {
    #expect(try micros("opus-4-7", 1000, 0) == micros("haiku-4-5", 1000, 0) * 5)
    // True of Claude 3, two years before.
    #expect(
      try micros("claude-3-opus-20240229", 1000, 0, on: "2024-06-01")
        == micros("claude-3-haiku-20240307", 1000, 0, on: "2024-06-01") * 60)
  }
}
