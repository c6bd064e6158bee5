import GRDB
import Testing
import UsageLog

@testable import CallStore

/// Prices that are known later, and those that were in use before.
@Suite struct RepricingTests {
  private let desk: Desk

  init() throws {
    desk = try Desk()
    var random = RandomLines(seed: 5)
    try desk.load(
      "calls.jsonl", random.lines(240), touched: RandomLines.start + 3_600_000 * 30)
  }

  /// claude-opus-6-preview, which the list does not know, at $5 and $25.
  private var preview: PriceSettings {
    var rates = NegotiatedRates()
    rates.input = 5_000_000
    rates.output = 25_000_000
    rates.cacheWrite5m = 6_250_000
    rates.cacheWrite1h = 10_000_000
    rates.cacheRead = 500_000
    var calls = PriceOverride.Calls()
    calls.model = "claude-opus-6-preview"
    var settings = PriceSettings()
    settings.overrides = [PriceOverride(name: "preview", calls: calls, effect: .rates(rates))]
    return settings
  }

  @discardableResult
  private func reprice(
    _ settings: PriceSettings = PriceSettings(),
    _ change: (inout Repricing.Request) -> Void = { _ in }
  ) throws -> RepricingReport {
    var request = Repricing.Request()
    request.prices = settings
    request.now = Desk.now + 86_400_000
    change(&request)
    return try Repricing(desk.file).run(request)
  }

  private func number(_ sql: String) throws -> Int64 { try desk.number(sql) ?? -1 }

  private func total() throws -> Int64 { try number("SELECT SUM(cost_usd_nanos) FROM llm_call") }

