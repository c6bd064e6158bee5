import GRDB
import Testing

@testable import CallStore

/// The packed columns follow the calls, and never say anything else.
@Suite struct PackedHoursTests {
  private func line(_ id: Int, minute: Int, output: Int = 10, tenant: String = "alder-bank")
    -> String
  {
    """
    {"request_id":"req_\(id)","occurred_at":"2026-11-03T09:\(minute < 10 ? "0" : "")\(minute):00Z",\
    "model":"claude-haiku-4-5","input_tokens":5,"output_tokens":\(output),"tenant_id":"\(tenant)"}
    """
  }

  @Test func `an import packs what it stored, one part an hour`() throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", (0..<30).map { line($0, minute: $0) })
    #expect(try desk.list("SELECT part, calls FROM call_part") == "0 30")
    #expect(try desk.wrongColumns() == [])
    #expect(
      try desk.number("SELECT COUNT(*) FROM call_column WHERE name = 'session'") == 0,
      "what was never logged takes no room")
  }

  @Test func `a later import adds a part, a changed call has its hour packed anew`() throws {
    let desk = try Desk()
    try desk.load("one.jsonl", [line(1, minute: 1), line(2, minute: 2, output: 1)])
    try desk.load("two.jsonl", [line(3, minute: 3)])
    #expect(try desk.list("SELECT part, calls FROM call_part") == "0 2, 1 1")
    try desk.load("three.jsonl", [line(2, minute: 2, output: 900), line(4, minute: 4)])
    #expect(try desk.list("SELECT part, calls FROM call_part") == "0 4")
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `many small imports do not leave many small parts`() throws {
    let desk = try Desk()
    for round in 0..<20 { try desk.load("\(round).jsonl", [line(round, minute: round)]) }
    #expect(try #require(try desk.number("SELECT COUNT(*) FROM call_part")) <= 16)
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `an hour of millions of calls has many parts and is left alone`() throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", [line(1, minute: 1)])
    // Three million calls as the books show them: parts as full as they may be.
    try desk.write(
      """
      DELETE FROM call_column; DELETE FROM call_part;
      WITH RECURSIVE part(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM part WHERE n < 22)
      INSERT INTO call_part SELECT hour, n, \(ColumnPart.callLimit) FROM call, part;
      UPDATE usage_sum SET calls = 23 * \(ColumnPart.callLimit)
      """)
    try DatabaseQueue(path: desk.file.path).read { db in
      let stale = try PackedHours(db).staleHours()
      #expect(stale == [])
    }
    try desk.write("UPDATE usage_sum SET calls = 46; UPDATE call_part SET calls = 2")
    try DatabaseQueue(path: desk.file.path).read { db in
      let stale = try PackedHours(db).staleHours()
      #expect(stale.count == 1)
    }
  }

  @Test func `columns that lost their part do not keep an hour from being packed`() throws {
    let desk = try Desk()
    try desk.load("one.jsonl", [line(1, minute: 1)])
    try desk.write("DELETE FROM call_part")
    try desk.load("two.jsonl", [line(2, minute: 2)])
    #expect(try desk.wrongColumns() == [])
  }

  @Test(arguments: [-1, 1 << 40, Int64.max]) func `an absurd count is refused, not believed`(
    calls: Int64
  ) throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", (0..<9).map { line($0, minute: $0) })
    try desk.write("PRAGMA ignore_check_constraints = ON; UPDATE call_part SET calls = \(calls)")
    try desk.write("UPDATE usage_sum SET calls = \(calls)")
    let recipe = try Recipe(name: "first", text: "SELECT MIN(first_at) FROM selected_usage")
    #expect(throws: StoreError.damagedColumns) {
      try CallDatabase(desk.file).answer(recipe, over: Selection(), asOf: 0)
    }
  }

  @Test func `the next import packs hours that an interrupted one left behind`() throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", (0..<9).map { line($0, minute: $0) })
    try desk.write("DELETE FROM call_column")
    try desk.write("DELETE FROM call_part")
    try desk.load("calls.jsonl")
    #expect(try desk.list("SELECT part, calls FROM call_part") == "0 9")
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `parts of an hour without calls go`() throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", [line(1, minute: 1)])
    try desk.write("INSERT INTO call_part VALUES (7, 0, 3)")
    try desk.write("INSERT INTO call_column VALUES (7, 0, 'tenant', 0, x'00')")
    try desk.load("calls.jsonl")
    #expect(
      try desk.list("SELECT DISTINCT hour FROM call_part") == "\(1_793_696_400_000 / 3_600_000)")
    #expect(try desk.number("SELECT COUNT(*) FROM call_column WHERE hour = 7") == 0)
  }

  @Test func `a column longer than a chunk is put together again`() throws {
    let desk = try Desk()
    let lines = (0..<5000).map {
      line($0, minute: $0 % 60, output: $0 + 1, tenant: "t-\($0 % 300)")
    }
    try desk.load("calls.jsonl", lines)
    #expect(try #require(try desk.number("SELECT MAX(chunk) FROM call_column")) > 0)
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `damaged columns are refused with a way out, not believed`() throws {
    let desk = try Desk()
    try desk.load("calls.jsonl", (0..<9).map { line($0, minute: $0, tenant: "t-\($0)") })
    try desk.write("UPDATE call_column SET data = x'0102' WHERE name = 'tenant'")
    let recipe = try Recipe(
      name: "who",
      text: "-- @usage tenant_id\nSELECT tenant_id, MIN(first_at) FROM selected_usage GROUP BY 1")
    #expect(throws: StoreError.damagedColumns) {
      try CallDatabase(desk.file).answer(recipe, over: Selection(), asOf: 0)
    }
  }
}
