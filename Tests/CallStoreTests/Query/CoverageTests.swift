import Foundation
import Tables
import Testing
import UsageLog

@testable import CallStore

/// What an answer says it stands on is what its calls say, counted one by one.
@Suite struct CoverageTests {
  private let desk: Desk
  private let calls: [Row]

  /// A call as `llm_call` shows it.
  private struct Row {
    var told: ToldUsage.Told
    var hour: Int64
    var isCall: Bool
    var cost: Int64?
    var listCost: Int64?
    var hasInput: Bool
    var tokens: Int64
    var book: String
    var id: Int64
  }

  /// Two nights' logs: before the second, support agreed on a price of its own.
  init() throws {
    desk = try Desk()
    var random = RandomLines(seed: 7)
    let lines = random.lines(300)
    try desk.write(
      "first.jsonl", Array(lines[..<150]), touched: RandomLines.start + 3_600_000 * 30)
    try desk.write("second.jsonl", Array(lines[150...]) + [Self.unknown, Self.compacted])
    try desk.load("first.jsonl")
    var support = PriceOverride.Calls()
    support.workspace = "support"
    let contract = PriceOverride(
      name: "support", calls: support, effect: .discount(payable: Ratio(9, over: 10)))
    try desk.load("second.jsonl") { $0.prices.overrides = [contract] }
    calls = try Self.rows(desk)
  }

  /// A call of which nobody logged what it used.
  private static let unknown = """
    {"occurred_at": \(RandomLines.start + 5000), "request_id": "req_1", "model": "claude-haiku-4-5",
     "tenant_id": "alder-bank", "status_code": 200}
    """.replacingOccurrences(of: "\n", with: "")

  /// A call whose hidden iteration has no price.
  private static let compacted = """
    {"occurred_at": \(RandomLines.start + 9000), "tenant_id": "alder-bank", "response": {"id": "msg_c",
     "type": "message", "role": "assistant", "model": "claude-opus-6-preview", "content": [],
     "stop_reason": "end_turn", "usage": {"input_tokens": 30, "output_tokens": 5, "iterations": [
     {"type": "compaction", "input_tokens": 700, "output_tokens": 11},
     {"type": "message", "input_tokens": 30, "output_tokens": 5}]}}}
    """.replacingOccurrences(of: "\n", with: "")

  private static func rows(_ desk: Desk) throws -> [Row] {
    let rest = try desk.rows(
      """
      SELECT c.hour, c.kind, c.cost_usd_nanos, c.list_cost_usd_nanos, c.input_tokens,
        c.cache_create_tokens, c.cache_read_tokens, c.output_tokens, c.price_book, b.id
      FROM llm_call AS c JOIN price_book AS b ON b.hash = c.price_book
      """)
    return try zip(ToldUsage.told(desk), rest).map { told, row in
      let numbers = row.map { $0.flatMap { Int64($0) } }
      return Row(
        told: told, hour: numbers[0] ?? 0, isCall: row[1] == "call", cost: numbers[2],
        listCost: numbers[3], hasInput: row[4] != nil,
        tokens: numbers[4...7].map { $0 ?? 0 }.reduce(0, +), book: row[8] ?? "",
        id: numbers[9] ?? 0)
    }
  }

