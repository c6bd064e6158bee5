import Foundation
import Testing

@testable import CallStore

/// Logs grow, move, shrink and get compressed between two imports.
@Suite struct LogFileTests {
  private let count = "SELECT COUNT(*) FROM llm_call"

  private func answers(_ numbers: Range<Int>) -> [String] {
    numbers.map { answer("msg_\($0)", at: "2026-11-03T09:00:00.\(100 + $0)Z") }
  }

  @Test func `only what was appended is read`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", answers(0..<30))
    try desk.append("app.jsonl", answers(30..<32))
    #expect(try desk.load("app.jsonl").outcomes == [2, 2, 0, 0, 0, 0])
    #expect(try desk.list("SELECT MAX(source_line) FROM call") == "32")
  }

  @Test func `a rotated log is known under its new name`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", answers(0..<30))
    try FileManager.default.moveItem(atPath: desk.path("app.jsonl"), toPath: desk.path("app.1"))
    try desk.append("app.1", answers(30..<31))
    try desk.write("app.jsonl", answers(31..<33), touched: Desk.now + 9_000_000)
    #expect(try desk.load("app.jsonl", "app.1").outcomes == [3, 3, 0, 0, 0, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM log_file") == 2)
    #expect(try desk.load("app.1", "app.jsonl").records == 0)
    #expect(try desk.number(count) == 33)
  }

  @Test func `a log that was cut and written anew is read from its start`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", answers(0..<30))
    try desk.write("app.jsonl", answers(40..<42), touched: Desk.now + 60_000)
    #expect(try desk.load("app.jsonl").outcomes == [2, 2, 0, 0, 0, 0])
    // The same start, another end.
    try desk.write("app.jsonl", answers(0..<20) + answers(50..<70), touched: Desk.now + 120_000)
    #expect(try desk.load("app.jsonl").outcomes == [40, 20, 0, 20, 0, 0])
    #expect(try desk.number(count) == 52)
  }

  @Test func `a compressed copy is the same log`() throws {
    let desk = try Desk()
    let lines = answers(0..<40)
    try desk.load("app.jsonl", lines)
    try desk.write("app.jsonl.gz", gzipped: lines)
    #expect(try desk.load("app.jsonl.gz").records == 0)
    #expect(try desk.number("SELECT COUNT(*) FROM log_file") == 1)
    try desk.write("app.jsonl.gz", gzipped: lines + answers(40..<41))
    #expect(try desk.load("app.jsonl.gz").outcomes == [1, 1, 0, 0, 0, 0])
    #expect(try desk.number(count) == 41)
  }

  @Test func `a damaged archive keeps what was whole, and is complained about every time`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl.gz", gzipped: answers(0..<400), cutting: 6)
    for _ in 0..<2 {
      let summary = try desk.load("app.jsonl.gz")
      #expect(summary.failedFiles.count == 1)
      #expect(summary.addsUp)
      #expect(try desk.number(count) == 400)
    }
    try desk.write("app.jsonl.gz", gzipped: answers(0..<401))
    #expect(try desk.load("app.jsonl.gz").inserted == 1)
  }

  @Test func `an unfinished last line waits for its end`() throws {
    let desk = try Desk()
    let line = answers(0..<1)[0]
    try desk.write("app.jsonl", text: String(line.prefix(50)))
    #expect(try desk.load("app.jsonl").outcomes == [1, 0, 0, 0, 0, 1])
    try desk.append("app.jsonl", text: String(line.dropFirst(50)))
    #expect(try desk.load("app.jsonl").outcomes == [1, 1, 0, 0, 0, 0])
    try desk.append("app.jsonl", text: "\n" + answers(1..<2)[0])
    #expect(try desk.load("app.jsonl").inserted == 1)
    #expect(try desk.number(count) == 2)
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 0)
  }

  @Test func `the last row of a spreadsheet counts without a line break`() throws {
    let desk = try Desk()
    let header = "request_id,occurred_at,model,input_tokens,output_tokens\n"
    let row = "msg_0,2026-11-03T09:00:00Z,claude-sonnet-4-6,1000,2"
    try desk.write("calls.csv", text: header + row)
    #expect(try desk.load("calls.csv").outcomes == [1, 1, 0, 0, 0, 0])
    try desk.append("calls.csv", text: "00\nmsg_1,2026-11-03T09:00:00Z,claude-sonnet-4-6,1,")
    #expect(try desk.load("calls.csv").outcomes == [2, 1, 1, 0, 0, 0])
    try desk.append("calls.csv", text: "7\n")
    #expect(try desk.load("calls.csv").addsUp)
    #expect(
      try desk.list("SELECT message_id, output_tokens FROM llm_call ORDER BY 1")
        == "msg_0 200, msg_1 7")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a row that is cut inside its quotes waits for its end`() throws {
    let desk = try Desk()
    let header = "request_id,occurred_at,model,output_tokens,note\n"
    try desk.write(
      "calls.csv", text: header + "msg_0,2026-11-03T09:00:00Z,claude-sonnet-4-6,200,\"asked ")
    #expect(try desk.load("calls.csv").outcomes == [1, 0, 0, 0, 0, 1])
    try desk.append("calls.csv", text: "twice\"\n")
    #expect(try desk.load("calls.csv").outcomes == [1, 1, 0, 0, 0, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 0)
  }

  @Test func `a named pipe is read like standard input`() throws {
    let desk = try Desk()
    let path = desk.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    for expected in [[40, 40, 0, 0, 0, 0], [40, 0, 0, 40, 0, 0]] as [[Int64]] {
      let text = answers(0..<40).map { $0 + "\n" }.joined()
      Thread.detachNewThread {
        let pipe = FileHandle(forWritingAtPath: path)
        try? pipe?.write(contentsOf: Data(text.utf8))
        try? pipe?.close()
      }
      let summary = try desk.load("pipe")
      #expect(summary.outcomes == expected)
      #expect(summary.failedFiles == [])
    }
  }

  @Test func `a log that grows while its copy is read elsewhere is two logs`() throws {
    let desk = try Desk()
    try desk.load("a.jsonl", answers(0..<40))
    try desk.load("b.jsonl", answers(0..<40))
    try desk.append("a.jsonl", answers(40..<41))
    try desk.append("b.jsonl", answers(50..<52))
    try desk.load("a.jsonl", "b.jsonl")
    #expect(try desk.number(count) == 43)
    #expect(try desk.load("a.jsonl", "b.jsonl").records == 0)
  }

  @Test func `which lines an import read leads from a call to its import`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", answers(0..<4))
    try desk.touch("app.jsonl", Desk.now + 1000)
    try desk.write("other.jsonl", answers(90..<91))
    try desk.load("app.jsonl", "other.jsonl")
    try desk.append("app.jsonl", answers(4..<8))
    try desk.load(["app.jsonl", "other.jsonl"].map { desk.path($0) }) { $0.callsPerCommit = 2 }
    #expect(
      try desk.list(
        """
        SELECT source_line, COUNT(*), MIN(p.import) FROM call
        JOIN import_part AS p ON p.source = call.source
          AND source_line BETWEEN first_line AND last_line
        WHERE call.source = 1 GROUP BY source_line
        """) == "1 1 1, 2 1 1, 3 1 1, 4 1 1, 5 1 3, 6 1 3, 7 1 3, 8 1 3")
  }
}
