import Foundation
import Testing
import UsageLog

@testable import CallStore

/// What is imported, undone or priced otherwise after a period was closed.
@Suite struct AdjustmentTests {
  private static let day: Int64 = 86_400_000
  private let desk: Desk

  init() throws {
    desk = try Desk()
    var random = RandomLines(seed: 11)
    try desk.write("first.jsonl", random.lines(300), touched: RandomLines.start + Self.day)
    try desk.write("second.jsonl", random.lines(300), touched: RandomLines.start + Self.day)
    try desk.load("first.jsonl")
  }

  private func ledger(_ from: Int64, _ to: Int64) throws -> SpendLedger {
    let starts = (from..<to).map { RandomLines.start + $0 * Self.day }
    return try CallDatabase(desk.file).ledger(
      LedgerQuery(
        dayStarts: starts, until: RandomLines.start + to * Self.day,
        by: [.tenant, .feature, .workspace]), prices: PriceSettings())
  }

  /// All that a ledger says of a window's own calls.
  private func text(_ from: Int64, _ to: Int64) throws -> String {
    try ledger(from, to).entries.map {
      "\($0.order) \($0.calls.calls) \($0.calls.extraCalls) \($0.calls.errors) "
        + "\($0.calls.storedNanos) \($0.calls.listNanos) \($0.calls.lines.map(\.count))"
    }.joined(separator: "\n")
  }

  private func cost(_ entries: [LedgerEntry]) -> Int64 {
    entries.reduce(0) { $0 + $1.calls.storedNanos }
  }

  private func close(_ from: Int64, _ to: Int64) throws {
    try desk.write(
      """
      INSERT INTO closing (period, timezone, starting_at, ending_at, closed_at, closed_by,
        program_version, catalogue, calls, cost_usd_nanos, data_hash)
      VALUES ('days \(from)-\(to)', 'UTC', \(RandomLines.start + from * Self.day),
        \(RandomLines.start + to * Self.day), 0, 'ana', 'test', '', 0, 0, '')
      """)
  }

  private func stored(_ from: Int64, _ to: Int64) throws -> Int64 {
    try desk.number(
      """
      SELECT COALESCE(SUM(cost_usd_nanos), 0) FROM call
      WHERE occurred_at >= \(RandomLines.start + from * Self.day)
        AND occurred_at < \(RandomLines.start + to * Self.day)
      """) ?? -1
  }

  private func reprice() throws -> RepricingReport {
    var rates = NegotiatedRates()
    rates.input = 5_000_000
    rates.output = 25_000_000
    var calls = PriceOverride.Calls()
    calls.model = "claude-opus-6-preview"
    var request = Repricing.Request()
    request.prices.overrides = [
      PriceOverride(name: "preview", calls: calls, effect: .rates(rates))
    ]
    request.now = Desk.now + Self.day
    return try Repricing(desk.file).run(request)
  }

  @Test func `a ledger's entries add up to the calls`() throws {
    let ledger = try ledger(0, 5)
    #expect(cost(ledger.entries) == (try stored(0, 5)))
    #expect(
      ledger.entries.reduce(0) { $0 + $1.calls.calls }
        == (try desk.number("SELECT COUNT(*) FROM call WHERE kind IS NULL")))
    #expect(Set(ledger.entries.map(\.day)) == [0, 1, 2, 3, 4])
    #expect(ledger.adjustments.isEmpty)
  }

  @Test func `a closed period stays as it was, and the next open one has what changed`() throws {
    let issued = try text(0, 2)
    let wasStored = try stored(0, 2)
    try close(0, 2)
    try desk.load("second.jsonl")
    #expect(try stored(0, 2) != wasStored)
    #expect(try text(0, 2) == issued)
    let report = try reprice()
    #expect(report.closedCalls > 0)
    #expect(try text(0, 2) == issued)

    let next = try ledger(2, 5)
    #expect(Set(next.adjustments.map(\.period)) == ["days 0-2"])
    #expect(Set(next.adjustments.map(\.recordedAt)) == [Desk.now, Desk.now + Self.day])
    #expect(next.adjustments.allSatisfy { $0.bookedAt == RandomLines.start + 2 * Self.day })
    let adjusted = next.adjustments.reduce(0) { $0 + $1.calls.storedNanos }
    #expect(try stored(0, 2) == wasStored + adjusted)
    #expect(cost(next.entries) == (try stored(2, 5)))
    #expect(try ledger(3, 5).adjustments.isEmpty)
  }

  @Test func `an import undone gives back what it took`() throws {
    let issued = try text(0, 5)
    try close(0, 4)
    try desk.load("second.jsonl")
    #expect(try !ledger(4, 5).adjustments.isEmpty)
    _ = try ImportUndo(desk.file).undo(2, at: Desk.now)
    #expect(try ledger(4, 5).adjustments.isEmpty)
    #expect(try text(0, 5) == issued)
  }

  @Test func `what a second closing has seen stays in it`() throws {
    try close(0, 2)
    try desk.load("second.jsonl")
    let seen = try ledger(2, 3).adjustments.reduce(0) { $0 + $1.calls.storedNanos }
    try close(2, 3)
    _ = try reprice()
    #expect(try ledger(2, 3).adjustments.reduce(0) { $0 + $1.calls.storedNanos } == seen)
    let later = try ledger(3, 5).adjustments
    #expect(Set(later.map(\.period)) == ["days 0-2", "days 2-3"])
    #expect(later.allSatisfy { $0.bookedAt == RandomLines.start + 3 * Self.day })
    let all = try ledger(0, 5)
    let adjusted = all.adjustments.reduce(0) { $0 + $1.calls.storedNanos }
    #expect(cost(all.entries) + adjusted == (try stored(0, 5)))
  }

  @Test func `an import that changes nothing leaves no adjustment`() throws {
    try close(0, 5)
    try desk.write("again.jsonl", try lines("first.jsonl"), touched: RandomLines.start + Self.day)
    try desk.load("again.jsonl")
    #expect(try ledger(5, 6).adjustments.isEmpty)
  }

  private func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: desk.path(name), encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

  @Test func `adjustments have the columns of calls`() throws {
    let columns = try desk.rows("SELECT name FROM pragma_table_info('adjustment')").compactMap {
      $0[0]
    }
    #expect(
      columns == ["id", "closing", "sign", "recorded_at", "booked_at"]
        + CallColumn.allCases.map(\.name))
  }
}
