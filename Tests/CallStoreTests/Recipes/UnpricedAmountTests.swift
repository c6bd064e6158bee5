import Foundation
import Tables
import Testing

@testable import CallStore

/// What has no price is no money: NULL, and never 0.
@Suite struct UnpricedAmountTests {
  private static let preview = "claude-opus-6-preview"

  /// Sixty calls of a deploy, ten minutes apart from a day on.
  private func deploy(_ sha: String, day: Int64, prompt: Int, _ models: [String]) -> [String] {
    (0..<60).map { number in
      Planted.call(
        Int(day) * 1000 + number, at: day * Planted.day + Int64(number) * 10 * Planted.minute,
        [
          "deploy_sha": sha, "input_tokens": prompt + (number % 5 - 2) * prompt / 50,
          "model": models[number % models.count],
        ])
    }
  }

  @Test func `a deploy's extra cost is not known where one side has no price`() throws {
    let planted = try Planted(
      deploy("aaaa", day: 0, prompt: 1000, [Self.preview])
        + deploy("bbbb", day: 2, prompt: 2000, [Self.preview]))
    let row = try #require(try planted.rows("deploy-regressions").first)
    #expect(row["rose"] == "prompt")
    #expect(row["extra_usd"] == "NULL")
    #expect(row["extra_per_day_usd"] == "NULL")
    let steps = try planted.rows("deploy-bisect", ["feature": "triage", "metric": "input"])
    #expect(steps.map { $0["paid_usd"] } == ["NULL", "NULL"])
  }

  @Test func `a mix with a model that has no price has no cost`() throws {
    let sonnet = "claude-sonnet-4-6"
    let planted = try Planted(
      deploy("aaaa", day: 0, prompt: 1000, [sonnet])
        + deploy("bbbb", day: 2, prompt: 1000, [sonnet, Self.preview]))
    let rows = try planted.rows("deploy-regressions", ["all": "yes", "calls": "10"])
    let mix = try #require(rows.first { $0["model"] == Selection.any })
    for column in ["extra_usd", "extra_per_day_usd", "before_usd", "after_usd", "cost_change_pct"] {
      #expect(mix[column] == "NULL", "\(column)")
    }
    #expect(mix["rose"] == "NULL")
  }

  /// Ten days of 30 calls, a thousand tokens and then 1,300; some days at a model without a price.
  private func creep(unpriced: Set<Int>) throws -> Planted {
    var lines: [String] = []
    for day in 0..<10 {
      let size = day < 5 ? 1000 : 1300
      let model = unpriced.contains(day) ? Self.preview : "claude-sonnet-4-6"
      let start = Int64(day) * Planted.day + Planted.hour
      for number in 0..<30 {
        let own: [String: Any] = ["input_tokens": size + number % 5 - 2, "model": model]
        lines.append(
          Planted.call(day * 1000 + number, at: start + Int64(number) * Planted.minute, own))
      }
    }
    return try Planted(lines)
  }

  @Test func `days without a price make a rise neither dearer nor cheaper`() throws {
    // 300 tokens more in each of 30 priced calls a day, at $3 a million.
    func extra(_ unpriced: Set<Int>) throws -> String? {
      try creep(unpriced: unpriced).rows("input-creep").first?["extra_usd"]
    }
    #expect(try extra([]) == "\(5 * 30 * 300 * 3000)")
    #expect(try extra([7, 8]) == "\(3 * 30 * 300 * 3000)")
    #expect(try extra([1]) == "\(5 * 30 * 300 * 3000)")
    #expect(try extra([5, 6, 7, 8, 9]) == "NULL")
    #expect(try extra([0, 1, 2, 3, 4]) == "NULL")
    let daily = try creep(unpriced: [3]).rows("input-creep", ["show": "days"])
    #expect(daily.map { $0["paid_usd"] }[3] == "NULL")
  }

  @Test func `answers that were cut off without a price cost nobody knows what`() throws {
    let planted = try Planted(
      (0..<40).map {
        Planted.call(
          $0, at: Int64($0) * Planted.minute,
          [
            "model": Self.preview, "max_tokens": 200,
            "stop_reason": $0 < 5 ? "max_tokens" : "end_turn",
          ])
      })
    let row = try #require(try planted.rows("max-tokens").first)
    #expect(row["n_cut"] == "5")
    #expect(row["cut_usd"] == "NULL")
  }

  @Test func `a session says how many of its calls have no price`() throws {
    func call(_ number: Int, _ session: String, _ model: String) -> String {
      Planted.call(
        number, at: Int64(number) * Planted.minute, ["session_id": session, "model": model])
    }
    // $0.012 and three calls nobody knows the price of; only such calls; an error without usage.
    let planted = try Planted(
      (0..<5).map { call($0, "s-a", $0 < 2 ? "claude-sonnet-4-6" : Self.preview) }
        + (5..<9).map { call($0, "s-b", Self.preview) }
        + [
          Planted.call(
            9, at: Planted.hour,
            [
              "session_id": "s-a", "status_code": 429, "input_tokens": NSNull(),
              "output_tokens": NSNull(), "cache_create_tokens": NSNull(),
              "cache_read_tokens": NSNull(),
            ])
        ])
    let answer = try planted.answer("sessions-over", ["usd": "0.01"])
    #expect(try answer.texts("session_id") == ["s-a"])
    #expect(try answer.wholes("spend_usd") == [12_000_000])
    #expect(try answer.wholes("n_unpriced") == [3])
    #expect(
      answer.notes == [
        "1 session at or below the threshold cost an unknown amount (4 calls without a price)"
      ])
  }
}
