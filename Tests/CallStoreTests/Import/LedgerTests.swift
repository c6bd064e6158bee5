import Foundation
import Testing
import UsageLog

@testable import CallStore

/// What was read, with what outcome: nothing vanishes, and nothing private is kept.
@Suite struct LedgerTests {
  private static let broken = #"{"occurred_at":"2026-11-03T09:00:00Z","prompt":"Dear Ms Secret","#

  @Test func `a reject is kept with its place and reason, never with what it held`() throws {
    let desk = try Desk()
    let lines = [
      answer("msg_01"), Self.broken + #""output_tokens":-5,"model":"m"}"#, Self.broken + "}", "",
      #"{"level":"info","message":"Secret started"}"#, answer("msg_02"),
    ]
    let summary = try desk.load("app.jsonl", lines)
    #expect(summary.outcomes == [5, 2, 0, 0, 2, 1])
    #expect(summary.firstRejects.map(\.line) == [2, 3])
    let start = lines[0].utf8.count + 1
    #expect(
      try desk.list("SELECT source, line, offset, bytes FROM reject ORDER BY offset")
        == "1 2 \(start) \(lines[1].utf8.count), "
        + "1 3 \(start + lines[1].utf8.count + 1) \(lines[2].utf8.count + 1)")
    #expect(
      try desk.list("SELECT reason FROM reject ORDER BY line LIMIT 1")
        == "output_tokens is negative")
    #expect(
      try desk.list("SELECT records, inserted, rejected, skipped FROM import") == "5 2 2 1")
    let kept = try Data(contentsOf: URL(fileURLWithPath: desk.file.path))
    #expect(kept.range(of: Data("Secret".utf8)) == nil)
    #expect(!"\(summary)".contains("Secret"))
  }

  @Test func `reading again settles what can be read by now`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer("msg_01"), answer("msg_02", at: "soon"), answer("msg_03")])
    #expect(try desk.load("app.jsonl").outcomes == [3, 2, 0, 0, 1, 0])
    #expect(try desk.load("app.jsonl") { $0.rereads = true }.outcomes == [3, 0, 0, 2, 1, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 1)
    let again = try desk.load([desk.path("app.jsonl")]) {
      $0.rereads = true
      $0.reading.mapped["occurred_at"] = .sessionID
      $0.reading.defaults[.occurredAt] = "2026-11-03T09:00:00Z"
    }
    #expect(again.rejected == 0)
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 0)
  }

  @Test func `a reject of a one-line array outlives the batches behind it`() throws {
    let desk = try Desk()
    var records = (10_000..<30_000).map { answer("msg_\($0)") }
    records[3] = answer("msg_bad", at: "soon")
    try desk.write("app.json", text: "[" + records.joined(separator: ",") + "]")
    #expect(try desk.load("app.json").outcomes == [20_000, 19_999, 0, 0, 1, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 1)
  }

  @Test func `saying how to read a log with rejects reads it again`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01"), answer("msg_02", at: "soon"), answer("msg_03")])
    let told: (inout ImportOptions) -> Void = {
      $0.reading.mapped["occurred_at"] = .sessionID
      $0.reading.defaults[.occurredAt] = "2026-11-03T09:00:00Z"
    }
    #expect(try desk.load([desk.path("app.jsonl")], with: told).outcomes == [3, 1, 2, 0, 0, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 0)
    #expect(
      try desk.load([desk.path("app.jsonl")], with: told).records == 0, "nothing is left to mend")
  }

  @Test func `settings that do not help are not tried every night`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01"), answer("msg_02", at: "soon")])
    let told: (inout ImportOptions) -> Void = { $0.reading.mapped["kunde"] = .tenantID }
    #expect(try desk.load([desk.path("app.jsonl")], with: told).rejected == 1)
    #expect(try desk.load([desk.path("app.jsonl")], with: told).records == 0)
    #expect(
      try desk.load([desk.path("app.jsonl")]) { $0.reading.zone = "Europe/Berlin" }.rejected == 1)
  }

  @Test func `another format than the one before reads the log again`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01"), wrapped("msg_02")])
    let again = try desk.load([desk.path("app.jsonl")]) { $0.format = "application-json" }
    #expect(again.records == 0, "it is that format already")
    #expect(
      try desk.load([desk.path("app.jsonl")]) { $0.format = "messages-response" }.records == 2)
    #expect(try desk.number("SELECT COUNT(*) FROM log_file") == 1)
  }

  /// Each of these would violate a constraint of the table if it got there.
  @Test(arguments: [
    answer("msg_02", ["web_search_requests": 2_000_000]),
    answer(
      "msg_02", ["cache_create_5m_tokens": 900_000_000, "cache_create_1h_tokens": 900_000_000]),
    answer("msg_02", ["output_tokens": 1_000_000_001]),
    answer("msg_02", ["latency_ms": -3, "ttft_ms": 1e15, "attempt": -1, "max_tokens": 1e12]),
    answer("msg_02", ["status_code": 9999]), answer("msg_02", ["cost_usd": -1]),
    answer("msg_02", ["cost_usd": 1e30]), answer("msg_02", at: "1999-01-01T00:00:00Z"),
    answer("msg_02", at: "2100-01-01T00:00:00Z"),
    answer("msg_02", ["tenant_id": "", "feature": "  ", "model": "", "session_id": ""]),
    answer("msg_02", ["tenant_id": "a\u{0}b", "session_id": "\u{0}", "feature": "\u{0}"]),
    answer("msg_02", ["tenant_id": "a\u{0}c", "request_id": "msg_\u{0}"]),
    answer("msg_02", ["cache_create_tokens": 5, "cache_create_1h_tokens": 7]),
    answer("msg_02", ["model": "us.anthropic."]), answer("msg_02", ["model": "@"]),
    wrapped("msg_02", ["iterations": [["input_tokens": 5], ["input_tokens": 7]]]),
    wrapped(
      "msg_02",
      ["iterations": [["type": "", "input_tokens": 5, "model": ""], ["type": "message"]]]),
    wrapped(
      "msg_02",
      [
        "iterations": [
          [
            "type": "compaction", "cache_creation_input_tokens": 1_000_000_000,
            "cache_creation": [
              "ephemeral_5m_input_tokens": 1_000_000_000,
              "ephemeral_1h_input_tokens": 1_000_000_000,
            ],
          ]
        ]
      ]),
  ]) func `no record stops the import of the others`(line: String) throws {
    let desk = try Desk()
    try desk.load("before.jsonl", [answer("msg_00", ["tenant_id": "a\u{0}"])])
    let summary = try desk.load("app.jsonl", [answer("msg_01"), line, answer("msg_03")])
    #expect(summary.addsUp)
    #expect(summary.failedFiles == [])
    #expect(
      try desk.number("SELECT COUNT(*) FROM call WHERE message_id IN ('msg_01', 'msg_03')") == 2)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a file that cannot be read is named and the others are imported`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer("msg_01")])
    try desk.write("notes.txt", text: "Call Ms Secret back.\n")
    let summary = try desk.load("gone.jsonl", "notes.txt", "app.jsonl")
    #expect(summary.files == 3)
    #expect(
      summary.failedFiles.map { URL(fileURLWithPath: $0.path).lastPathComponent } == [
        "gone.jsonl", "notes.txt",
      ])
    #expect(summary.failedFiles.last?.reason.contains("application-json") == true)
    #expect(summary.inserted == 1)
  }

  // MARK: - Dry runs

  @Test func `a dry run makes no database`() throws {
    let desk = try Desk(database: "new/forensics.db")
    try desk.write("app.jsonl", [answer("msg_01"), answer("msg_02"), "{"])
    let summary = try desk.load("app.jsonl") { $0.isDryRun = true }
    #expect(summary.outcomes == [3, 2, 0, 0, 1, 0])
    #expect(summary.costNanos == 12_000_000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path) == ["app.jsonl"])
  }

  @Test func `a dry run keeps nothing, however much it reads`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    let before = try desk.contents()
    let ledger = "SELECT COUNT(*), SUM(committed_offset) FROM log_file"
    let read = try desk.list(ledger)
    try desk.append("app.jsonl", (2...9).map { answer("msg_0\($0)") } + ["{"])
    let options: (inout ImportOptions) -> Void = {
      $0.isDryRun = true
      $0.callsPerCommit = 2
    }
    let summary = try desk.load([desk.path("app.jsonl")], with: options)
    #expect(summary.inserted == 8)
    #expect(try desk.contents() == before)
    #expect(try desk.list(ledger) == read)
    #expect(try desk.list("SELECT COUNT(*) FROM import") == "1")
    #expect(try desk.list("SELECT COUNT(*) FROM reject") == "0")
    // It did not use up anything either.
    #expect(try desk.load("app.jsonl").inserted == 8)
  }

  // MARK: - Imports

  @Test func `an import is written down with what it did`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [answer("msg_01"), answer("msg_01"), answer("msg_02", ["model": "claude-opus-6-preview"])])
    #expect(
      try desk.list(
        """
        SELECT started_at, finished_at >= started_at, version, files, records, inserted, duplicates,
          unpriced_calls, cost_usd_nanos FROM import
        """) == "\(Desk.now) 1 test 1 3 2 1 1 6000000")
    #expect(try desk.list("SELECT catalogue <> '' FROM import") == "1")
  }

  @Test func `progress is told as it goes`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", (10..<40).map { answer("msg_\($0)") })
    var options = ImportOptions()
    options.callsPerCommit = 10
    var told: [ImportProgress] = []
    _ = try Importer(into: desk.file, options: options).run(
      [ImportPath(path: desk.path("app.jsonl"), shown: "app.jsonl", isExplicit: true)]
    ) { told.append($0) }
    #expect(told.map(\.records) == [10, 20, 30, 30])
    #expect(told.last?.readBytes == told.last?.totalBytes)
  }
}
