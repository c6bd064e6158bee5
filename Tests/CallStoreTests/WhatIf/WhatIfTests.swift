import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Small cases that a calculator can follow.
@Suite struct WhatIfTests {
  private func answer(
    _ lines: [String], _ hypothesis: any Hypothesis, over selection: Selection = Selection(),
    prices: PriceSettings = PriceSettings()
  ) throws -> WhatIfAnswer {
    let desk = try Desk()
    try desk.load("calls.jsonl", lines)
    return try CallDatabase(desk.file).whatIf(hypothesis, over: selection, prices: prices)
  }

  private func opus(_ id: String, minute: Int, _ changes: [String: Any] = [:]) -> String {
    let time = "2026-11-03T09:\(minute < 10 ? "0" : "")\(minute):00.000Z"
    return CallStoreTests.answer(
      id, at: time, ["model": "claude-opus-5-5"].merging(changes) { $1 })
  }

  private let toSonnet = Route(
    from: "claude-opus-5-5", ids: ["claude-opus-5-5"], to: "claude-sonnet-5-5")

  @Test func `a routed call costs what the other model costs`() throws {
    // 1,000 at $4 and 200 at $20, or at $2 and $10.
    let answer = try answer([opus("a", minute: 0)], toSonnet)
    #expect(answer.total.asItWas.nanos == 8_000_000)
    #expect(answer.total.scenarios == [4_000_000])
    #expect(answer.total.affected == .init(calls: 1, tokens: 1200, nanos: 8_000_000))
  }

