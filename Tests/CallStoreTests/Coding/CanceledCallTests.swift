import Testing
import UsageLog

@testable import CallStore

/// What came to nothing: free where a batch says so, or where nothing was used.
@Suite struct CanceledCallTests {
  @Test(arguments: ["canceled", "expired", "errored"])
  func `is free in a batch or without usage alone`(
    outcome: String
  ) throws {
    let desk = try Desk()
    let nothing: [String: Any] = ["input_tokens": 0, "output_tokens": 0]
    try desk.load(
      "app.jsonl",
      [
        answer("msg_1", ["outcome": outcome]),
        answer("msg_2", ["outcome": outcome, "service_tier": "batch"]),
        answer("msg_3", (["outcome": outcome] as [String: Any]).merging(nothing) { $1 }),
      ])
    #expect(
      try desk.list("SELECT cost_usd_nanos FROM call ORDER BY message_id") == "6000000, 0, 0")
    // The same from the stored columns, where two records are merged.
    try desk.load("more.jsonl", (1...3).map { answer("msg_\($0)", ["user_id": "ana"]) })
    #expect(
      try desk.number("SELECT cost_usd_nanos FROM call WHERE message_id = 'msg_1'") == 6_000_000)
    #expect(try desk.number("SELECT cost_usd_nanos FROM call WHERE message_id = 'msg_2'") == 0)
  }
}
