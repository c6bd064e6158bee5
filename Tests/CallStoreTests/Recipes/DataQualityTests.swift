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

  @Test func `a small source is missed by default once enough of it is, by its log's name`() throws
  {
    let desk = try Desk()
    // Five calls a workday, a file a day in one log and one file in the other, which ends with the 10th.
    for day in [2, 3, 4, 5, 6, 9, 10, 11, 12, 13] {
      try desk.load(
        "app-2026-11-\(day < 10 ? "0" : "")\(day).jsonl",
        (0..<5).map { answer("a\(day)-\($0)", at: stamp(day, 9 + $0)) })
    }
    try desk.load(
      "voice.jsonl",
      [2, 3, 4, 5, 6, 9, 10].flatMap { day in
        (0..<5).map { answer("v\(day)-\($0)", at: stamp(day, 9 + $0)) }
      })
    let silent = try desk.ask("data-quality", from: "2026-11-02", to: "2026-11-16")
      .texts("silent")
    #expect(
      silent == Array(repeating: "", count: 9) + Array(repeating: "voice.jsonl", count: 3) + [
        "", "",
      ])
    // After one day, five calls may be chance.
    let soon = try desk.ask("data-quality", from: "2026-11-02", to: "2026-11-12").texts("silent")
    #expect(soon.allSatisfy { $0 == "" })
  }

  @Test(arguments: [
    ("logs/app-2026-11-15.jsonl.gz", "app-*.jsonl"), ("app.jsonl.3", "app.jsonl"),
    ("web2.jsonl", "web2.jsonl"), ("app.log-20261115", "app.log-*"),
    ("p/0f8fad5b-d9cb-469f-a165-70867728950e.jsonl", "*.jsonl"),
    ("voice-notes.jsonl", "voice-notes.jsonl"),
  ])
  func `rotation makes no new source`(_ path: String, _ name: String) {
    #expect(LogName.lasting(path) == name)
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
    // What has no usage stands under no_usage, as in the check of unpriced calls.
    #expect(try of("n_unpriced") == 1)
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

  @Test func `half-hour zones have their own days and hours`() throws {
    // From half past midnight in Kolkata, which is 19:00 the day before in London: six hours of every workday.
    let desk = try Desk()
    let kolkata: Int64 = 19_800_000
    let days = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]
    func call(_ day: Int, _ hour: Int, _ minute: Int) -> String {
      let midnight = instant("2026-11-01T00:00") + Int64(day - 1) * 86_400_000 - kolkata
      let at = midnight + Int64(hour * 60 + minute) * 60_000
      return answer("k\(day)-\(hour)-\(minute)", at: nil, ["occurred_at": at])
    }
    // A call just after midnight and one just before the next, and on all days but one at six in the morning.
    try desk.load(
      "calls.jsonl",
      days.flatMap { day in
        [call(day, 0, 10), call(day, 23, 50)] + (day == 11 ? [] : [call(day, 6, 20)])
      })
    let found = try CallDatabase(desk.file).answer(
      Sample.recipe("data-quality"),
      over: Selection(
        since: instant("2026-11-02T00:00") - kolkata, until: instant("2026-11-14T00:00") - kolkata),
      arguments: ["busy": "1"], asOf: Desk.now, timezone: "Asia/Kolkata")
    #expect(try found.wholes("n_calls") == [3, 3, 3, 3, 3, 0, 0, 3, 3, 2, 3, 3])
    #expect(try found.wholes("n_gap_hours") == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
  }

  @Test func `the hour that summer time skips is no gap`() throws {
    // Chicago, every day at half past two in the morning: on 14 March 2027 there is no such hour.
    let desk = try Desk()
    let (first, day): (Int64, Int64) = (1_804_667_400_000, 86_400_000)
    try desk.load(
      "calls.jsonl",
      (0..<35).filter { $0 != 4 }.map { number in
        answer(
          "c\(number)", at: nil,
          ["occurred_at": first + Int64(number) * day - (number > 4 ? 3_600_000 : 0)])
      } + [answer("noon", at: nil, ["occurred_at": first + 4 * day + 9 * 3_600_000])])
    let found = try CallDatabase(desk.file).answer(
      Sample.recipe("data-quality"),
      over: Selection(since: 1_804_485_600_000, until: 1_807_678_800_000),
      arguments: ["busy": "1"], asOf: 1_807_678_800_000, timezone: "America/Chicago")
    #expect(try found.wholes("n_gap_hours").allSatisfy { $0 == 0 })
  }

  @Test func `copies in another log are counted on their day, and nowhere else`() throws {
    let desk = try desk()
    func ask() throws -> Answer { try self.ask(desk) }
    let before = try ask()
    #expect(try before.wholes("n_duplicates").allSatisfy { $0 == 0 })
    // The week of the 9th once more under another name, with two calls more; and one line twice.
    let again = [9, 10, 11, 12, 13].flatMap { day in
      (9...11).map { answer("a\(day)-\($0)", at: stamp(day, $0)) }
    }
    let summary = try desk.load(
      "copy.jsonl",
      again + [answer("new", at: stamp(12, 15)), answer("new", at: stamp(12, 15))])
    #expect((summary.inserted, summary.duplicates) == (1, 16))
    let after = try ask()
    #expect(
      try after.wholes("n_duplicates") == [0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 0, 0])
    #expect(try after.wholes("n_calls").reduce(0, +) == before.wholes("n_calls").reduce(0, +) + 1)
    // A third log counts once more; a log that is read again says nothing new.
    try desk.load("third.jsonl", Array(again.prefix(3)))
    try desk.load([desk.path("copy.jsonl")]) { $0.rereads = true }
    #expect(try ask().wholes("n_duplicates")[7] == 6)
  }

  @Test func `ten years of days are judged at once`() throws {
    let habit = try (0..<2).map { size -> Duration in
      let desk = try Desk()
      let days = size == 0 ? 400 : 3200
      try desk.load(
        "calls.jsonl",
        (0..<days).map { day in
          answer(
            "y\(day)", at: nil, ["occurred_at": 1_500_000_000_000 + Int64(day) * 86_400_000])
        })
      return try ContinuousClock().measure {
        let answer = try desk.ask(
          "data-quality", Selection(since: 1_499_990_400_000, until: Desk.now))
        #expect(answer.table.rows.count >= days)
      }
    }
    // Eight times the days took 64 times as long.
    #expect(habit[1] < habit[0] * 24)
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
