import Testing

@testable import CallStore

/// What the doctor finds in a help desk's database, and puts right.
@Suite struct DoctorTests {
  private func desk() throws -> Desk {
    let desk = try Desk()
    var random = RandomLines(seed: 7)
    try desk.load("calls.jsonl", random.lines(200), touched: RandomLines.start)
    return desk
  }

  private func found(_ desk: Desk) throws -> [String] {
    try Doctor(desk.file).examine().filter { !$0.isSound }.map(\.check)
  }

  @Test func `a database as imports leave it is sound`() throws {
    let desk = try desk()
    let findings = try Doctor(desk.file).examine()
    #expect(
      findings.map(\.check)
        == ["file", "ledger", "names", "sums", "columns", "imports", "closings"])
    #expect(findings.allSatisfy { $0.isSound && $0.remedy.isEmpty })
  }

  @Test(arguments: [
    "UPDATE usage_sum SET calls = calls + 1 WHERE dimension = 2 AND grain = 1 AND value <> 0",
    "UPDATE usage_sum SET cost_usd_nanos = 1 WHERE dimension = 1 AND grain = 24",
    "DELETE FROM usage_sum WHERE dimension = 3 AND grain = 24 AND bucket % 2 = 0",
    "INSERT INTO usage_sum SELECT 2, 1, 7, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0",
    "INSERT INTO usage_sum SELECT 0, 24, 7, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0",
    "UPDATE call SET output_tokens = output_tokens + 1 WHERE output_tokens > 400",
  ]) func `sums that are not those of the calls are found and made anew`(damage: String) throws {
    let desk = try desk()
    try desk.write(damage)
    #expect(try found(desk).contains("sums"))
    try Doctor(desk.file).rebuild()
    #expect(try found(desk) == [])
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test(arguments: [
    "UPDATE call_column SET data = x'00' WHERE name = 'tenant'",
    "DELETE FROM call_column WHERE name = 'cost_usd_nanos' AND hour % 2 = 0",
    "UPDATE call SET latency_ms = 9 WHERE latency_ms > 9",
    "INSERT INTO call_part VALUES (7, 0, 3)",
    "INSERT INTO call_column VALUES (7, 0, 'kind', 0, x'')",
  ]) func `columns that are not those of the calls are found and made anew`(damage: String) throws {
    let desk = try desk()
    try desk.write(damage)
    #expect(try found(desk).contains("columns"))
    try Doctor(desk.file).rebuild()
    #expect(try found(desk) == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `hours that are not packed are told, not found fault with`() throws {
    let desk = try desk()
    try desk.write("DELETE FROM call_column WHERE hour = (SELECT MIN(hour) FROM call_part)")
    try desk.write("DELETE FROM call_part WHERE hour = (SELECT MIN(hour) FROM call_part)")
    let columns = try Doctor(desk.file).examine().first { $0.check == "columns" }
    #expect(columns?.isSound == true)
    #expect(columns?.detail == "equal to the calls; 1 hour not packed yet: slower, not wrong")
  }

  @Test func `an interrupted import and a code without a name are found`() throws {
    let desk = try desk()
    try desk.write("UPDATE import SET finished_at = NULL")
    try desk.write("UPDATE call SET tenant = 99999 WHERE tenant IS NOT NULL AND hour % 2 = 0")
    #expect(try Set(found(desk)).isSuperset(of: ["imports", "names"]))
  }

  @Test func `a missing name is found before the next import gives its number away`() throws {
    let desk = try desk()
    try desk.write("DELETE FROM name WHERE id = 2")
    #expect(try found(desk).contains("names"))
  }

  @Test func `an interrupted import is settled by the next, whatever that finds`() throws {
    let desk = try desk()
    try desk.write("UPDATE import SET finished_at = NULL")
    #expect(try found(desk) == ["imports"])
    try desk.load("calls.jsonl")
    #expect(try found(desk) == [])
  }

  @Test func `an interrupted import is not settled by one of other logs`() throws {
    let desk = try desk()
    // As a kill leaves it: begun, and one of its logs not read to its end.
    try desk.write("UPDATE import SET finished_at = NULL")
    try desk.write("UPDATE log_file SET modified_ns = -1")
    try desk.load("other.jsonl", [answer("msg_other")])
    #expect(try found(desk) == ["imports"])
    try desk.load("calls.jsonl")
    #expect(try found(desk) == [])
  }

  @Test func `an import that is running is no finding`() throws {
    let desk = try desk()
    try desk.write("UPDATE import SET finished_at = NULL")
    let lock = try ImportLock(for: desk.file, waits: false)
    #expect(try found(desk) == [])
    withExtendedLifetime(lock) {}
  }

  @Test func `a rebuild changes no call and leaves the answers as they were`() throws {
    let desk = try desk()
    let before = try desk.contents()
    try Doctor(desk.file).rebuild()
    #expect(difference(before, try desk.contents()) == [])
  }

  @Test func `there is nothing to examine or to rebuild without a database`() throws {
    let desk = try Desk()
    #expect(throws: StoreError.missing(desk.file.path)) { try Doctor(desk.file).examine() }
    #expect(throws: StoreError.missing(desk.file.path)) { try Doctor(desk.file).rebuild() }
  }

  @Test func `nothing is rebuilt while an import runs`() throws {
    let desk = try desk()
    let lock = try ImportLock(for: desk.file, waits: false)
    #expect(throws: StoreError.locked(desk.file.path)) { try Doctor(desk.file).rebuild() }
    withExtendedLifetime(lock) {}
  }
}
