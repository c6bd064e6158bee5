import Foundation
import Testing

@testable import CallStore

/// A call counts once, however often and wherever it is told.
@Suite struct ExactlyOnceTests {
  private let id = "msg_01CobaltTriage"
  private let inBrief = """
    SELECT COUNT(*), SUM(output_tokens), SUM(cost_usd_nanos) FROM llm_call
    """
  /// 1,000 tokens in at $3, 200 out at $15 a million.
  private let once = "1 200 6000000"

  @Test func `importing twice changes nothing`() throws {
    let desk = try Desk()
    let first = try desk.load("app.jsonl", [answer(id), answer("msg_02")])
    #expect(first.outcomes == [2, 2, 0, 0, 0, 0])
    let again = try desk.load("app.jsonl")
    #expect(again.outcomes == [0, 0, 0, 0, 0, 0])
    #expect(again.unchangedFiles == 1)
    let reread = try desk.load("app.jsonl") { $0.rereads = true }
    #expect(reread.outcomes == [2, 0, 0, 2, 0, 0])
    #expect(try desk.list(inBrief) == "2 400 12000000")
  }

  @Test(arguments: runs(4)) func `flat, wrapped, CSV, dump and timeless tell one call`(
    seed: UInt64
  ) throws {
    let desk = try Desk()
    try desk.write("flat.jsonl", [answer(id)])
    try desk.write("wrapped.jsonl", [wrapped(id)])
    try desk.write(
      "calls.csv",
      [
        "model;occurred_at;request_id;input_tokens;output_tokens;tenant_id",
        "claude-sonnet-4-6;2026-11-03T09:00:00.000Z;\(id);1000;200;cobalt-air",
      ])
    try desk.write(
      "llm_call.tsv",
      [
        [
          "1", "2026-11-03 09:00:00.000", id, "cobalt-air", "triage", "3f9a1c7e",
          "claude-sonnet-4-6", "85bce1e35ceab3e9", "1000", "0", "0", "200", "6000", "200", "1500",
        ].joined(separator: "\t")
      ])
    try desk.write("sdk.jsonl", [response(id)])
    var dice = Dice(seed)
    let logs = ["flat.jsonl", "wrapped.jsonl", "calls.csv", "llm_call.tsv", "sdk.jsonl"]
      .shuffled(using: &dice)
    for log in logs {
      #expect(try desk.load(log).addsUp)
      #expect(try desk.wrongSums() == [], "\(logs) at \(log)")
    }
    #expect(try desk.list(inBrief) == once, "\(logs)")
    #expect(
      try desk.list("SELECT tenant_id, feature, occurred_at_utc, time_is_approximate FROM llm_call")
        == "cobalt-air triage 2026-11-03T09:00:00.000Z 0", "\(logs)")

