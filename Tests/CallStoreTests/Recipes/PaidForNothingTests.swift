import Tables
import Testing

@testable import CallStore

@Suite struct PaidForNothingTests {
  @Test func `an error with a price is shown with its dearest call`() throws {
    let planted = try Planted([
      Planted.call(1, at: 0, ["status_code": 500]),
      Planted.call(2, at: 1, ["status_code": 500, "output_tokens": 400]),
      Planted.call(3, at: 2, ["status_code": 429, "input_tokens": 0, "output_tokens": 0]),
      Planted.call(4, at: 3),
    ])
    let rows = try planted.rows("billed-errors")
    #expect(rows.count == 1)
    #expect(rows.first?["status_code"] == "500")
    #expect(rows.first?["n_billed"] == "2")
    #expect(rows.first?["billed_usd"] == "15000000")
    #expect(rows.first?["example"] == "r-2")
  }

  @Test func `refusals, failures and cut-off answers, each once`() throws {
    let planted = try Planted([
      Planted.call(1, at: 0, ["outcome": "errored", "stop_reason": "max_tokens"]),
      Planted.call(2, at: 1, ["stop_reason": "max_tokens"]),
      Planted.call(3, at: 2, ["stop_reason": "end_turn", "outcome": "succeeded"]),
      Planted.call(4, at: 3),
    ])
    let rows = try planted.rows("hidden-costs")
    #expect(Set(rows.compactMap { $0["hidden"] }) == ["failed", "cut off"])
    #expect(rows.allSatisfy { $0["hidden_usd"] == "6000000" && $0["share_pct"] == "25.0" })
    #expect(
      try planted.rows("hidden-costs", ["by": "feature"]).allSatisfy { $0["feature"] == "triage" })
  }

  @Test func `what has no price has no amount`() throws {
    let unpriced: [String: Any] = [
      "model": "claude-opus-6-preview", "latency_ms": 60_000, "session_id": "s-17",
      "stop_reason": "length",
    ]
    let planted = try Planted([
      Planted.call(1, at: 0, unpriced), Planted.call(2, at: 1, unpriced),
    ])
    let hidden = try planted.rows("hidden-costs")
    #expect(hidden.map { $0["hidden"] } == ["cut off"])
    #expect(hidden.first?["hidden_usd"] != "0")
    #expect(try planted.rows("slow-calls").first?["slow_usd"] != "0")
    #expect(try planted.rows("tool-recursion").first?["paid_usd"] != "0")
    #expect(try planted.rows("tool-recursion").first?["resent_usd"] != "0")
  }

  @Test func `the iterations inside a call are theirs`() throws {
    let desk = try Desk()
    try desk.load(
      "calls.jsonl",
      [
        json([
          "ts": "2026-11-03T09:00:00.000Z", "tenant": "cobalt-air", "route": "triage",
          "status": 200,
          "response": [
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-6",
            "content": [["type": "text", "text": "Done."]], "stop_reason": "end_turn",
            "usage": [
              "input_tokens": 1000, "output_tokens": 200,
              "iterations": [
                ["type": "compaction", "input_tokens": 5000, "output_tokens": 300],
                ["type": "message", "input_tokens": 1000, "output_tokens": 200],
              ],
            ],
          ],
        ])
      ])
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe("hidden-costs"), over: Selection(), asOf: 0)
    #expect(answer.table.rows.count == 1)
    #expect(answer.table.rows.first?.first == .text("compaction"))
    // 5,000 in at $3 and 300 out at $15 a million.
    #expect(answer.table.rows.first?.contains(.integer(19_500_000)) == true)
  }

  // MARK: - Tool loops

  /// The article's loop: four turns, 450 to 5,150 tokens in.
  private func loop(_ session: String, from number: Int, at time: Int64, cached: Bool = false)
    -> [String]
  {
    let turns = [(450, 80), (2030, 60), (4290, 60), (5150, 250)]
    return turns.enumerated().map { place, turn in
      let reads = cached && place > 0 ? turns[place - 1].0 : 0
      return Planted.call(
        number + place, at: time + Int64(place) * 10_000,
        [
          "session_id": session, "input_tokens": turn.0 - reads, "cache_read_tokens": reads,
          "output_tokens": turn.1,
        ])
    }
  }

  @Test func `a tool loop's re-sent input and what it cost`() throws {
    let planted = try Planted(loop("s-1", from: 0, at: 0) + loop("s-2", from: 10, at: 60_000))
    let row = try #require(try planted.rows("tool-recursion").first)
    // Of 11,920 tokens 530, 2,090 and 4,350 were sent before.
    #expect(row["resent_tokens"] == "\(2 * 6970)")
    #expect(row["n_following"] == "6")
    #expect(row["grown_pct"] == "100.0")
    // $3 a million for 11,920 in, $15 for 450 out; the re-sent part at $3.
    #expect(row["paid_usd"] == "\(2 * (11_920 * 3000 + 450 * 15_000))")
    #expect(row["resent_usd"] == "\(2 * 6970 * 3000)")
    // 20,910,000 of 42,510,000 is less than half.
    #expect(row["trap"] == "0")
    #expect(try planted.rows("tool-recursion", ["share": "49"]).map { $0["trap"] } == ["1"])
    let sessions = try planted.rows("tool-recursion", ["by": "session", "share": "49"])
    #expect(sessions.map { $0["session_id"] } == ["s-1", "s-2"])
    #expect(sessions.map { $0["trap"] } == ["1", "1"])
    #expect(
      try planted.rows("tool-recursion", ["share": "49", "turns": "7"]).map { $0["trap"] } == ["0"])
  }

  @Test func `what is read from the cache is re-sent at a tenth`() throws {
    let planted = try Planted(loop("s-1", from: 0, at: 0, cached: true))
    let row = try #require(try planted.rows("tool-recursion", ["share": "25"]).first)
    // 6,770 of the 6,970 were read.
    #expect(row["resent_usd"] == "\(6770 * 300 + 200 * 3000)")
    #expect(row["trap"] == "0")
  }
}
