import Foundation
import Tables
import Testing

@testable import CallStore

/// `repeat-prompts`: what could be stored or cached, and what is a storm.
@Suite struct RepeatPromptsTests {
  private func ask(_ lines: [String], _ arguments: [String: String] = [:]) throws -> Answer {
    let desk = try Desk()
    try desk.load("calls.jsonl", lines)
    return try desk.ask("repeat-prompts", from: "2026-11-03", to: "2026-11-04", arguments)
  }

  /// Every ten minutes, the same prompt unless changed.
  private func calls(
    _ count: Int, _ hash: String, _ change: (Int) -> [String: Any] = { _ in [:] }
  ) -> [String] {
    (0..<count).map { number in
      answer(
        "\(hash)-\(number)", at: stamp(3, 9 + number / 6, number % 6 * 10),
        ["prompt_hash": hash].merging(change(number)) { $1 })
    }
  }

  @Test func `a prompt sent word for word again is worth a stored answer`() throws {
    let answer = try ask(calls(5, "0000000000000001") + calls(4, "0000000000000002"))
    // Five at $0.006, ten minutes apart.
    #expect(
      answer.csv == """
        prompt_hash,feature,total_usd,repeats_usd,n_calls,n_repeats,gap_ms,largest_prompt_tokens,cache_hit_pct,remedy,first_at,last_at
        0000000000000001,triage,0.03,0.024,5,4,600000.0,1000,0.0,de-duplicate,2026-11-03T09:00:00.000Z,2026-11-03T09:40:00.000Z

        """)
    #expect(try ask(calls(4, "0000000000000002"), ["calls": "4"]).table.rows.count == 1)
  }

  @Test func `a shared beginning asks for a cache, unless one is at work`() throws {
    let template = calls(6, "0000000000000003") { ["input_tokens": 1000 + $0] }
    #expect(try ask(template).texts("remedy") == ["cache"])
    let cached = calls(6, "0000000000000004") {
      ["input_tokens": 1000 + $0, "cache_read_tokens": 300]
    }
    #expect(try ask(cached).texts("remedy") == [nil])
  }

  @Test func `a loop is called a storm, and failed calls are no repeats`() throws {
    let storm = (0..<101).map {
      answer(
        "storm-\($0)", at: "2026-11-03T09:00:\($0 % 60 < 10 ? "0" : "")\($0 % 60)Z",
        ["prompt_hash": "0000000000000005"])
    }
    #expect(try ask(storm).texts("remedy") == ["burst"])
    #expect(try ask(Array(storm.dropLast())).texts("remedy") == ["de-duplicate"])
    let failed = calls(8, "0000000000000006") {
      $0 < 4 ? ["status_code": 529, "input_tokens": NSNull(), "output_tokens": NSNull()] : [:]
    }
    #expect(try ask(failed).table.rows.isEmpty)
    #expect(try ask(failed, ["calls": "4"]).wholes("n_repeats") == [3])
  }
}