  @Test func `the first routed read of a prefix is a write, the next one is a read again`() throws {
    let read: [String: Any] = ["input_tokens": 0, "output_tokens": 0, "cache_read_tokens": 10_000]
    let answer = try answer([opus("a", minute: 0, read), opus("b", minute: 3, read)], toSonnet)
    // 10,000 written at $2.50, then read at $0.10.
    #expect(answer.total.scenarios == [26_000_000])
    #expect(
      answer.effects == [
        .init(effect: .coldCache, calls: 1, tokens: 10_000, nanos: 24_000_000)
      ])
  }

  @Test func `calls are seen in the order of their times, however they were imported`() throws {
    let read: [String: Any] = ["input_tokens": 0, "output_tokens": 0, "cache_read_tokens": 10_000]
    let lines = (0..<40).map { opus("c\($0)", minute: $0, $0 % 7 == 0 ? [:] : read) }
    let together = try answer(lines, toSonnet)
    let desk = try Desk()
    // Parts of one hour, each behind the next, and a call of one that has to be packed anew.
    for part in (0..<4).reversed() {
      try desk.load(
        "\(part).jsonl", lines.indices.filter { $0 % 4 == part }.reversed().map { lines[$0] })
    }
    let database = try CallDatabase(desk.file)
    func asked() throws -> [WhatIfAnswer.Group] {
      try database.whatIf(toSonnet, over: Selection(), prices: PriceSettings()).groups
    }
    #expect(try asked() == together.groups)
    try desk.write("DELETE FROM call_column; DELETE FROM call_part")
    #expect(try asked() == together.groups, "from the rows of an hour that is not packed")
  }

  @Test func `a router is paid for every call, also for those that stay`() throws {
    var route = toSonnet
    route = Route(
      from: route.from, ids: route.ids, to: route.to, share: Share(basisPoints: 1),
      router: .init(
        model: "claude-haiku-5-5", usage: TokenUsage(input: 100, output: 10)))
    let lines = (0..<5).map { opus("r\($0)", minute: $0) }
    let answer = try answer(lines, route)
    // 100 at $0.10 and 10 at $0.50 are 15 micro-dollars.
    #expect(answer.effects == [.init(effect: .addedCall, calls: 5, tokens: 550, nanos: 75_000)])
    #expect(answer.movedCalls == 0)
    #expect(answer.total.scenarios == [40_075_000])
  }

  @Test func `a long prompt pays the other model's long prompt price`() throws {
    let route = Route(
      from: "claude-opus-5-5", ids: ["claude-opus-5-5"], to: "claude-haiku-5-5")
    let long: [String: Any] = ["input_tokens": 100_001, "output_tokens": 0]
    let answer = try answer([opus("a", minute: 0, long)], route)
    #expect(answer.total.scenarios == [50_000_500])
    #expect(answer.longPrompts == 1)
  }

  @Test func `a contract counts on both sides, and what is stored otherwise is said`() throws {
    var calls = PriceOverride.Calls()
    calls.model = "claude-sonnet-5-5"
    var settings = PriceSettings()
    settings.overrides = [
      PriceOverride(name: "half", calls: calls, effect: .discount(payable: Ratio(1, over: 2)))
    ]
    let lines = [
      opus("a", minute: 0), opus("b", minute: 1, ["model": "claude-sonnet-5-5"]),
    ]
    let routed = try answer(lines, toSonnet, prices: settings)
    // The call that is Sonnet's already is not touched: it costs what is stored.
    #expect(routed.total.scenarios == [6_000_000])
    #expect(routed.repriced.calls == 0)
    let trimmed = try answer(lines, InputTrim(.tokens(100)), prices: settings)
    #expect(trimmed.total.asItWas.nanos == 10_000_000)
    #expect(trimmed.repriced == .init(calls: 1, tokens: 0, nanos: -2_000_000))
    #expect(trimmed.total.scenarios == [9_500_000])
  }

  @Test func `what cannot be judged is counted and stays`() throws {
    let lines = [
      opus("a", minute: 0, ["speed": "fast"]),
      opus("b", minute: 1, ["service_tier": "priority"]),
      opus(
        "c", minute: 2,
        [
          "input_tokens": NSNull(), "output_tokens": NSNull(),
          "cache_create_tokens": NSNull(), "cache_read_tokens": NSNull(),
        ]),
      opus("d", minute: 3, ["input_tokens": 0, "output_tokens": 0, "status_code": 429]),
    ]
    let answer = try answer(lines, toSonnet)
    #expect(answer.total.affected.calls == 0)
    #expect(answer.total.scenarios == [answer.total.asItWas.nanos])
    #expect(
      Set(answer.stays.map(\.words)) == [
        "no price there: no fast-mode price is published for this model and channel",
        "covered by a commitment, not charged by the token",
        "the log does not say what was used",
      ])
  }

  @Test
  func `a failed request with usage costs nothing in a batch, and fast mode is not sold there`()
    throws
  {
    let lines = [
      opus("a", minute: 0, ["status_code": 500]), opus("b", minute: 1, ["speed": "fast"]),
      opus("c", minute: 2, ["service_tier": "batch"]),
    ]
    let answer = try answer(lines, BatchMove(features: ["triage"]))
    #expect(answer.total.asItWas.nanos == 28_000_000)
    #expect(answer.total.scenarios == [8_000_000, 8_000_000])
    #expect(answer.stays.map(\.words) == ["a batch already"])
    #expect(answer.findings == [.batches(requests: 2, inAll: 1, daily: 1)])
  }

  @Test func `a month is thirty days of what lay between the first and the last call`() throws {
    let lines = [
      opus("a", minute: 0), CallStoreTests.answer("b", at: "2026-11-05T08:30:00.000Z"),
    ]
    let answer = try answer(lines, toSonnet)
    #expect(answer.span.upperBound - answer.span.lowerBound == 2 * 86_400_000)
    #expect(try answer.monthly(-4_000_000) == -60_000_000)
  }

  @Test func `filters narrow both sides`() throws {
    let lines = [opus("a", minute: 0), opus("b", minute: 1, ["tenant_id": "alder-bank"])]
    let selection = Selection(filters: [.tenant: ["alder-bank"]])
    let answer = try answer(lines, toSonnet, over: selection)
    #expect(answer.total.asItWas.calls == 1)
    #expect(answer.total.scenarios == [4_000_000])
  }
}
