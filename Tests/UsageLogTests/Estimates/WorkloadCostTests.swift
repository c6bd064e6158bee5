import Testing

@testable import UsageLog

/// Estimates are the price book's arithmetic, taken apart.
@Suite struct WorkloadCostTests {
  private let usage = TokenUsage(
    input: 1001, cacheWrite5m: 2003, cacheWrite1h: 307, cacheRead: 40_009, output: 503)

  @Test func `the parts add up to the price book's cost, under all conditions`() throws {
    let book = try shippedBook()
    for row in book.catalogue.rows where row.provider == "anthropic" || row.provider == "openai" {
      for tier in [nil, "batch"] {
        let plan = book.plan(
          model: row.model, channel: row.provider, serviceTier: tier, inferenceGeo: "us")
        let day = row.validFrom == .min ? instant("2026-11-21") : row.validFrom
        switch plan.cost(usage, at: day) {
        case .priced(let charge), .covered(let charge):
          let cost = try WorkloadCost(Workload(call: usage), plan: plan, at: day)
          #expect(cost.total.total == charge.picodollars, "line \(row.line)")
        case .unpriced(let reason):
          #expect(throws: reason) { try WorkloadCost(Workload(call: usage), plan: plan, at: day) }
        }
      }
    }
  }

  @Test func `a discount is off every part, and a commitment's parts are what they would cost`()
    throws
  {
    let day = instant("2026-11-21")
    func cost(_ effect: PriceOverride.Effect) throws -> WorkloadCost {
      let book = PriceBook(
        try .shipped(), overrides: [PriceOverride(name: "ours", effect: effect)])
      return try WorkloadCost(
        Workload(call: usage), plan: book.plan(model: "claude-opus-5-5"), at: day)
    }
    // $4, $5, $8, $0.20 and $20 a million.
    let listed: [Int128] = [
      4_004_000_000, 10_015_000_000, 2_456_000_000, 8_001_800_000, 10_060_000_000,
    ]
    func parts(_ cost: WorkloadCost) -> [Int128] {
      let total = cost.total
      return [
        total.input, total.cacheWrite5m, total.cacheWrite1h, total.cacheRead, total.output,
      ]
    }
    #expect(try parts(cost(.covered)) == listed)
    let discounted = try cost(.discount(payable: Ratio(880_000, over: 1_000_000)))
    #expect(parts(discounted) == listed.map { $0 * 88 / 100 })
    #expect(discounted.total.total == listed.reduce(0, +) * 88 / 100)
  }

  @Test func `each call of a conversation finds its own prompt tier`() throws {
    let plan = try shippedBook().plan(model: "claude-haiku-5-5")
    let chat = Conversation(turns: 3, system: 90_000, user: 4000, reply: 2000)
    let cost = try WorkloadCost(chat.workload, plan: plan, at: instant("2026-11-21"))
    // 94,000 and 100,000 tokens at the base rates, 106,000 at five times as much.
    let expected: [Int128] = [10_400_000_000, 11_000_000_000, 58_000_000_000]
    #expect(cost.steps.map(\.total) == expected)
    #expect(cost.total.total == cost.steps.map(\.total).reduce(0, +))
  }

  @Test func `what has no price then says why`() throws {
    let plan = try shippedBook().plan(model: "claude-opus-5-5")
    #expect(throws: UnpricedReason.noPriceThen) {
      try WorkloadCost(Workload(call: usage), plan: plan, at: instant("2026-09-21"))
    }
  }
}
