import Tables
import Testing

@testable import CallStore

@Suite struct RetryStormTests {
  /// So many calls of one prompt, two seconds apart, from nine o'clock on.
  private func burst(
    _ count: Int, day: Int64 = 0, from first: Int = 0,
    _ changes: (Int) -> [String: Any] = { _ in [:] }
  ) -> [String] {
    (0..<count).map { number in
      Planted.call(
        first + number, at: day * Planted.day + 9 * Planted.hour + Int64(number) * 2000,
        changes(number))
    }
  }

  @Test func `101 calls within five minutes are a storm, 100 are none`() throws {
    let storm = try Planted(
      burst(101) { number in
        number < 40
          ? [
            "status_code": 529, "input_tokens": 0, "output_tokens": 0,
          ] : number == 100 ? ["feature": "summarise", "deploy_sha": "77aa01bc"] : [:]
      } + [Planted.call(900, at: 20 * Planted.hour)])
    let rows = try storm.rows("retry-storms")
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row["prompt_hash"] == "85bce1e35ceab3e9")
    #expect(row["storm_calls"] == "101")
    #expect(row["n_calls"] == "102")
    #expect(row["n_errors"] == "40")
    // 61 answered calls at $0.006.
    #expect(row["storm_usd"] == "\(61 * 6_000_000)")
    #expect(row["started_at"] == "\(Planted.start + 9 * Planted.hour)")
    #expect(row["ended_at"] == "\(Planted.start + 9 * Planted.hour + 200_000)")
    #expect(row["peak_per_minute"] == "30")
    #expect(row["features"] == "triage, summarise")
    #expect(row["deploys"] == "3f9a1c7e, 77aa01bc")
    #expect(row["tenants"] == "cobalt-air")
    #expect(try Planted(burst(100)).rows("retry-storms").isEmpty)
    #expect(try storm.rows("retry-storms", ["calls": "101"]).isEmpty)
    #expect(try storm.rows("retry-storms", ["within": "3m"]).isEmpty)
  }

  @Test func `a number too large for whole numbers is no crash`() throws {
    let most = "9223372036854775807"
    let planted = try Planted(burst(150))
    #expect(try planted.rows("retry-storms", ["surge": most]).isEmpty)
    #expect(try planted.rows("retry-storms", ["calls": most]).isEmpty)
    #expect(try planted.rows("cost-per-task", ["short": most, "calls-pct": most]).count == 1)
    #expect(
      try planted.rows("rate-headroom", ["above": most, "limits": "all=\(most)/1/1"]).count == 6)
  }

  @Test func `honest bulk work is counted, not shown`() throws {
    let honest: [(String, (Int) -> [String: Any])] = [
      ("batch tier", { _ in ["service_tier": "batch"] }),
      ("150 sessions", { ["session_id": "s-\($0)"] }),
      ("75 users", { ["user_id": "u-\($0 / 2)"] }),
      ("150 operations", { ["operation_id": "op-\($0)"] }),
    ]
    for (reason, changes) in honest {
      let planted = try Planted(burst(150, changes))
      let answer = try planted.answer("retry-storms")
      #expect(answer.table.rows.isEmpty, "\(reason)")
      #expect(answer.notes.first?.contains("1 more came as fast, 150 calls") == true)
      #expect(try planted.rows("retry-storms", ["all": "yes"]).map { $0["honest"] } == [reason])
    }
  }

  @Test func `failing or one-sided traffic is not honest`() throws {
    let faults: [(Int) -> [String: Any]] = [
      // Every client retries at once.
      { ["session_id": "s-\($0)", "status_code": $0 % 2 == 0 ? 529 : 200] },
      // One stuck session; operations are new each time.
      { ["session_id": "s-1", "operation_id": "op-\($0)"] },
      { ["user_id": $0 % 3 == 0 ? "ana" : "u-\($0)"] },
    ]
    for changes in faults {
      #expect(try Planted(burst(150, changes)).rows("retry-storms").count == 1)
    }
  }

  @Test func `a nightly job is usual from its fourth night on`() throws {
    let nights = (0..<6).flatMap { burst(150, day: Int64($0), from: $0 * 1000) }
    let planted = try Planted(nights)
    #expect(try planted.rows("retry-storms", days: 2..<3).count == 1)
    #expect(try planted.rows("retry-storms", days: 3..<4).isEmpty)
    #expect(
      try planted.rows("retry-storms", ["all": "yes"], days: 5..<6).map { $0["honest"] }
        == ["on 6 of 6 days"])
    // Its own window only is counted.
    #expect(
      try planted.rows("retry-storms", ["all": "yes"], days: 5..<6).map { $0["n_calls"] } == ["150"]
    )
  }

  @Test func `a loop whose prompt changes is found by its tool call`() throws {
    let planted = try Planted(
      burst(120) { ["prompt_hash": "prompt-\($0)", "tool_hash": "t-lookup"] })
    #expect(try planted.rows("retry-storms").isEmpty)
    let rows = try planted.rows("retry-storms", ["fingerprint": "tool"])
    #expect(rows.map { $0["tool_hash"] } == ["t-lookup"])
    #expect(rows.map { $0["storm_calls"] } == ["120"])
  }
}
