import Testing
import UsageLog

@testable import CallStore

/// What is priced, free, covered or unpriced says so with its reason, and ties to what is stored.
@Suite struct ExplainOutcomeTests {
  private func explained(
    _ changes: [String: Any], overrides: [PriceOverride] = [],
    today: PriceSettings? = nil
  ) throws -> Explanation {
    let desk = try Desk()
    var settings = PriceSettings()
    settings.overrides = overrides
    try desk.write("app.jsonl", [answer("req_1", changes)])
    try desk.load("app.jsonl") { $0.prices = settings }
    let calls = try CallDatabase(desk.file).explain("req_1", prices: today ?? settings)
    let call = try #require(calls.first)
    #expect(calls.count == 1)
    #expect(call.stored.agrees)
    #expect(call.reckoning.costNanos == call.stored.costNanos)
    let lines = call.reckoning.lines.reduce(Int128(0)) { $0 + ($1.picodollars ?? 0) }
    if let sum = call.reckoning.picodollars { #expect(lines == sum) }
    return call
  }

  private func override(
    _ name: String, _ effect: PriceOverride.Effect,
    _ change: (inout PriceOverride.Calls) -> Void = { _ in }
  ) -> PriceOverride {
    var calls = PriceOverride.Calls()
    change(&calls)
    return PriceOverride(name: name, calls: calls, effect: effect)
  }

  @Test func `a failed request that used nothing is free, one that used something is not`() throws {
    let free = try explained([
      "status_code": 529, "input_tokens": 0, "output_tokens": 0,
    ])
    #expect(free.reckoning.outcome == .free)
    #expect(free.reckoning.reason?.hasPrefix("status 529: ") == true)
    let priced = try explained(["status_code": 529])
    #expect(priced.reckoning.outcome == .priced)
    #expect(
      priced.reckoning.remarks == ["Status 529, but usage was reported: what was used is priced."])
  }

  @Test func `an unknown model has no price, with the way out, and is not free`() throws {
    let call = try explained(["model": "claude-opus-6-preview"])
    #expect(call.reckoning.outcome == .unpriced)
    #expect(call.reckoning.reason == UnpricedReason.unknownModel.what)
    #expect(call.reckoning.wayOut == UnpricedReason.unknownModel.wayOut)
    #expect(call.reckoning.lines.map(\.picodollars) == [nil, nil])
    #expect(call.reckoning.costNanos == nil && call.totalNanos == nil)
  }

  @Test func `what a commitment covers shows what it would cost`() throws {
    let call = try explained(["service_tier": "priority"])
    #expect(call.reckoning.outcome == .covered)
    #expect(call.reckoning.costNanos == nil)
    #expect(call.reckoning.listNanos == 6_000_000 && call.stored.listNanos == 6_000_000)
    #expect(call.reckoning.agreement?.name == "Priority Tier")
    #expect(call.reckoning.agreement?.calls == "service_tier priority")
  }

  @Test func `a discount is taken off the exact sum, and the weaker agreement is named`() throws {
    let all = override("Anthropic 2026", .discount(payable: Ratio(85, over: 100)))
    let own = override("Support desk", .discount(payable: Ratio(7, over: 10))) {
      $0.workspace = "support"
    }
    let call = try explained(["workspace": "support"], overrides: [own, all])
    #expect(call.reckoning.picodollars == 6_000_000_000)
    #expect(call.reckoning.payable == Ratio(7, over: 10))
    #expect(call.reckoning.costNanos == 4_200_000)
    #expect(call.reckoning.listNanos == 6_000_000)
    #expect(call.reckoning.agreement?.name == "Support desk")
    #expect(call.reckoning.agreement?.calls == "workspace support")
    #expect(call.reckoning.passedOver.map(\.name) == ["Anthropic 2026"])
    #expect(call.reckoning.passedOver[0].passedOver == "weaker: 'Support desk' is for fewer calls")
  }

  @Test func `of two equally specific agreements the last one counts`() throws {
    let first = override("January", .discount(payable: Ratio(9, over: 10)))
    let second = override("June", .covered)
    let call = try explained([:], overrides: [first, second])
    #expect(call.reckoning.agreement?.name == "June")
    #expect(
      call.reckoning.passedOver.map(\.passedOver) == [
        "weaker: 'June' is as specific and written after it"
      ])
  }

  @Test func `an agreement that cannot apply says why`() throws {
    let discount = override("Anthropic 2026", .discount(payable: Ratio(9, over: 10)))
    let unknown = try explained(["model": "claude-opus-6-preview"], overrides: [discount])
    #expect(
      unknown.reckoning.passedOver.map(\.passedOver) == ["there is no price that it could apply to"]
    )
    for tier in ["flex", "priority"] {
      let call = try explained(["service_tier": tier], overrides: [discount])
      #expect(
        call.reckoning.passedOver.map(\.passedOver) == ["it does not name the service tier \(tier)"]
      )
    }
  }

  @Test func `a model that stands in is named, and negotiated rates are shown beside the listed`()
    throws
  {
    var rates = NegotiatedRates()
    rates.input = 2_000_000
    let standIn = override("our tune", .sameAs("claude-sonnet-4-6")) { $0.model = "our-tune" }
    let agreed = override("Sonnet deal", .rates(rates)) { $0.model = "claude-sonnet-4-6" }
    let call = try explained(["model": "our-tune"], overrides: [standIn, agreed])
    #expect(call.reckoning.standIn?.effect == "priced as claude-sonnet-4-6")
    #expect(call.reckoning.agreement?.name == "Sonnet deal")
    #expect(call.reckoning.passedOver.isEmpty)
    #expect(call.reckoning.lines[0].listedRate == 3_000_000)
    #expect(call.reckoning.lines[0].rate == 2_000_000)
    // The output rate falls with the input rate, from 15 to 10.
    #expect(call.reckoning.costNanos == 4_000_000)
  }

  @Test func `a call keeps the prices it was stored with, and today's are named beside them`()
    throws
  {
    let discount = override("Anthropic 2026", .discount(payable: Ratio(1, over: 2)))
    var today = PriceSettings()
    today.overrides = [discount]
    let call = try explained([:], today: today)
    #expect(call.reckoning.costNanos == 6_000_000)
    #expect(call.stored.today == StoredCost.Today(costNanos: 3_000_000, outcome: .priced))
    #expect(call.stored.book?.firstUsedAt == Desk.now)
  }

  @Test func `a cost that its prices do not bear out is called by name`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("req_1")])
    try desk.write("UPDATE call SET cost_usd_nanos = 1, price_book = NULL")
    let call = try #require(
      try CallDatabase(desk.file).explain("req_1", prices: PriceSettings()).first)
    #expect(!call.stored.agrees && call.stored.book == nil)
    #expect(call.stored.costNanos == 1 && call.reckoning.costNanos == 6_000_000)
  }

  @Test func `writes that the log does not split count as 5-minute writes, and that is said`()
    throws
  {
    let call = try explained(["cache_create_tokens": 1000])
    #expect(call.reckoning.lines.map(\.tokenClass) == [.input, .cacheWrite5m, .output])
    #expect(call.reckoning.remarks.first?.contains("5-minute writes") == true)
  }

  @Test func `what the source said its cost was stays beside ours`() throws {
    let call = try explained(["cost_usd": 0.0061])
    #expect(call.stored.loggedNanos == 6_100_000 && call.stored.costNanos == 6_000_000)
  }
}
