import Foundation
import Testing
import UsageLog

@testable import CallStore

/// A wrong import is taken back: exactly its effect, and nothing else.
@Suite struct UndoTests {
  private let desk: Desk
  private let tenants =
    "SELECT COALESCE(tenant_id, '-') || ' ' || output_tokens FROM llm_call ORDER BY 1"

  init() throws { desk = try Desk() }

  private func undo(_ id: Int64) throws -> ImportUndo.Summary {
    let summary = try ImportUndo(desk.file).undo(id, at: Desk.now)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
    return summary
  }

  @Test func `what only it told goes, and importing it again brings it back`() throws {
    try desk.load("app.jsonl", [answer("msg_1"), answer("msg_2")])
    let before = try desk.contents()
    try desk.load("wrong.jsonl", [answer("msg_3"), answer("msg_4")])
    let with = try desk.contents()
    let summary = try undo(2)
    #expect(summary.calls == 2)
    // Twice 1,000 tokens in and 200 out of Sonnet 4.6: $0.006 each.
    #expect(summary.costNanos == -12_000_000)
    #expect(difference(before, try desk.contents()) == [])
    #expect(try desk.load("wrong.jsonl").outcomes == [2, 2, 0, 0, 0, 0])
    #expect(difference(with, try desk.contents()) == [])
  }

  @Test func `what another log told as well stays as that log told it`() throws {
    try desk.load("wrong.jsonl", [answer("msg_1", ["tenant_id": "nobody"])])
    try desk.load("app.jsonl", [answer("msg_1", ["output_tokens": 150])])
    #expect(try desk.list(tenants) == "nobody 200")
    _ = try undo(1)
    #expect(try desk.list(tenants) == "cobalt-air 150")
  }

  @Test func `what it had superseded comes back`() throws {
    try desk.load("stream.jsonl", [answer("msg_1", ["output_tokens": 2])])
    try desk.load("final.jsonl", [answer("msg_1", ["output_tokens": 200])])
    _ = try undo(2)
    #expect(try desk.list(tenants) == "cobalt-air 2")
  }

  @Test func `an import that another one built on is taken back from under it`() throws {
    try desk.load("app.jsonl", [answer("msg_1")])
    try desk.append("app.jsonl", [answer("msg_2")])
    try desk.load("app.jsonl")
    _ = try undo(1)
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 1)
    // The log counts as unread, so the next import reads all of it.
    #expect(try desk.load("app.jsonl").outcomes == [2, 1, 0, 1, 0, 0])
  }

  @Test func `re-reading under another mapping is taken back as well`() throws {
    try desk.load("app.jsonl", [answer("msg_1", ["kunde": "brisk-parcel"])])
    let before = try desk.contents()
    try desk.load("app.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["kunde": .tenantID]
    }
    #expect(try desk.list(tenants) == "brisk-parcel 200")
    _ = try undo(2)
    #expect(difference(before, try desk.contents()) == [])
  }

  @Test func `a log that is re-read drops what it no longer tells, and undoing brings it back`()
    throws
  {
    try desk.load("app.jsonl", [answer("msg_1"), answer("msg_2")])
    let before = try desk.contents()
    // A mapping that makes every record unreadable.
    let summary = try desk.load("app.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["tenant_id": .occurredAt]
    }
    #expect(summary.rejected == 2)
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 0)
    #expect(try desk.wrongSums() == [])
    _ = try undo(2)
    #expect(difference(before, try desk.contents()) == [])
  }

  @Test func `an older telling of a bucket comes back`() throws {
    func page(_ tokens: Int) -> String {
      json([
        "data": [
          [
            "starting_at": "2026-11-03T00:00:00Z", "ending_at": "2026-11-04T00:00:00Z",
            "results": [["uncached_input_tokens": tokens, "output_tokens": 1, "model": "m"]],
          ]
        ], "has_more": false,
      ])
    }
    try desk.load("monday.json", [page(10)], touched: Desk.now)
    try desk.load("tuesday.json", [page(30)], touched: Desk.now + 60_000)
    #expect(try desk.list("SELECT input_tokens FROM usage_bucket") == "30")
    let summary = try undo(2)
    #expect(summary.buckets == 1)
    #expect(try desk.list("SELECT input_tokens FROM usage_bucket") == "10")
  }

  @Test func `hidden iterations go with their call`() throws {
    let usage: [String: Any] = [
      "input_tokens": 10, "output_tokens": 5,
      "iterations": [
        ["type": "compaction", "input_tokens": 900, "output_tokens": 80],
        ["type": "message", "input_tokens": 10, "output_tokens": 5],
      ],
    ]
    try desk.load("app.jsonl", [wrapped("msg_1", usage)])
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 2)
    _ = try undo(1)
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 0)
  }

  @Test func `a re-reading that was killed before its end stays open until the log is read`() throws
  {
    try desk.load("app.jsonl", [answer("msg_1")])
    // What a kill leaves when all is read, but not yet judged.
    try desk.write("UPDATE log_file SET is_rereading = 1")
    try desk.write("UPDATE import SET finished_at = NULL")
    try desk.load("other.jsonl", [answer("msg_2")])
    #expect(try desk.number("SELECT finished_at IS NULL FROM import WHERE id = 1") == 1)
    // It is read again, though nothing in it changed.
    #expect(try desk.load("app.jsonl").outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.number("SELECT COUNT(*) FROM import WHERE finished_at IS NULL") == 0)
    #expect(try desk.number("SELECT SUM(is_rereading) FROM log_file") == 0)
  }

  @Test func `what cannot be undone is said`() throws {
    try desk.load("app.jsonl", [answer("msg_1")])
    #expect(throws: StoreError.noImport(7)) { try undo(7) }
    _ = try undo(1)
    #expect(throws: StoreError.undone(1)) { try undo(1) }
  }
}
