import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Histories in which a call moves, goes or comes back while something still knows it by where it was.
@Suite struct AwkwardHistoryTests {
  private static let early = "2026-11-03T09:58:00.000Z"
  private static let late = "2026-11-03T10:02:00.000Z"
  private let count = "SELECT COUNT(*) FROM llm_call"

  private func undo(_ id: Int64, _ desk: Desk) throws {
    _ = try ImportUndo(desk.file).undo(id, at: Desk.now)
  }

  private func merge(_ other: Desk, into desk: Desk) throws -> ImportSummary {
    var options = ImportOptions()
    options.now = Desk.now
    return try DatabaseMerge(into: desk.file, options: options).merge(other.file)
  }

  /// One call as an application knows it: by both ids, unless one is left out.
  private func told(
    message: String? = nil, request: String? = nil, at time: String = early,
    _ changes: [String: Any] = [:]
  ) -> String {
    var all = changes
    all["message_id"] = message
    all["request_id"] = request
    return answer(nil, at: time, all)
  }

  // MARK: - Re-reading

  @Test func `a call that two re-read logs no longer tell goes, though it moves in between`() throws
  {
    let desk = try Desk()
    // Both name the call's id under a field that the second reading takes it from.
    try desk.write("app.jsonl", [told(request: "req_wrong", ["right": "req_1"])])
    try desk.write("gateway.jsonl", [told(request: "req_wrong", at: Self.late, ["right": "req_1"])])
    try desk.load("app.jsonl", "gateway.jsonl")
    try desk.load("app.jsonl", "gateway.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["right": .requestID]
    }
    #expect(try desk.list("SELECT request_id FROM llm_call") == "req_1")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a confirmed telling is kept when another re-read log shows whose it is`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [told(request: "req_1", ["tenant_id": "alder-bank"])])
    try desk.write(
      "gateway.jsonl", [told(message: "msg_1", ["other": "req_1", "tenant_id": "brisk-parcel"])])
    try desk.load("app.jsonl", "gateway.jsonl")
    #expect(try desk.number(count) == 2)
    try desk.load("app.jsonl", "gateway.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["other": .requestID]
    }
    #expect(
      try desk.list("SELECT message_id, request_id, tenant_id FROM llm_call")
        == "msg_1 req_1 alder-bank")
  }

  @Test func `undoing the first of two re-readings leaves what the second one said`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [told(message: "msg_1", ["a": "alder-bank", "b": "brisk-parcel"])])
    try desk.load("app.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["a": .tenantID]
    }
    try desk.load("app.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["b": .tenantID]
    }
    try undo(2, desk)
    #expect(try desk.list("SELECT tenant_id FROM llm_call") == "brisk-parcel")
    try undo(3, desk)
    #expect(try desk.list("SELECT tenant_id FROM llm_call") == "cobalt-air")
    #expect(try desk.wrongSums() == [])
  }

  // MARK: - Dropped and restored

  /// A log whose call another reading knows by other ids, so that it goes, and comes back when that is undone.
  private func dropped(_ line: String, _ desk: Desk) throws {
    try desk.load("app.jsonl", [line])
    try desk.load("app.jsonl") {
      $0.rereads = true
      $0.reading.mapped = ["m": .messageID, "r": .requestID]
    }
  }

  @Test func `a restored call is one with what was told of it in the next hour meanwhile`() throws {
    let desk = try Desk()
    try dropped(told(message: "msg_1", ["m": "msg_9"]), desk)
    try desk.load("gateway.jsonl", [told(message: "msg_1", at: Self.late)])
    #expect(try desk.number(count) == 2)
    try undo(2, desk)
    #expect(try desk.number(count) == 1)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `a restored call is one with what was told of it by its other id meanwhile`() throws {
    for isRequest in [true, false] {
      let desk = try Desk()
      let both = told(message: "msg_1", request: "req_1", ["m": "msg_9", "r": "req_9"])
      let request = told(request: "req_1", ["m": "msg_9", "r": "req_9"])
      try dropped(isRequest ? request : both, desk)
      try desk.load("gateway.jsonl", [isRequest ? both : request])
      #expect(try desk.number(count) == 2)
      try undo(2, desk)
      #expect(try desk.number(count) == 1)
      #expect(try desk.wrongSums() == [])
    }
  }

  @Test func `a restored call is found by its other id again`() throws {
    let desk = try Desk()
    try dropped(told(message: "msg_1", request: "req_1", ["m": "msg_9", "r": "req_9"]), desk)
    try undo(2, desk)
    try desk.load("gateway.jsonl", [told(request: "req_1")])
    #expect(try desk.number(count) == 1)
  }

  @Test func `a second call of a message id is found again when the first was undone`() throws {
    let desk = try Desk()
    try desk.load("one.jsonl", [told(message: "msg_1", request: "req_1")])
    try desk.load("two.jsonl", [told(message: "msg_1", request: "req_2")])
    #expect(try desk.number(count) == 2)
    try undo(1, desk)
    try desk.load("three.jsonl", [told(message: "msg_1", request: "req_2")])
    #expect(try desk.number(count) == 1)
  }

  @Test func `an undone log is known by its bytes after it was rotated`() throws {
    let desk = try Desk()
    let old = (1...3).map { _ in answer(nil) }
    try desk.load("app.jsonl", old)
    try desk.append("app.jsonl", [answer("req_4")])
    try desk.load("app.jsonl")
    try undo(2, desk)
    try desk.write("app.jsonl.1", old + [answer("req_4")])
    try desk.write("app.jsonl", [answer("req_5")])
    try desk.load("app.jsonl", "app.jsonl.1") { $0.rereads = true }
    #expect(try desk.number(count) == 5)
    #expect(try desk.number("SELECT COUNT(*) FROM log_file") == 2)
    #expect(
      try desk.list("SELECT DISTINCT source_file FROM llm_call WHERE request_id = 'req_5'")
        == desk.path("app.jsonl"))
  }

  // MARK: - Other machines

  @Test func `what another database still says of our own logs changes nothing here`() throws {
    let desk = try Desk()
    let other = try Desk()
    try desk.load("app.jsonl", [told(message: "msg_1"), told(message: "msg_2")])
    _ = try merge(desk, into: other)
    try undo(1, desk)
    #expect(try desk.number(count) == 0)
    _ = try merge(other, into: desk)
    #expect(try desk.number(count) == 0)
  }

  @Test func `a database that says nothing any more is followed by an import that can be undone`()
    throws
  {
    let desk = try Desk()
    let other = try Desk()
    try other.load("app.jsonl", [told(message: "msg_1")])
    _ = try merge(other, into: desk)
    try undo(1, other)
    _ = try merge(other, into: desk)
    #expect(try desk.number(count) == 0)
    #expect(try desk.list("SELECT id FROM import ORDER BY id") == "1, 2")
    try undo(2, desk)
    #expect(try desk.number(count) == 1)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a call of which only a part is taken over has its price`() throws {
    let desk = try Desk()
    let other = try Desk()
    try desk.load("app.jsonl", [told(message: "msg_1")])
    _ = try merge(desk, into: other)
    try other.load("gateway.jsonl", [told(message: "msg_1")])
    try undo(1, desk)
    let summary = try merge(other, into: desk)
    // 1000 x 3 + 200 x 15 micro-dollars
    #expect(try desk.number("SELECT cost_usd_nanos FROM llm_call") == 6_000_000)
    #expect(summary.unpricedCalls == 0)
    #expect(summary.costNanos == 6_000_000)
    #expect(try desk.wrongSums() == [])
  }

  // MARK: - Without a time

  private func parsed(_ text: String) -> Any {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? [:]
  }

  /// A response in a wrapper that has its request's id, but no time.
  private func timeless(_ message: String, _ request: String) -> String {
    json(["request_id": request, "response": parsed(response(message))])
  }

  @Test func `a timeless record that knows both ids is found by the request`() throws {
    for isTogether in [true, false] {
      for isTimelessFirst in [true, false] {
        let desk = try Desk()
        try desk.write("raw.jsonl", [timeless("msg_1", "req_1")])
        try desk.write("app.jsonl", [told(request: "req_1")])
        let order = isTimelessFirst ? ["raw.jsonl", "app.jsonl"] : ["app.jsonl", "raw.jsonl"]
        if isTogether {
          #expect(try desk.load(order.map(desk.path)).rejected == 0)
        } else {
          for name in order { #expect(try desk.load(name).rejected == 0) }
        }
        let way = "\(isTogether) \(isTimelessFirst)"
        #expect(
          try desk.list("SELECT message_id, occurred_at_utc FROM llm_call")
            == "msg_1 \(Self.early)", "\(way)")
        #expect(try desk.wrongSums() == [])
        #expect(try desk.number("SELECT COUNT(*) FROM approximate_call") == 0)
      }
    }
  }

  @Test func `very many timeless records are found by the request`() throws {
    let desk = try Desk()
    let calls = 1...20_000
    try desk.load("app.jsonl", calls.map { told(request: "req_\($0)") })
    // More than two batches: the third is looked up in an index of all calls.
    try desk.load("raw.jsonl", calls.map { timeless("msg_\($0)", "req_\($0)") })
    #expect(try desk.number(count) == 20_000)
    #expect(try desk.number(count + " WHERE time_is_approximate OR message_id IS NULL") == 0)
  }

  // MARK: - Hidden calls and equal lines

  @Test func `hidden calls are found by the request of their call`() throws {
    let iterations: [[String: Any]] = [
      ["type": "compaction", "input_tokens": 50, "output_tokens": 5],
      ["type": "message", "input_tokens": 1000, "output_tokens": 200],
    ]
    let usage: [String: Any] = [
      "usage": ["input_tokens": 1000, "output_tokens": 200, "iterations": iterations],
      "input_tokens": NSNull(), "output_tokens": NSNull(), "cache_create_tokens": NSNull(),
      "cache_read_tokens": NSNull(),
    ]
    for names in [["one", "both"], ["both", "one"]] {
      let desk = try Desk()
      try desk.write("one.jsonl", [told(request: "req_1", usage)])
      try desk.write("both.jsonl", [told(message: "msg_1", request: "req_1", usage)])
      for name in names { try desk.load(name + ".jsonl") }
      #expect(
        try desk.list("SELECT kind FROM llm_call ORDER BY kind") == "call, compaction", "\(names)")
    }
  }

  @Test func `a copy's line that is repeated far below is one more call`() throws {
    let desk = try Desk()
    let line = answer(nil)
    let others = (1...400).map { answer("req_\($0)") }
    try desk.load("app.jsonl", [line] + others)
    try desk.load("copy.jsonl", [answer("req_0"), line] + others)
    try desk.append("copy.jsonl", [line])
    try desk.load("copy.jsonl")
    #expect(try desk.number(count) == 403)
  }

  @Test func `very many equal lines are told in passing`() throws {
    let desk = try Desk()
    let lines = [String](repeating: answer(nil), count: 20_000)
    try desk.load("app.jsonl", lines)
    try desk.append("app.jsonl", lines)
    try desk.load("app.jsonl")
    #expect(try desk.number(count) == 40_000)
  }
}
