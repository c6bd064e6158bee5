import Foundation
import Tables
import Testing

@testable import CallStore

/// `slow-calls`: exact percentiles, and the calls over the limit with their price.
@Suite struct SlowCallsTests {
  private func desk(_ latencies: [Int?]) throws -> Desk {
    let desk = try Desk()
    try desk.load(
      "calls.jsonl",
      latencies.enumerated().map { number, latency in
        answer(
          "l\(number)", at: stamp(3, 9, number),
          ["latency_ms": latency ?? NSNull(), "ttft_ms": number * 10])
      })
    return desk
  }

  @Test func `percentiles and slow calls, reckoned by hand`() throws {
    // Twenty calls of 1 to 20 seconds, and one that does not tell.
    let answer = try desk((1...20).map { $0 * 1000 } + [nil]).ask(
      "slow-calls", from: "2026-11-03", to: "2026-11-04", ["over": "18s"])
    #expect(
      answer.csv == """
        feature,model,n_calls,n_timed,p50_ms,p90_ms,p95_ms,p99_ms,slowest_ms,ttft_p50_ms,ttft_p95_ms,n_slow,slow_pct,slow_usd,slowest_call
        triage,claude-sonnet-4-6,21,20,10000,18000,19000,20000,20000,100,190,2,10.0,0.012,l19

        """)
  }

  @Test func `a call of just the limit is not over it`() throws {
    let desk = try desk([29_000, 30_000])
    let answer = try desk.ask("slow-calls", from: "2026-11-03", to: "2026-11-04")
    #expect(try answer.wholes("n_slow") == [0])
    #expect(try answer.column("slowest_call") == [.null])
    let later = try self.desk([29_000, 30_001]).ask(
      "slow-calls", from: "2026-11-03", to: "2026-11-04", ["by": "tenant"])
    #expect(try later.wholes("n_slow") == [1])
    #expect(try later.texts("slowest_call") == ["l1"])
  }
}
