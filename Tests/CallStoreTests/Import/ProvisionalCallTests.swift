import Foundation
import Testing

@testable import CallStore

/// A last row without its line break counts at once, and gives way to what it grows into.
@Suite struct ProvisionalCallTests {
  private let header = "occurred_at,model,input_tokens,output_tokens\n"
  private let row = "2026-11-03T09:00:00Z,claude-sonnet-4-6,1000,2"
  private let kept = "SELECT source_line, output_tokens FROM call ORDER BY 1, 2"
  private let noted = "SELECT provisional_hour IS NULL, provisional_identity IS NULL FROM log_file"

  @Test func `half a row without an id gives way to the whole one`() throws {
    let desk = try Desk()
    try desk.write("calls.csv", text: header + row)
    #expect(try desk.load("calls.csv").outcomes == [1, 1, 0, 0, 0, 0])
    #expect(try desk.list(noted) == "0 0")
    try desk.append("calls.csv", text: "00\n")
    let whole = try desk.load("calls.csv")
    #expect(whole.outcomes == [1, 1, 0, 0, 0, 0])
    #expect(try desk.list(kept) == "2 200")
    #expect(whole.costNanos == 198 * 15_000)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.list(noted) == "1 1")
  }

  @Test func `a row that was whole already is a duplicate`() throws {
    let desk = try Desk()
    try desk.write("calls.csv", text: header + row)
    try desk.load("calls.csv")
    try desk.append("calls.csv", text: "\n" + row + "3\n")
    #expect(try desk.load("calls.csv").outcomes == [2, 1, 0, 1, 0, 0])
    #expect(try desk.list(kept) == "2 2, 3 23")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `half a row that turns out to be none is taken back`() throws {
    let desk = try Desk()
    try desk.write("calls.csv", text: header + row)
    try desk.load("calls.csv")
    try desk.append("calls.csv", text: "x\n")
    let summary = try desk.load("calls.csv")
    #expect(summary.rejected == 1)
    #expect(try desk.number("SELECT COUNT(*) FROM call") == 0)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.number("SELECT SUM(cost_usd_nanos) FROM import") == 0)
  }

  @Test func `half a row gives way after a reading from the start too`() throws {
    let desk = try Desk()
    try desk.write("calls.csv", text: header + row + "\n" + row + "1")
    try desk.load("calls.csv")
    try desk.append("calls.csv", text: "7\n")
    try desk.load("calls.csv") { $0.rereads = true }
    #expect(try desk.list(kept) == "2 2, 3 217")
    #expect(try desk.wrongSums() == [])
  }

  @Test func `half an id gives way to the whole one`() throws {
    let desk = try Desk()
    let header = "occurred_at,model,output_tokens,request_id\n"
    try desk.write("calls.csv", text: header + "2026-11-03T09:00:00Z,claude-sonnet-4-6,7,msg_1")
    try desk.load("calls.csv")
    try desk.append("calls.csv", text: "2\n")
    try desk.load("calls.csv")
    #expect(try desk.list("SELECT message_id FROM call") == "msg_12")
    #expect(try desk.wrongSums() == [])
  }
}
