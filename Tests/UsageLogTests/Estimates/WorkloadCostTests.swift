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
