import Tables
import Testing

@testable import CallStore

@Suite struct DeployTests {
  /// Calls of a deploy, ten minutes apart from a day on, with prompts of about one size.
  private func deploy(
    _ sha: String, day: Int64, calls: Int = 60, prompt: Int = 1000,
    _ changes: (Int) -> [String: Any] = { _ in [:] }
  ) -> [String] {
    (0..<calls).map { number in
      var own: [String: Any] = [
        "deploy_sha": sha, "input_tokens": prompt + (number % 5 - 2) * prompt / 50,
      ]
      own.merge(changes(number)) { $1 }
      return answer(
        "\(sha)-\(own["feature"] ?? "")-\(day)-\(number)", at: nil,
        ["occurred_at": Planted.start + day * Planted.day + Int64(number) * 10 * Planted.minute]
          .merging(own) { $1 })
    }
  }

  @Test func `a deploy that doubled the prompt is the one, with its price`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0) + deploy("bbbb", day: 2, prompt: 2000)
        + deploy("cccc", day: 4, prompt: 2000) + deploy("dddd", day: 6))
    let rows = try planted.rows("deploy-regressions")
    #expect(rows.map { $0["deploy_sha"] } == ["bbbb"])
    let row = try #require(rows.first)
    #expect(row["rose"] == "cost, prompt")
    #expect(row["shape"] == "step")
    #expect(row["before_tokens"] == "1000")
    #expect(row["after_tokens"] == "2000")
    #expect(row["before_usd"] == "6000000")
    #expect(row["after_usd"] == "9000000")
    #expect(row["cost_change_pct"] == "50.0")
    #expect(row["n_before"] == "60")
    #expect(row["previous_deploy"] == "aaaa")
    // 120 calls of two deploys, $0.003 each; from day 2 to ten hours into day 4.
    #expect(row["extra_usd"] == "\(120 * 3_000_000)")
    let span = 2 * Planted.day + 590 * Planted.minute
    #expect(row["extra_per_day_usd"] == "\(120 * 3_000_000 * Planted.day / span)")
    #expect(try planted.rows("deploy-regressions", ["change": "101"]).isEmpty)
    #expect(try planted.rows("deploy-regressions", ["calls": "61"]).isEmpty)
    #expect(try planted.rows("deploy-regressions", ["all": "yes"]).count == 3)
  }

  @Test func `a canary is compared beside the old deploy, and few calls are passed over`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0, calls: 300) + deploy("eeee", day: 1, calls: 20, prompt: 9000)
        + deploy("bbbb", day: 1, calls: 60, prompt: 1500))
    #expect(
      try planted.rows("deploy-regressions").map { $0["deploy_sha"] } == ["bbbb"])
  }

  @Test func `a deploy that never served the feature is not blamed`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0) + deploy("bbbb", day: 1) { _ in ["feature": "summarise"] }
        + deploy("cccc", day: 2, prompt: 1500))
    let rows = try planted.rows("deploy-regressions")
    #expect(rows.map { $0["deploy_sha"] } == ["cccc"])
    #expect(rows.map { $0["previous_deploy"] } == ["aaaa"])
  }

  @Test func `more traffic, noise and a retry's errors are no regression`() throws {
    let noisy: (Int) -> [String: Any] = { ["input_tokens": 500 + $0 * 7919 % 1500] }
    let planted = try Planted(
      deploy("aaaa", day: 0, calls: 60, noisy) + deploy("bbbb", day: 2, calls: 200, noisy)
        + deploy("bbbb", day: 8, calls: 200) { _ in
          ["status_code": 429, "input_tokens": 0, "output_tokens": 0, "prompt_hash": "x"]
        })
    #expect(try planted.rows("deploy-regressions").isEmpty)
  }

  @Test func `another mix of models is no changed prompt`() throws {
    func model(_ share: Int) -> (Int) -> [String: Any] {
      { ["model": $0 % 4 < share ? "claude-opus-4-6" : "claude-haiku-4-5"] }
    }
    let planted = try Planted(
      deploy("aaaa", day: 0, calls: 240, model(1)) + deploy("bbbb", day: 2, calls: 240, model(3)))
    let rows = try planted.rows("deploy-regressions")
    #expect(rows.map { $0["rose"] } == ["mix"])
    #expect(rows.map { $0["model"] } == ["(any)"])
    // Opus at $5 and $25, Haiku at $1 and $5: $0.010 and $0.002 a call.
    #expect(rows.map { $0["before_usd"] } == ["4000000"])
    #expect(rows.map { $0["after_usd"] } == ["8000000"])
    #expect(rows.map { $0["extra_usd"] } == ["\(240 * 4_000_000)"])
    let bisect = try planted.answer("deploy-bisect", ["feature": "triage"])
    #expect(bisect.notes.first == "no deploy moved the median cost by 20 % or more")
    #expect(
      bisect.notes.last == "bbbb sent 50 % of the calls to other models than aaaa, dearer")
  }

  @Test func `bisecting names the deploy that moved the feature`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0) + deploy("bbbb", day: 2) { ["output_tokens": 400 + $0 % 3] }
        + deploy("cccc", day: 4, prompt: 1300) { _ in
          ["cache_read_tokens": 3000, "output_tokens": 400]
        })
    let arguments = ["feature": "triage"]
    let cost = try planted.answer("deploy-bisect", arguments)
    #expect(cost.table.rows.map { $0[0] } == [.text("aaaa"), .text("bbbb"), .text("cccc")])
    #expect(
      cost.notes == [
        "bbbb moved the median cost of claude-sonnet-4-6 by +50 % "
          + "(60 calls of aaaa before, 60 after; confidence high)"
      ])
    for (metric, mover) in [("input", "cccc"), ("output", "bbbb"), ("cache", "cccc")] {
      let notes = try planted.answer("deploy-bisect", ["feature": "triage", "metric": metric]).notes
      #expect(notes.first?.hasPrefix("\(mover) moved") == true, "\(metric): \(notes)")
    }
    let none = try planted.answer("deploy-bisect", ["feature": "triage", "change": "400"])
    #expect(none.notes == ["no deploy moved the median cost by 400 % or more"])
    let unknown = try planted.answer("deploy-bisect", ["feature": "tagging"])
    #expect(unknown.notes.first?.hasSuffix("features that do: triage") == true)
  }

  @Test func `what grew while a deploy served is not surely its fault`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0)
        + deploy("bbbb", day: 2, calls: 120) { ["input_tokens": 1000 + $0 * 12] })
    let row = try #require(try planted.rows("deploy-regressions").first)
    #expect(row["rose"]?.hasSuffix("prompt") == true)
    #expect(row["shape"] == "gradual")
    let bisect = try planted.answer("deploy-bisect", ["feature": "triage", "metric": "input"])
    #expect(bisect.notes.first?.hasSuffix("confidence low)") == true)
    #expect(bisect.notes.contains { $0.hasSuffix("see input-creep") })
    #expect(bisect.table.rows.last?.last == .text("low"))
  }

  @Test func `a row's explanation covers what the row names`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0) + deploy("bbbb", day: 2, prompt: 2000))
    let row = try planted.database.explain(
      row: "1", of: Sample.recipe("deploy-regressions"),
      over: Selection(since: Planted.start, until: Planted.start + 14 * Planted.day),
      arguments: [:], asOf: 0, prices: PriceSettings())
    guard case .sum(let sum) = row else {
      Issue.record("no sum")
      return
    }
    #expect(sum.windows.first?.calls == 60)
  }
}
