import Testing

@testable import CallStore

/// A call is found by whatever anybody knows of it.
@Suite struct ExplainLookupTests {
  private func found(_ id: String, in desk: Desk) throws -> [Explanation] {
    try CallDatabase(desk.file).explain(id, prices: PriceSettings())
  }

  private func costs(_ id: String, in desk: Desk) throws -> [Int64?] {
    try found(id, in: desk).map(\.stored.costNanos)
  }

  @Test func `a request id, a message id, a key and a line lead to one call`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [
        answer("req_1"), answer("req_2", ["input_tokens": 7, "message_id": "msg_2"]),
        answer(nil, at: "2026-11-04T09:00:00.000Z", ["input_tokens": 9]),
      ])
    for id in ["req_2", "msg_2", "app.jsonl:2", desk.path("app.jsonl") + ":2"] {
      #expect(try costs(id, in: desk) == [3_021_000], "\(id)")
    }
    let unnamed = try #require(try found("app.jsonl:3", in: desk).first)
    #expect(unnamed.stored.costNanos == 3_027_000)
    #expect(try found(unnamed.key, in: desk).map(\.key) == [unnamed.key])
    #expect(unnamed.tellings.map(\.line) == [3])
  }

  @Test func `an id of the application's own beside a message id is found, too`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("order-77", ["message_id": "msg_7"])])
    #expect(try costs("order-77", in: desk) == [3_000_000 + 3_000_000])
  }

  @Test func `attempts under one id are all shown, in their order`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [
        answer("job-5", at: "2026-11-03T09:59:59.000Z", ["attempt": 1, "status_code": 529]),
        answer("job-5", at: "2026-11-03T10:00:09.000Z", ["attempt": 2, "input_tokens": 50]),
      ])
    #expect(try costs("job-5", in: desk) == [6_000_000, 3_150_000])
  }

  @Test func `several calls on one line are all explained, an iteration by its key`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [
        wrapped(
          "msg_1",
          [
            "iterations": [
              ["type": "compaction", "input_tokens": 100, "output_tokens": 10],
              ["type": "message", "input_tokens": 1000, "output_tokens": 200],
            ]
          ])
      ])
    let call = try #require(try found("msg_1", in: desk).first)
    #expect(call.iterations.map(\.kind) == ["compaction"])
    #expect(call.totalNanos == 6_450_000)
    let hidden = try #require(try found(call.iterations[0].key, in: desk).first)
    #expect(hidden.kind == "compaction" && hidden.insideOf == call.key)
    #expect(try found("app.jsonl:1", in: desk).map(\.key) == [call.key])
  }

  @Test func `each log that tells of a call is shown, and which of them decided`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("req_1", ["message_id": "msg_1", "output_tokens": 1])])
    try desk.load("gateway.jsonl", [wrapped("msg_1")])
    let call = try #require(try found("req_1", in: desk).first)
    #expect(call.tellings.map { $0.file == desk.path("app.jsonl") } == [true, false])
    #expect(call.tellings.map(\.decidesUsage) == [false, true])
    #expect(call.tellings.map(\.importID) == [1, 2])
    #expect(call.tellings.allSatisfy { $0.importedAt == Desk.now })
    #expect(try found("gateway.jsonl:1", in: desk).map(\.key) == [call.key])
  }

  @Test func `what is not known says what ids look like`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("req_1"), "nonsense"])
    #expect(throws: ExplainError.unknownID("req_9")) { try found("req_9", in: desk) }
    #expect(throws: ExplainError.noCallOnLine(file: "app.jsonl", line: 2)) {
      try found("app.jsonl:2", in: desk)
    }
    #expect(throws: ExplainError.unknownID("other.jsonl:2")) {
      try found("other.jsonl:2", in: desk)
    }
    #expect("\(ExplainError.unknownID("x"))".contains("forensics calls"))
  }
}