    let together = try Desk()
    try together.load(logs.map { desk.path($0) })
    #expect(try together.list(inBrief) == once, "\(logs) in one import")
    #expect(try together.wrongSums() == [])
  }

  @Test func `a timeless response moves to its real hour when a log tells it`() throws {
    let desk = try Desk()
    let summary = try desk.load("sdk.jsonl", [response(id)])
    #expect(summary.approximateTimes == 1)
    let time = "SELECT occurred_at_utc, time_is_approximate FROM llm_call"
    #expect(try desk.list(time) == "2026-11-16T00:00:00.000Z 1")
    #expect(try desk.load("app.jsonl", [answer(id)]).outcomes == [1, 0, 1, 0, 0, 0])
    #expect(try desk.list(time) == "2026-11-03T09:00:00.000Z 0")
    #expect(try desk.list(inBrief) == once)
    #expect(try desk.number("SELECT COUNT(*) FROM approximate_call") == 0)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a timeless response of a call that was told with its time adds nothing`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer(id)])
    let summary = try desk.load("sdk.jsonl", [response(id)])
    #expect(summary.inserted == 0)
    #expect(try desk.list(inBrief) == once)
    #expect(try desk.number("SELECT COUNT(*) FROM approximate_call") == 0)
    #expect(try desk.wrongSums() == [])
  }

  @Test(arguments: [["app.jsonl", "sdk.jsonl"], ["sdk.jsonl", "app.jsonl"]])
  func `a timeless response joins its call in one import too`(order: [String]) throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer(id)])
    try desk.write("sdk.jsonl", [response(id)])
    let summary = try desk.load(order.map { desk.path($0) })
    #expect(summary.addsUp)
    #expect(try desk.list(inBrief) == once)
    #expect(try desk.number("SELECT COUNT(*) FROM approximate_call") == 0)
    #expect(try desk.list("SELECT occurred_at_utc FROM llm_call") == "2026-11-03T09:00:00.000Z")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a timeless response in two files of different days is one call`() throws {
    let desk = try Desk()
    try desk.load("monday.jsonl", [response(id)])
    try desk.load("tuesday.jsonl", [response(id)], touched: Desk.now + 86_400_000)
    #expect(try desk.list(inBrief) == once)
    #expect(try desk.wrongSums() == [])
  }

  /// A copy of an archive may say it is from 1970.
  @Test func `a timeless response in a file without a believable time is rejected`() throws {
    let desk = try Desk()
    try desk.write("sdk.jsonl", [response(id)], touched: 0)
    try desk.write("app.jsonl", [answer("msg_02")])
    let summary = try desk.load("sdk.jsonl", "app.jsonl")
    #expect(summary.outcomes == [2, 1, 0, 0, 1, 0])
  }

  @Test(arguments: [[2, 200], [200, 2], [2, 2, 200, 2]])
  func `the fullest record of a stream wins, whichever comes first`(outputs: [Int]) throws {
    let desk = try Desk()
    for (number, output) in outputs.enumerated() {
      let summary = try desk.load("\(number).jsonl", [answer(id, ["output_tokens": output])])
      #expect(summary.addsUp)
      #expect(try desk.wrongSums() == [])
    }
    #expect(try desk.list(inBrief) == once)

    let together = try Desk()
    let lines = outputs.map { answer(id, ["output_tokens": $0]) }
    #expect(try together.load("app.jsonl", lines).addsUp)
    #expect(try together.list(inBrief) == once)
    #expect(try together.wrongSums() == [])
  }

  @Test func `equal ids in different hours are two calls`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl", [answer(id), answer(id, at: "2026-11-03T10:00:00.000Z")])
    #expect(try desk.list(inBrief) == "2 400 12000000")
    // A response without a time is another telling of one of them, not a third.
    try desk.load("sdk.jsonl", [response(id)])
    #expect(try desk.list(inBrief) == "2 400 12000000")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `attempts under the caller's own id are calls of their own`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [answer("ticket-7", ["attempt": 1]), answer("ticket-7", ["attempt": 2]), answer("ticket-7")])
    #expect(try desk.list(inBrief) == "2 400 12000000")
  }

  @Test func `equally full records that disagree are counted as conflicts`() throws {
    var contents: [[String]] = []
    for order in [[1000, 1200], [1200, 1000]] {
      let desk = try Desk()
      let summary = try desk.load("app.jsonl", order.map { answer(id, ["input_tokens": $0]) })
      #expect(summary.conflicts == 1)
      #expect(summary.addsUp)
      #expect(try desk.number("SELECT conflicts FROM import") == 1)
      #expect(try desk.wrongSums() == [])
      contents.append(try desk.contents())
    }
    #expect(difference(contents[0], contents[1]) == [])
  }

  @Test func `a fuller record reveals the hidden iteration inside its call`() throws {
    let desk = try Desk()
    let iterations: [[String: Any]] = [
      [
        "type": "compaction", "input_tokens": 50_000, "output_tokens": 900,
        "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
      ],
      [
        "type": "message", "input_tokens": 1000, "output_tokens": 200,
        "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
      ],
    ]
    try desk.load("app.jsonl", [answer(id)])
    let summary = try desk.load("gateway.jsonl", [wrapped(id, ["iterations": iterations])])
    #expect(summary.outcomes == [1, 0, 1, 0, 0, 0])
    #expect(summary.extraCalls == 1)
    #expect(summary.costNanos == 163_500_000)
    #expect(
      try desk.list("SELECT kind, output_tokens, parent_call FROM llm_call ORDER BY kind")
        == "call 200 NULL, compaction 900 \(id)")
    #expect(try desk.wrongSums() == [])
    let again = try desk.load("gateway.jsonl") { $0.rereads = true }
    #expect(again.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(again.extraCalls == 0)
  }

  @Test(arguments: [["app.jsonl", "gateway.jsonl"], ["gateway.jsonl", "app.jsonl"]])
  func `a record that knows the tier prices the call again`(order: [String]) throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer(id)])
    try desk.write("gateway.jsonl", [wrapped(id, ["service_tier": "batch"])])
    for log in order { try desk.load(log) }
    #expect(try desk.list(inBrief) == "1 200 3000000")
    #expect(try desk.list("SELECT service_tier FROM llm_call") == "batch")
    #expect(try desk.wrongSums() == [])
  }
}
