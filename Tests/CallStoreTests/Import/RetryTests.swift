import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Records that could not be read are tried again; records that could are left alone.
@Suite struct RetryTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func retry(_ change: (inout ImportOptions) -> Void = { _ in }) throws -> ImportSummary {
    var options = ImportOptions()
    options.now = Desk.now
    change(&options)
    let summary = try Importer(into: desk.file, options: options).retryRejects()
    #expect(summary.addsUp)
    #expect(try desk.wrongSums() == [])
    return summary
  }

  private let late = [
    answer("msg_1"), answer("msg_2", at: nil, ["wann": "2026-11-03T09:00:00Z"]), "{\"broken",
    answer("msg_3"),
  ]

  @Test func `a mended setting takes in what it was that kept them out`() throws {
    try desk.load("app.jsonl", late)
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 2)
    #expect(try retry().outcomes == [2, 0, 0, 0, 2, 0])
    let summary = try retry { $0.reading.mapped = ["wann": .occurredAt] }
    #expect(summary.outcomes == [2, 1, 0, 0, 1, 0])
    #expect(try desk.list("SELECT line FROM reject") == "3")
    #expect(try desk.list("SELECT message_id FROM llm_call ORDER BY 1") == "msg_1, msg_2, msg_3")
  }

  @Test func `what was read is not read again, even under another mapping`() throws {
    try desk.load("app.jsonl", late)
    _ = try retry { $0.reading.mapped = ["wann": .occurredAt, "feature": .tenantID] }
    #expect(
      try desk.list("SELECT message_id, tenant_id FROM llm_call ORDER BY 1")
        == "msg_1 cobalt-air, msg_2 triage, msg_3 cobalt-air")
  }

  @Test func `equal lines without ids keep their count`() throws {
    let line = answer(nil, at: nil, ["wann": "2026-11-03T09:00:00Z"])
    try desk.load("app.jsonl", [answer(), line, answer(), line])
    _ = try retry { $0.reading.mapped = ["wann": .occurredAt] }
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 4)
    #expect(try desk.load("app.jsonl", with: { $0.rereads = true }).inserted == 0)
  }

  @Test func `a log that is another one by now is not tried`() throws {
    try desk.load("app.jsonl", late)
    try desk.write("app.jsonl", [answer("msg_9")])
    let summary = try retry()
    #expect(summary.records == 0)
    #expect(summary.failedFiles.count == 1)
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 2)
  }

  @Test func `a row of a page is tried at its own place`() throws {
    let page = json([
      "data": [
        [
          "starting_at": "2026-11-03T00:00:00Z", "ending_at": "2026-11-04T00:00:00Z",
          "results": [
            ["uncached_input_tokens": 5, "output_tokens": 1, "model": "a"],
            ["uncached_input_tokens": -5, "output_tokens": 1, "model": "b"],
          ],
        ]
      ], "has_more": false,
    ])
    try desk.load("page.json", [page])
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 1)
    let summary = try retry()
    #expect(summary.rejected == 1)
    #expect(try desk.number("SELECT COUNT(*) FROM reject") == 1)
    #expect(try desk.number("SELECT COUNT(*) FROM usage_bucket") == 1)
  }
}