  /// The databases's content, and what is derived from it.
  private func expectSound() throws {
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `a price that is known by now heals the calls that had none`() throws {
    let before = try total()
    let unpriced = try number(
      """
      SELECT COUNT(*) FROM llm_call
      WHERE model = 'claude-opus-6-preview' AND cost_usd_nanos IS NULL AND input_tokens IS NOT NULL
        AND service_tier IS NULL
      """)
    #expect(unpriced > 10)
    let report = try reprice(preview)
    #expect(report.newlyPriced == unpriced)
    #expect(report.changes.map(\.model) == ["claude-opus-6-preview"])
    #expect(report.changes.map(\.month) == ["2026-11"])
    // By hand, from the columns: five classes, no modifier.
    let healed = try number(
      """
      SELECT SUM(input_tokens * 5000 + COALESCE(cache_create_tokens, 0) * 6250
        + COALESCE(cache_create_1h_tokens, 0) * 3750 + COALESCE(cache_read_tokens, 0) * 500
        + output_tokens * 25000)
      FROM llm_call
      WHERE model = 'claude-opus-6-preview' AND cost_usd_nanos > 0
      """)
    #expect(report.costNanosAfter - report.costNanosBefore == healed)
    #expect(try total() == before + healed)
    try expectSound()
    #expect(try reprice(preview).changedCalls == 0)
  }

  @Test func `the same prices move nothing`() throws {
    let contents = try desk.contents()
    let report = try reprice()
    #expect(report.calls == (try number("SELECT COUNT(*) FROM call")))
    #expect(report.changes.isEmpty)
    #expect(try desk.contents() == contents)
  }

  @Test func `a dry run and a reader's veto keep all as it was`() throws {
    struct Veto: Error {}
    let contents = try desk.contents()
    let tried = try reprice(preview) { $0.isDryRun = true }
    #expect(tried.changedCalls > 0)
    #expect(try desk.contents() == contents)
    var request = Repricing.Request()
    request.prices = preview
    #expect(throws: Veto.self) { try Repricing(desk.file).run(request) { _ in throw Veto() } }
    #expect(try desk.contents() == contents)
    #expect(try number("SELECT COUNT(*) FROM repricing") == 0)
    #expect(try number("SELECT COUNT(*) FROM price_book") == 1)
  }

  @Test func `the prices of an earlier day take a repricing back`() throws {
    let contents = try desk.contents()
    let report = try reprice(preview)
    let back = try reprice(preview) {
      $0.pricesAsOf = Desk.now
      $0.now += 1000
    }
    #expect(back.costNanosAfter == report.costNanosBefore)
    #expect(try desk.contents() == contents)
    #expect(throws: StoreError.noBookThen) { try reprice { $0.pricesAsOf = Desk.now - 1 } }
    // What was in use last is the first book again.
    let last = try reprice(preview) { $0.pricesAsOf = Desk.now + 86_400_000 + 1000 }
    #expect(last.changedCalls == 0)
  }

  @Test func `only calls of the window move, to the millisecond`() throws {
    let moments = try desk.rows(
      """
      SELECT occurred_at FROM llm_call
      WHERE model = 'claude-opus-6-preview' AND cost_usd_nanos IS NULL AND input_tokens IS NOT NULL
        AND service_tier IS NULL
      ORDER BY occurred_at
      """
    ).compactMap { $0[0].flatMap { Int64($0) } }
    let report = try reprice(preview) {
      $0.since = moments[3]
      $0.until = moments[7]
    }
    #expect(report.changedCalls == Int64(moments.count { $0 >= moments[3] && $0 < moments[7] }))
    try expectSound()
  }

  @Test func `what moves in closed periods is counted`() throws {
    let (start, day) = (RandomLines.start, Int64(86_400_000))
    try desk.write(
      """
      INSERT INTO closing (period, timezone, starting_at, ending_at, closed_at, closed_by,
        program_version, catalogue, calls, cost_usd_nanos, data_hash)
      VALUES ('2026-11', 'UTC', \(start), \(start + 2 * day), 0, 'ana', 'test', '', 0, 0, '')
      """)
    let all = try reprice(preview) { $0.isDryRun = true }
    #expect(try number("SELECT COUNT(*) FROM adjustment") == 0)
    let report = try reprice(preview)
    #expect(report.closedCalls > 0 && report.closedCalls < report.changedCalls)
    #expect(report.closedCalls == all.closedCalls)
    #expect(try number("SELECT SUM(sign = 1) FROM adjustment") == report.closedCalls)
    try expectSound()
  }

  @Test func `a repricing leaves a record of itself`() throws {
    let report = try reprice(preview) { $0.described = "--since 7d" }
    let record = try desk.rows(
      """
      SELECT described, changed_calls, hash FROM repricing JOIN price_book AS b ON b.id = price_book
      """)[0]
    #expect(record == ["--since 7d", "\(report.changedCalls)", report.book])
    #expect(
      try number("SELECT SUM(cost_usd_nanos_after) FROM repricing_change") == report.costNanosAfter)
  }

  @Test func `discounts and commitments come and go with their list prices`() throws {
    let contents = try desk.contents()
    var settings = PriceSettings()
    var bedrock = PriceOverride.Calls()
    bedrock.workspace = "support"
    settings.overrides = [
      PriceOverride(name: "12 %", effect: .discount(payable: Ratio(88, over: 100))),
      PriceOverride(name: "units", calls: bedrock, effect: .covered),
    ]
    let listed = try number("SELECT SUM(list_cost_usd_nanos) FROM llm_call")
    try reprice(settings)
    #expect(try number("SELECT SUM(list_cost_usd_nanos) FROM llm_call") == listed)
    #expect(
      try number(
        """
        SELECT COUNT(*) FROM llm_call
        WHERE workspace = 'support' AND cost_usd_nanos > 0
        """) == 0)
    try expectSound()
    try reprice { $0.pricesAsOf = Desk.now }
    #expect(try desk.contents() == contents)
  }

  @Test func `calls priced before books were kept get theirs, and cost what they cost`() throws {
    let before = try desk.contents()
    try desk.write("UPDATE call SET price_book = NULL")
    _ = try Doctor(desk.file).rebuild()
    let report = try reprice()
    #expect(report.changedCalls == 0)
    #expect(try desk.contents() == before)
    try expectSound()
  }
}
