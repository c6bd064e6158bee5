import Foundation
import GRDB
import Testing

@testable import CallStore

/// An import that was stopped anywhere, and run again, leaves what an uninterrupted one does.
@Suite struct KillAndResumeTests {
  /// Partial and full records, equal lines, broken ones and timeless ones.
  private static let lines: [String] = (0..<60).map { number in
    switch number % 6 {
    case 0: answer("msg_\(number / 12)", ["output_tokens": number + 1])
    case 1: answer(nil)
    case 2: #"{"occurred_at": "2026-11-03T09:00:00Z", "model": "#
    case 3: response("msg_\(number)")
    case 4: answer("msg_\(number - 1)", ["tenant_id": "dune-hotels"])
    default: answer(nil, at: "2026-11-0\(number % 9 + 1)T11:00:00Z")
    }
  }

  private static let reference = Result { () throws -> [String] in
    let desk = try Desk()
    try desk.load("app.jsonl", lines)
    return try desk.contents() + desk.rejects()
  }

  /// The power goes when the writer comes to a certain line.
  private func cutPower(_ desk: Desk, at line: Int, during table: String) throws {
    try desk.file.openForWriting().write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER power_cut BEFORE INSERT ON \(table)
          WHEN NEW.\(table == "import_part" ? "last_line" : "source_line") >= \(line)
          BEGIN SELECT RAISE(ABORT, 'the power is gone'); END
          """)
    }
  }

  @Test(arguments: [1, 2, 8, 17, 30, 41, 59], [1, 7, 1000])
  func `a stopped import goes on where its last commit left it`(
    line: Int, callsPerCommit: Int
  ) throws {
    let desk = try Desk()
    try desk.write("app.jsonl", Self.lines)
    try cutPower(desk, at: line, during: "call")
    #expect(throws: StoreError.sqlite("the power is gone")) {
      try desk.load("app.jsonl") { $0.callsPerCommit = callsPerCommit }
    }
    #expect(try desk.wrongSums() == [])
    #expect(
      try desk.list("SELECT DISTINCT id FROM import WHERE finished_at IS NULL")
        == desk.list("SELECT DISTINCT import FROM import_part"),
      "an import that committed nothing leaves no trace")

    try desk.file.openForWriting().write { try $0.execute(sql: "DROP TRIGGER power_cut") }
    #expect(try desk.load("app.jsonl").addsUp)
    #expect(difference(try Self.reference.get(), try desk.contents() + desk.rejects()) == [])
    #expect(try desk.wrongColumns() == [])
    #expect(try desk.load("app.jsonl").records == 0)
  }

  @Test func `a record is never half written`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", Self.lines)
    try cutPower(desk, at: 30, during: "import_part")
    #expect(throws: StoreError.self) { try desk.load("app.jsonl") { $0.callsPerCommit = 7 } }
    // The ledger stands at the last line whose call is there.
    let committed = try #require(
      try desk.number("SELECT COALESCE(MAX(committed_lines), 1) FROM log_file"))
    #expect(try desk.number("SELECT MAX(source_line) FROM call").map { $0 <= committed } == true)
    #expect(
      try desk.number("SELECT records FROM import")
        == desk.number("SELECT COALESCE(MAX(last_line), 0) FROM import_part"))
  }

  @Test(arguments: runs(12)) func `a log that is read while it is written ends up the same`(
    seed: UInt64
  ) throws {
    var dice = Dice(seed)
    let text = Self.lines.map { $0 + "\n" }.joined()
    let desk = try Desk()
    try desk.write("app.jsonl", text: "")
    var at = text.utf8.startIndex
    while at < text.utf8.endIndex {
      let step = Int.random(in: 1...text.utf8.count / 3, using: &dice)
      let next =
        text.utf8.index(at, offsetBy: step, limitedBy: text.utf8.endIndex)
        ?? text.utf8.endIndex
      try desk.append("app.jsonl", text: String(decoding: text.utf8[at..<next], as: UTF8.self))
      #expect(try desk.load("app.jsonl").addsUp)
      #expect(try desk.wrongSums() == [])
      at = next
    }
    // Timeless responses keep the time that the file had when they were first read.
    let timed = "SELECT * FROM llm_call WHERE time_is_approximate = 0"
    let costs = "SELECT COUNT(*), SUM(cost_usd_nanos), SUM(output_tokens) FROM llm_call"
    let whole = try Desk()
    try whole.load("app.jsonl", Self.lines)
    #expect(try desk.list(costs) == whole.list(costs))
    #expect(
      try desk.list("SELECT COUNT(*), MIN(hour), MAX(hour) FROM (\(timed))")
        == whole.list("SELECT COUNT(*), MIN(hour), MAX(hour) FROM (\(timed))"))
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 10)
  }
}

extension Desk {
  func rejects() throws -> [String] {
    try rows("SELECT offset, line, bytes, reason FROM reject ORDER BY offset").map { row in
      "reject " + row.map { $0 ?? "NULL" }.joined(separator: "|")
    }
  }
}