  private func actual(_ selection: Selection) throws -> Coverage {
    let recipe = try Recipe(name: "all", text: "SELECT SUM(calls) FROM selected_usage")
    return try #require(
      try CallDatabase(desk.file).answer(recipe, over: selection, asOf: 0).coverage)
  }

  private func expected(_ selection: Selection, _ told: ToldUsage) -> Coverage {
    let selected = calls.filter { told.isSelected($0.told, selection) }
    let unpriced = selected.filter { $0.cost == nil && $0.listCost == nil }
    let covered = selected.filter { $0.cost == nil && $0.listCost != nil }
    let models = Dictionary(grouping: unpriced) { $0.told.values[.model] ?? "" }
      .filter { $1.contains(where: \.hasInput) }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    var coverage = Coverage(
      calls: Int64(selected.count(where: \.isCall)),
      pricedCalls: Int64(selected.count { $0.isCall && $0.cost != nil }))
    coverage.extraCalls = Int64(selected.count) - coverage.calls
    coverage.unpricedCalls = Int64(unpriced.count)
    coverage.tokens = selected.map(\.tokens).reduce(0, +)
    coverage.unpricedTokens = unpriced.map(\.tokens).reduce(0, +)
    coverage.unpricedModels = models.map(\.key)
    coverage.callsWithoutUsage = Int64(unpriced.count { !$0.hasInput })
    coverage.coveredCalls = Int64(covered.count)
    coverage.coveredListNanos = covered.compactMap(\.listCost).reduce(0, +)
    coverage.approximateTimes = -1
    return coverage
  }

  @Test func `any selection's coverage is that of its calls, counted one by one`() throws {
    let told = try ToldUsage(desk)
    for seed in runs(120) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      var coverage = try actual(selection)
      #expect(coverage.priceBooks == books(selection))
      // Approximate times have tests of their own.
      (coverage.priceBooks, coverage.approximateTimes) = ([], -1)
      #expect(coverage == expected(selection, told), "\(selection)")
    }
  }

  /// The books of the whole hours that a window touches, the newest first.
  private func books(_ selection: Selection) -> [String] {
    let (since, until) = (selection.since ?? 0, selection.until ?? .max)
    guard since < until else { return [] }
    let touched = calls.filter {
      $0.hour >= since / hourLength && $0.hour <= (until - 1) / hourLength
    }
    let ids = Dictionary(touched.map { ($0.id, $0.book) }) { one, _ in one }
    return ids.sorted { $0.key > $1.key }.map(\.value)
  }

  @Test func `the sample of the tests has something of everything`() throws {
    let coverage = try actual(Selection())
    #expect(coverage.coveredCalls > 0 && coverage.coveredListNanos > 0)
    #expect(coverage.unpricedModels.first == "claude-opus-6-preview")
    #expect(coverage.callsWithoutUsage == 1)
    #expect(coverage.extraCalls == 1)
    #expect(coverage.priceBooks.count == 2)
  }

  @Test func `a hidden iteration without a price leaves its call's window incomplete`() throws {
    let start = RandomLines.start
    let coverage = try actual(Selection(since: start + 9000, until: start + 9001))
    #expect((coverage.calls, coverage.extraCalls, coverage.unpricedCalls) == (1, 1, 2))
    #expect(coverage.unpricedTokens == 746 && coverage.tokens == 746)
    #expect(!coverage.isComplete)
  }

  @Test func `what a commitment covers is complete`() throws {
    let desk = try Desk()
    try desk.load(
      "priority.jsonl",
      [
        #"{"occurred_at": "2026-11-03T09:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 1000,"#
          + #" "output_tokens": 200, "service_tier": "priority"}"#
      ])
    let recipe = try Recipe(name: "all", text: "SELECT SUM(calls) FROM selected_usage")
    let coverage = try #require(
      try CallDatabase(desk.file).answer(recipe, over: Selection(), asOf: 0).coverage)
    #expect(coverage.isComplete)
    #expect((coverage.calls, coverage.pricedCalls, coverage.coveredCalls) == (1, 0, 1))
    // 1,000 × $1 and 200 × $5 a million.
    #expect(coverage.coveredListNanos == 2_000_000)
    #expect(coverage.unpricedModels == [])
  }

  @Test func `calls that were priced before books were kept have no book`() throws {
    let desk = try Desk()
    var random = RandomLines(seed: 3)
    try desk.load("calls.jsonl", random.lines(20))
    try desk.write("UPDATE usage_sum SET value = 0 WHERE dimension = 8")
    let recipe = try Recipe(name: "all", text: "SELECT SUM(calls) FROM selected_usage")
    let answer = try CallDatabase(desk.file).answer(recipe, over: Selection(), asOf: 0)
    #expect(answer.coverage?.priceBooks == [nil])
  }
}
