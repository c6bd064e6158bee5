import Foundation
import Tables
import Testing

@testable import CallStore

/// `data-quality`: what was not told, and what did not come.
@Suite struct DataQualityTests {
  /// Two working weeks of November 2026 from Monday the 2nd: a call at 9, 10 and 11 o'clock of every
  /// workday in one log, and one at noon in another.
  private func desk(
    without missing: Set<String> = [], _ extra: [String] = []
  ) throws -> Desk {
    let desk = try Desk()
    let days = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]
    try desk.load(
      "app.jsonl",
      days.flatMap { day in
        (9...11).filter { !missing.contains("\(day) \($0)") }.map {
          answer("a\(day)-\($0)", at: stamp(day, $0))
        }
      } + extra)
    try desk.write(
      "gateway.jsonl",
      days.filter { !missing.contains("\($0) gateway") }.map {
        answer("g\($0)", at: stamp($0, 12))
      })
    try desk.load([desk.path("gateway.jsonl")]) { $0.label = "gateway" }
    return desk
  }

  private func ask(_ desk: Desk, busy: Int = 1) throws -> Answer {
    try desk.ask(
      "data-quality", from: "2026-11-02", to: "2026-11-16", ["busy": "\(busy)"])
  }

  @Test func `nights, weekends and complete logs are no finding`() throws {
    let answer = try ask(desk())
    #expect(answer.table.rows.count == 14)
    #expect(try answer.wholes("n_gap_hours").allSatisfy { $0 == 0 })
    #expect(try answer.texts("silent").allSatisfy { $0 == "" })
    #expect(try answer.wholes("n_calls").prefix(7) == [4, 4, 4, 4, 4, 0, 0])
    #expect(try answer.wholes("n_sources").prefix(6) == [2, 2, 2, 2, 2, 0])
    #expect(answer.notes == ["4 days without any call"])
  }

  @Test func `what is still to come is no silence`() throws {
    let answer = try desk().ask(
      "data-quality", from: "2026-11-02", to: "2126-11-16", ["busy": "1"])
    #expect(answer.table.rows.count < 400)
  }

  @Test func `an hour that is there on other days is a gap, and a source that stays away is named`()
    throws
  {
    let answer = try ask(desk(without: ["11 10", "12 gateway"]))
    var gaps = Array(repeating: Int64(0), count: 14)
    gaps[9] = 1
    // The gateway's hour is missing with it.
    gaps[10] = 1
    #expect(try answer.wholes("n_gap_hours") == gaps)
    #expect(try answer.texts("silent")[10] == "gateway")
    #expect(try answer.texts("silent").count { $0 != "" } == 1)
    // One call an hour may be missing by chance.
    let calm = try ask(desk(without: ["11 10", "12 gateway"]), busy: 2)
    #expect(try calm.wholes("n_gap_hours").allSatisfy { $0 == 0 })
    #expect(try calm.texts("silent").allSatisfy { $0 == "" })
  }

  @Test func `what calls do not tell is counted on their day`() throws {
    let answer = try ask(
      desk(
        without: [],
        [
          answer("n1", at: stamp(4, 9), ["tenant_id": NSNull(), "feature": NSNull()]),
          answer("n2", at: stamp(4, 9), ["prompt_hash": NSNull(), "tenant_id": NSNull()]),
          answer("n3", at: stamp(4, 9), ["model": "claude-opus-6-preview"]),
          answer(
            "n4", at: stamp(4, 9),
            [
              "input_tokens": NSNull(), "output_tokens": NSNull(), "cache_read_tokens": NSNull(),
              "cache_create_tokens": NSNull(),
            ]),
        ]))
    func of(_ column: String) throws -> Int64 { try answer.wholes(column)[2] }
    #expect(try of("n_calls") == 8)
    #expect(try of("no_tenant") == 2)
    #expect(try of("no_feature") == 1)
    #expect(try of("no_prompt_hash") == 1)
    #expect(try of("no_usage") == 1)
    #expect(try of("n_unpriced") == 2)
    #expect(try answer.wholes("no_tenant").reduce(0, +) == 2)
  }

  @Test func `days follow the zone`() throws {
    let desk = try desk()
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe("data-quality"),
      over: Selection(since: instant("2026-11-01T15:00"), until: instant("2026-11-15T15:00")),
      arguments: ["busy": "1"], asOf: Desk.now, timezone: "Asia/Tokyo")
    // Nine in London is six in the evening in Tokyo, the same day.
    #expect(try answer.wholes("n_calls").prefix(7) == [4, 4, 4, 4, 4, 0, 0])
    #expect(try answer.wholes("n_gap_hours").allSatisfy { $0 == 0 })
  }

  @Test func `random calls come to their plain sums`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let calls = told.calls.filter { told.isSelected($0, selection) && $0.amounts[0] == 1 }
      let answer = try told.desk.ask("data-quality", selection)
      for (column, dimension) in [
        ("no_tenant", Dimension.tenant), ("no_feature", .feature), ("no_prompt_hash", .promptHash),
      ] {
        let expected = Int64(calls.count { $0.values[dimension] == nil })
        #expect(try answer.wholes(column).reduce(0, +) == expected, "\(column), \(selection)")
      }
      #expect(try answer.wholes("n_calls").reduce(0, +) == Int64(calls.count))
    }
  }
}
