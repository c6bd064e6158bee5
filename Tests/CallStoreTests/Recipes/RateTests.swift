import Foundation
import Tables
import Testing

@testable import CallStore

@Suite struct RateTests {
  /// An operation that was limited once and then answered; one whose answer was asked for again; 1 plain call.
  private static let calls = [
    Planted.call(
      1, at: 0,
      [
        "operation_id": "op-1", "status_code": 429, "input_tokens": 0, "output_tokens": 0,
        "latency_ms": 100,
      ]),
    Planted.call(2, at: 2_100, ["operation_id": "op-1", "latency_ms": 900]),
    Planted.call(3, at: 10_000, ["operation_id": "op-2", "latency_ms": 1_000]),
    Planted.call(4, at: 11_500, ["operation_id": "op-2", "latency_ms": 1_000]),
    Planted.call(5, at: 5 * Planted.minute, ["feature": "summarise", "status_code": 529]),
    Planted.call(6, at: 6 * Planted.minute, ["feature": "summarise", "attempt": 2]),
  ]

  @Test func `429s, retries, what they cost and what they waited`() throws {
    let planted = try Planted(Self.calls)
    let row = try #require(try planted.rows("rate-limits").first)
    #expect(row["n_calls"] == "6")
    #expect(row["n_operations"] == "3")
    #expect(row["n_limited"] == "1")
    #expect(row["n_server_errors"] == "1")
    #expect(row["n_retries"] == "3")
    #expect(row["peak_retries"] == "2")
    // The retry of the 429 is what its operation costs; of op-2 the first answer is lost.
    #expect(row["retries_usd"] == "18000000")
    #expect(row["superseded_usd"] == "6000000")
    #expect(row["waited_ms"] == "2500")
    #expect(row["limited_pct"]?.hasPrefix("16.66") == true)
  }

  @Test func `rows by feature and by minute`() throws {
    let planted = try Planted(Self.calls)
    let features = try planted.rows("rate-limits", ["by": "feature"])
    #expect(features.map { $0["feature"] } == ["triage", "summarise"])
    #expect(features.map { $0["n_retries"] } == ["2", "1"])
    let minutes = try planted.rows("rate-limits", ["per": "minute"])
    let starts: [Int64] = [0, 5, 6]
    let expected: [String?] = starts.map { "\(Planted.start + $0 * Planted.minute)" }
    #expect(minutes.map { $0["started_at"] } == expected)
    #expect(try planted.rows("rate-limits", ["per": "hour"]).count == 1)
  }

  @Test func `calls without a status have no share of errors`() throws {
    let planted = try Planted([Planted.call(1, at: 0, ["status_code": NSNull()])])
    #expect(try planted.rows("rate-limits").map { $0["limited_pct"] } == ["NULL"])
  }

  // MARK: - Head-room

  private func minutes() throws -> Planted {
    var calls: [String] = []
    // Nine calls in the first minute, one in the second; cache reads do not count, batches neither.
    for number in 0..<9 {
      calls.append(
        Planted.call(
          number, at: Int64(number) * 1000,
          ["cache_read_tokens": 50_000, "cache_create_tokens": 500]))
    }
    calls.append(Planted.call(20, at: 61_000))
    calls.append(Planted.call(21, at: 5_000, ["status_code": 429, "input_tokens": 0]))
    calls.append(Planted.call(22, at: 6_000, ["service_tier": "batch"]))
    calls.append(Planted.call(23, at: 7_000, ["model": "claude-sonnet-4-5"]))
    calls.append(Planted.call(24, at: 8_000, ["model": "claude-haiku-4-5"]))
    return try Planted(calls)
  }

  @Test func `the busiest minute beside the limit`() throws {
    let rows = try minutes().rows("rate-headroom", ["limits": "sonnet=12/20000/-"])
    let requests = try #require(
      rows.first { $0["limited"] == "sonnet" && $0["counts"] == "requests" })
    #expect(requests["peak_per_minute"] == "10")
    #expect(requests["limit_per_minute"] == "12")
    #expect(requests["used_pct"]?.hasPrefix("83.33") == true)
    #expect(requests["minutes_above"] == "1")
    #expect(requests["n_limited"] == "1")
    #expect(requests["peak_at"] == "\(Planted.start)")
    let input = try #require(
      rows.first { $0["limited"] == "sonnet" && $0["counts"] == "input tokens" })
    // Nine calls of 1,000 fresh and 500 written, one of 1,000.
    #expect(input["peak_per_minute"] == "14500")
    #expect(input["minutes_above"] == "0")
    let haiku = try #require(rows.first { $0["limited"] == "claude-haiku-4-5" })
    #expect(haiku["used_pct"] == "NULL")
  }

  @Test func `the closest limit counts, and one on everything beside it`() {
    let limits = RateLimit.parse("sonnet=10/-/-;claude-sonnet-4=5/-/-;all=100/-/-")
    #expect(RateLimit.names(of: "claude-sonnet-4-6", among: limits) == ["claude-sonnet-4", "all"])
    #expect(RateLimit.names(of: "claude-3-5-sonnet", among: limits) == ["sonnet", "all"])
    #expect(RateLimit.names(of: "claude-opus-4-8", among: limits) == ["claude-opus-4-8", "all"])
    let tier = RateLimit.tier(2)
    #expect(tier.map { RateLimit.parse($0.text) } == tier.map { [$0] })
    #expect(tier?.text == "~sonnet=1000/100000/-")
    #expect(RateLimit.tier(5) == nil)
  }
}
