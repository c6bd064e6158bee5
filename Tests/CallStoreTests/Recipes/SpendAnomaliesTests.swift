import Tables
import Testing

@testable import CallStore

/// Six weeks of the help desk, hour by hour: quiet nights and weekends, and a night that was not.
@Suite struct SpendAnomaliesTests {
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 24 * hour
  /// 2026-09-21, a Monday, 00:00 UTC.
  private static let start: Int64 = 1_789_948_800_000

  /// Cents of nano-dollars of an hour: weekdays 1.00 by day and 0.12 at night, weekends a quarter.
  private static func usual(_ hours: Int64, _ dice: inout Dice) -> Int64 {
    let isNight = hours % 24 < 7
    let isWeekend = hours / 24 % 7 >= 5
    let base: Int64 = (isNight ? 12 : 100) * (isWeekend ? 25 : 100)
    return base * Int64.random(in: 80...120, using: &dice) * 10_000_000 / 10_000
  }

  private func answer(
    spike: [Int64: Int64] = [:], arguments: [String: String] = [:], days: Int64 = 42,
    seen: Int64? = nil
  ) throws -> FoldedRows {
    var dice = Dice(7)
    let end = Self.start + days * Self.day
    let rows: [[Value]] = (0..<days * 24).flatMap { hour -> [[Value]] in
      let nanos = Self.usual(hour, &dice)
      let extra = spike[hour] ?? 0
      let start = Value.integer(Self.start + hour * Self.hour)
      return [
        [start, .text("nightly-digest"), .integer(nanos / 4 + extra)],
        [start, .text("triage"), .integer(nanos - nanos / 4)],
      ]
    }
    var parameters: [String: SQLValue] = [
      "since": .integer(end - 7 * Self.day), "until": .integer(end),
      "as_of": .integer(seen ?? end), "minimum": .integer(1_000_000_000),
      "method": .text("ewma"), "bucket": .text("hour"),
    ]
    for (name, value) in arguments { parameters[name] = .text(value) }
    return try Fold.spendAnomalies.apply(
      FoldInput(
        names: ["started_at", "feature", "spent_nanos"], rows: rows, parameters: parameters,
        timezone: "UTC"))
  }

  /// 03:00 and 04:00 of the last Wednesday.
  private static let night: Int64 = (42 - 5) * 24 + 3
  private static let nightSpike: [Int64: Int64] = [night: 3_000_000_000, night + 1: 3_000_000_000]

  @Test func `a dear night is found, with its excess and whose it was`() throws {
    let found = try answer(spike: Self.nightSpike).rows
    #expect(
      found.map { $0[0] }
        == [Self.night, Self.night + 1].map { .integer(Self.start + $0 * Self.hour) })
    let first = try #require(found.first)
    guard case .integer(let excess) = first[4], case .text(let whose) = first[6] else {
      Issue.record("no excess")
      return
    }
    #expect(abs(excess - 3_000_000_000) < 30_000_000, "within the night's noise")
    #expect(whose.hasPrefix("nightly-digest +$3.0") || whose.hasPrefix("nightly-digest +$2.9"))
  }

  @Test func `quiet weekends and busy mornings are usual`() throws {
    #expect(try answer().rows.isEmpty)
    #expect(try answer(arguments: ["bucket": "both"]).rows.isEmpty)
  }

  @Test func `the rolling score does not see the night`() throws {
    let smaller = Self.nightSpike.mapValues { $0 / 6 }
    #expect(try answer(spike: smaller, arguments: ["method": "zscore"]).rows.isEmpty)
    let midday = [Self.night + 10: Int64(9_000_000_000)]
    #expect(try answer(spike: midday, arguments: ["method": "zscore"]).rows.count == 1)
  }

  @Test func `a dear day stands before its own hours`() throws {
    let first = Int64(42 - 5) * 24
    let spike = Dictionary(
      uniqueKeysWithValues: (first..<first + 24).map { ($0, Int64(20_000_000_000)) })
    let found = try answer(spike: spike, arguments: ["bucket": "both"]).rows
    #expect(found.prefix(2).map { $0[1] } == [.text("day"), .text("hour")])
    #expect(
      found.prefix(2).map { $0[0] }
        == Array(repeating: .integer(Self.start + first * Self.hour), count: 2))
  }

  @Test func `what is worth less than the minimum is not shown`() throws {
    #expect(try answer(spike: Self.nightSpike.mapValues { $0 / 8 }).rows.isEmpty)
  }

  @Test func `the hour still running and hours behind the newest call are not judged`() throws {
    let last = 42 * 24 - 1
    let spike = [Int64(last): Int64(50_000_000_000)]
    #expect(try answer(spike: spike).rows.count == 1)
    let running = try answer(spike: spike, seen: Self.start + Int64(last) * Self.hour + 1_800_000)
    #expect(running.rows.isEmpty)
  }

  @Test func `ten days are too few, and it says so`() throws {
    let found = try answer(days: 10)
    #expect(found.rows.isEmpty)
    #expect(found.notes.first?.contains("14 days of history") == true, "\(found.notes)")
  }

  @Test func `the recipe's SQL gives the fold the hours of all features`() throws {
    let desk = try Sample.desk.get()
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe("spend-anomalies"),
      over: Selection(since: Desk.now - Self.day, until: Desk.now),
      asOf: Desk.now)
    #expect(answer.table.columns.map(\.name).contains("excess_usd"))
    #expect(answer.notes.count >= 1, "two weeks of story are too few: \(answer.notes)")
  }
}
