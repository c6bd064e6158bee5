import Tables
import Testing

@testable import CallStore

/// `sessions-over` finds the dear sessions and says what it left out.
@Suite struct SessionsOverTests {
  /// Each of these calls costs $0.006; `growing` ones $0.003 more for each 1,000 tokens of input.
  private func desk() throws -> Desk {
    let desk = try Desk()
    var lines = (0..<3).map { number in
      answer(
        "a\(number)", at: stamp(3, 9, number * 7),
        ["session_id": "s-a", "user_id": "u-117", "input_tokens": 1000 * (number + 1)])
    }
    lines += (0..<2).map { answer("b\($0)", at: stamp(3, 10, $0), ["session_id": "s-b"]) }
    lines += [answer("c", at: stamp(3, 11)), answer("d", at: stamp(3, 12), ["session_id": "s-d"])]
    try desk.load("calls.jsonl", lines)
    return desk
  }

  @Test func `a session above the threshold is found with its evidence, one at it is not`() throws {
    // s-a: 0.006 + 0.009 + 0.012 = 0.027; s-b: 0.012; s-d: 0.006; none: 0.006.
    let answer = try desk().ask(
      "sessions-over", from: "2026-11-03", to: "2026-11-04", ["usd": "0.012"])
    #expect(
      answer.csv == """
        session_id,main_feature,tenant,user,spend_usd,n_calls,n_unpriced,span_ms,started_at,largest_prompt_tokens
        s-a,triage,cobalt-air,u-117,0.027,3,0,840000,2026-11-03T09:00:00.000Z,3000

        """)
    #expect(
      Set(answer.notes) == [
        "2 sessions at or below the threshold cost $0.02",
        "1 call without a session id cost $0.01",
      ])
    let more = try desk().ask(
      "sessions-over", from: "2026-11-03", to: "2026-11-04", ["usd": "0.011999999", "limit": "1"])
    #expect(try more.texts("session_id") == ["s-a"])
    #expect(more.notes.contains("1 more above the threshold cost $0.01; see --limit"))
  }

  @Test func `by default a session may cost a dollar`() throws {
    let answer = try desk().ask("sessions-over", from: "2026-11-03", to: "2026-11-04")
    #expect(answer.table.rows.isEmpty)
  }

  @Test func `random sessions come to their calls' sums`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let expected = told.expected(selection, by: .session).filter { $0.value[12] > 20_000_000 }
      let answer = try told.desk.ask("sessions-over", selection, ["usd": "0.02"])
      var spend: [String: Int64] = [:]
      for (name, nanos) in zip(try answer.texts("session_id"), try answer.wholes("spend_usd")) {
        spend[name ?? ""] = nanos
      }
      #expect(spend == expected.mapValues { $0[12] }.filter { $0.key != Selection.none })
    }
  }
}
