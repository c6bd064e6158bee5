import Foundation
import Testing

@testable import CallStore

/// Records of one call find each other, whatever each of them knows of it.
@Suite struct JoiningTests {
  private let desk: Desk
  private let calls = "SELECT COUNT(*) || ' ' || SUM(output_tokens) FROM llm_call"

  init() throws { desk = try Desk() }

  /// Brisk Parcel's question as three logs tell it.
  private static let tellings = [
    "a transcript": answer(
      "req_1", ["message_id": "msg_1", "output_tokens": 318, "tenant_id": NSNull()]),
    "telemetry": answer("req_1", ["output_tokens": 318, "latency_ms": 8357]),
    "a response": answer(nil, ["message_id": "msg_1", "output_tokens": 1]),
  ]

  private static func answer(_ id: String?, _ changes: [String: Any]) -> String {
    CallStoreTests.answer(id, at: "2026-11-03T09:20:00Z", changes)
  }

  @Test(arguments: [
    ["a transcript", "telemetry", "a response"], ["telemetry", "a transcript", "a response"],
    ["telemetry", "a response", "a transcript"], ["a response", "telemetry", "a transcript"],
  ]) func `one call under two kinds of id is one call in every order`(order: [String]) throws {
    for (number, what) in order.enumerated() {
      try desk.load("\(number).jsonl", [try #require(Self.tellings[what])])
    }
    #expect(try desk.list(calls) == "1 318")
    #expect(try desk.list("SELECT message_id, request_id FROM llm_call") == "msg_1 req_1")
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `without the record that knows both ids there are two calls`() throws {
    for what in ["telemetry", "a response"] {
      try desk.load("\(what).jsonl", [try #require(Self.tellings[what])])
    }
    #expect(try desk.list(calls) == "2 319")
    try desk.load("transcript.jsonl", [try #require(Self.tellings["a transcript"])])
    #expect(try desk.list(calls) == "1 318")
    // Taken back, it joins nothing any more.
    _ = try ImportUndo(desk.file).undo(3, at: Desk.now)
    #expect(try desk.list(calls) == "2 319")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `an application's own request id joins nothing`() throws {
    let three = (1...3).map { Self.answer("job-7", ["message_id": "msg_\($0)"]) }
    try desk.load("app.jsonl", three)
    #expect(try desk.list(calls) == "3 600")
  }

  @Test(arguments: [true, false])
  func `a call whose times lie on both sides of the hour is one`(isEarlyFirst: Bool) throws {
    let times = ["2026-11-03T08:59:40Z", "2026-11-03T09:00:10Z"]
    for (number, time) in (isEarlyFirst ? times : times.reversed()).enumerated() {
      try desk.load("\(number).jsonl", [CallStoreTests.answer("msg_1", at: time)])
    }
    #expect(try desk.list(calls) == "1 200")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `two requests of the vendor's under one message id are two calls`() throws {
    let two = ["req_1", "req_2", "req_1", "req_2"].map {
      Self.answer($0, ["message_id": "msg_1"])
    }
    try desk.load("gateway.jsonl", two)
    try desk.load("again.jsonl", two.reversed())
    #expect(try desk.list(calls) == "2 400")
  }

  @Test(arguments: [true, false])
  func `a side conversation's replay is the call it replays`(isReplayFirst: Bool) throws {
    let lines = [
      transcript("req_main", output: 50, isSidechain: false),
      transcript("req_side", output: 90, isSidechain: true),
    ]
    let inOrder = isReplayFirst ? lines.reversed() : lines
    try desk.load("a.jsonl", [inOrder[0]])
    try desk.load("b.jsonl", [inOrder[1]])
    #expect(try desk.list(calls) == "1 50")
    #expect(try desk.list("SELECT request_id FROM llm_call") == "req_main")
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]])
  func `a replay hours later is the call it replays, at the call's own time`(order: [Int]) throws {
    let lines = [
      transcript("req_main", output: 50, isSidechain: false),
      transcript("req_side", output: 50, isSidechain: true, at: "2026-11-03T14:40:00.000Z"),
      Self.answer("req_main", ["output_tokens": 50]),
    ]
    for (number, line) in order.enumerated() { try desk.load("\(number).jsonl", [lines[line]]) }
    #expect(try desk.list(calls) == "1 50")
    #expect(
      try desk.list("SELECT occurred_at_utc FROM llm_call") == "2026-11-03T09:20:00.000Z")
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
    _ = try ImportUndo(desk.file).undo(Int64(1 + (order.firstIndex(of: 0) ?? 0)), at: Desk.now)
    #expect(try desk.number("SELECT COUNT(*) FROM llm_call") == 2)
    #expect(try desk.wrongSums() == [])
  }

  private func transcript(
    _ request: String, output: Int, isSidechain: Bool, at time: String = "2026-11-03T09:20:00.000Z"
  ) -> String {
    json([
      "type": "assistant", "uuid": "u-\(request)", "sessionId": "s-1", "requestId": request,
      "timestamp": time, "isSidechain": isSidechain,
      "message": [
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-6",
        "stop_reason": "end_turn", "usage": ["input_tokens": 10, "output_tokens": output],
      ],
    ])
  }
}
