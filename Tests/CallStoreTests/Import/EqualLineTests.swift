import Foundation
import Testing

@testable import CallStore

/// Calls without any id: the line is the call, and equal lines are as many calls as there are lines.
@Suite struct EqualLineTests {
  private let line = answer(nil)
  private let count = "SELECT COUNT(*) FROM llm_call"

  @Test func `equal lines are calls of their own`() throws {
    let desk = try Desk()
    let summary = try desk.load(
      "batch.jsonl", [line, line, answer(nil, ["output_tokens": 7]), line])
    #expect(summary.outcomes == [4, 4, 0, 0, 0, 0])
    #expect(try desk.number(count) == 4)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `reading the log again or a copy of it adds none`() throws {
    let desk = try Desk()
    let lines = [line, line, answer(nil, ["output_tokens": 7]), line]
    try desk.load("batch.jsonl", lines)
    #expect(try desk.load("batch.jsonl") { $0.rereads = true }.outcomes == [4, 0, 0, 4, 0, 0])
    #expect(try desk.load("copy.jsonl", lines).inserted == 0)
    #expect(try desk.load("copy.jsonl") { $0.rereads = true }.inserted == 0)
    // Not known by its first bytes, but its lines are.
    #expect(try desk.load("longer.jsonl", [answer("msg_02")] + lines).inserted == 1)
    #expect(try desk.number(count) == 5)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `an equal line that is appended later is one more call`() throws {
    let desk = try Desk()
    try desk.load("batch.jsonl", [line, line])
    for expected in 3...5 as ClosedRange<Int64> {
      try desk.append("batch.jsonl", [line])
      #expect(try desk.load("batch.jsonl").outcomes == [1, 1, 0, 0, 0, 0])
      #expect(try desk.number(count) == expected)
      #expect(try desk.wrongSums() == [])
    }
    try desk.append("batch.jsonl", [line, line])
    try desk.load("batch.jsonl")
    #expect(try desk.number(count) == 7)
    #expect(try desk.load("batch.jsonl") { $0.rereads = true }.outcomes == [7, 0, 0, 7, 0, 0])
    #expect(try desk.number(count) == 7)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `an equal line that only the copy has is one more call`() throws {
    let desk = try Desk()
    try desk.load("batch.jsonl", [line, line])
    try desk.load("copy.jsonl", [answer("msg_02"), line, line])
    try desk.append("copy.jsonl", [line])
    try desk.load("copy.jsonl")
    #expect(try desk.number(count) == 4)
    #expect(try desk.load("copy.jsonl") { $0.rereads = true }.inserted == 0)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `re-reading a log that was rewritten counts its old lines once`() throws {
    let desk = try Desk()
    let padding = (0..<40).map { answer("msg_\($0)") }
    try desk.load("batch.jsonl", padding + [line])
    try desk.write(
      "batch.jsonl", padding + [answer("msg_new"), line], touched: Desk.now + 60_000)
    try desk.load("batch.jsonl") { $0.rereads = true }
    #expect(try desk.number(count) == 42)
    #expect(try desk.wrongSums() == [])
  }

}
