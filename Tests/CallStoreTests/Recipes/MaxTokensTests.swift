import Foundation
import Tables
import Testing

@testable import CallStore

/// `max-tokens`: ceilings that are too high or too low, and only those.
@Suite struct MaxTokensTests {
  private func desk(_ outputs: [Int], ceiling: Int?, cut: Int = 0) throws -> Desk {
    let desk = try Desk()
    try desk.load(
      "calls.jsonl",
      outputs.enumerated().map { number, output in
        answer(
          "x\(number)", at: stamp(3, 9 + number / 60, number % 60),
          [
            "output_tokens": output, "max_tokens": ceiling ?? NSNull(),
            "stop_reason": number < cut ? "max_tokens" : "end_turn",
          ])
      })
    return desk
  }

  private func ask(_ desk: Desk, _ arguments: [String: String] = [:]) throws -> Answer {
    try desk.ask("max-tokens", from: "2026-11-03", to: "2026-11-04", arguments)
  }

  @Test func `unused head-room is told with a ceiling that would do`() throws {
    // 1 to 100 tokens: the 99th percentile is 99, four times that is 396.
    let answer = try ask(desk(Array(1...100), ceiling: 4096))
    #expect(
      answer.csv == """
        feature,max_tokens,spend_usd,n_calls,p50_tokens,p95_tokens,p99_tokens,longest_tokens,used_pct,headroom_tokens,n_cut,cut_usd,advice,suggested_tokens
        triage,4096,0.37575,100,50,95,99,100,2.4169921875,3997,0,0,lower,198

        """)
    #expect(try ask(desk(Array(1...100), ceiling: 396)).texts("advice") == [nil])
    #expect(try ask(desk(Array(1...100), ceiling: 397)).texts("advice") == ["lower"])
  }

  @Test func `answers that were cut off ask for more room, and show what they cost`() throws {
    // Two of a hundred are more than one per cent; 1,000 tokens in and 100 out cost $0.0045.
    let answer = try ask(desk(Array(repeating: 100, count: 100), ceiling: 100, cut: 2))
    #expect(try answer.texts("advice") == ["raise"])
    #expect(try answer.wholes("suggested_tokens") == [200])
    #expect(try answer.wholes("cut_usd") == [9_000_000])
    let healthy = try ask(desk(Array(repeating: 100, count: 100), ceiling: 100, cut: 1))
    #expect(try healthy.texts("advice") == [nil])
    #expect(try healthy.column("suggested_tokens") == [.null])
  }

  @Test func `there is no advice from few calls, nor where no ceiling was logged`() throws {
    #expect(try ask(desk(Array(1...29), ceiling: 4096)).texts("advice") == [nil])
    let unset = try ask(desk(Array(1...30), ceiling: nil))
    #expect(try unset.texts("advice") == [nil])
    #expect(try unset.wholes("suggested_tokens") == [60])
    #expect(try unset.column("used_pct") == [.null])
  }
}
