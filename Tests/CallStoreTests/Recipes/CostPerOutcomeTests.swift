import Foundation
import Tables
import Testing

@testable import CallStore

/// `cost-per-outcome`: both denominators, and silence where too little is known.
@Suite struct CostPerOutcomeTests {
  private func desk(_ calls: [[String: Any]]) throws -> Desk {
    let desk = try Desk()
    try desk.load(
      "calls.jsonl",
      calls.enumerated().map { answer("o\($0)", at: stamp(3, 9, $0), $1) })
    return desk
  }

  private func ask(_ desk: Desk, _ arguments: [String: String] = [:]) throws -> Answer {
    try desk.ask("cost-per-outcome", from: "2026-11-03", to: "2026-11-04", arguments)
  }

  /// Tells nothing of how it ended.
  private func silent(_ more: [String: Any] = [:]) -> [String: Any] {
    ["status_code": NSNull()].merging(more) { $1 }
  }

  @Test func `a session of ten calls with one success is one success`() throws {
    // Sessions: ten calls that succeed in the end, two that do not, one that says nothing.
    var calls = (0..<9).map { _ in silent(["session_id": "s-1"]) }
    calls += [["session_id": "s-1", "outcome": "succeeded"], ["session_id": "s-2"]]
    calls += [["session_id": "s-2", "outcome": "errored"], silent(["session_id": "s-3"])]
    let desk = try desk(calls)
    // $0.060, $0.012 and $0.006.
    #expect(
      try ask(desk).csv == """
        feature,spend_usd,per_success_usd,per_attempt_usd,failed_usd,n_attempts,n_successes,n_failures,success_pct,n_unknown,told_calls_pct,told_spend_pct,too_little
        triage,0.078,0.072,0.036,0.012,2,1,1,50.0,1,92.3076923076923,92.3076923076923,false

        """)
    // Call by call, three of thirteen say something.
    let single = try ask(desk, ["per": "call"])
    #expect(try single.wholes("n_attempts") == [3])
    #expect(try single.wholes("n_unknown") == [10])
    #expect(try single.column("per_success_usd") == [.null])
    #expect(try single.wholes("too_little") == [1])
  }

  @Test func `operations count where no session was logged, and calls where neither was`() throws {
    let desk = try desk([
      ["operation_id": "op-1", "outcome": "errored"],
      ["operation_id": "op-1", "outcome": "succeeded"],
      ["operation_id": "op-2", "outcome": "errored"],
      ["outcome": "succeeded"], ["outcome": "succeeded"], ["outcome": "refused"],
    ])
    let answer = try ask(desk)
    #expect(try answer.wholes("n_successes") == [3])
    #expect(try answer.wholes("n_failures") == [2])
    // Six calls at $0.006, three successes; op-2 and the last call are for nothing.
    #expect(try answer.column("per_success_usd") == [.real(12_000_000)])
    #expect(try answer.wholes("failed_usd") == [12_000_000])
    let single = try ask(desk, ["per": "call"])
    #expect(try single.wholes("n_successes") == [3])
    #expect(try single.wholes("n_failures") == [3])
  }

  @Test func `below half of the calls or of the spend no average is told`() throws {
    let told: [String: Any] = ["outcome": "succeeded"]
    #expect(try ask(desk([told, silent()])).wholes("too_little") == [0])
    let less = try desk([told, silent(), silent()])
    #expect(try ask(less).wholes("too_little") == [1])
    #expect(try ask(less).column("per_success_usd") == [.null])
    #expect(try ask(less).column("per_attempt_usd") == [.null])
    #expect(try ask(less, ["enough": "33"]).wholes("too_little") == [0])
    // Half of the calls, a third of the money.
    #expect(try ask(desk([told, silent(["input_tokens": 3000])])).wholes("too_little") == [1])
    // Nothing at all is never enough.
    #expect(try ask(desk([silent()]), ["enough": "0"]).wholes("too_little") == [1])
  }

  @Test func `what has no price has no average either`() throws {
    let answer = try ask(desk([["model": "claude-opus-6-preview"]]))
    #expect(try answer.wholes("n_successes") == [1])
    for column in ["spend_usd", "per_success_usd", "per_attempt_usd", "failed_usd"] {
      #expect(try answer.column(column) == [.null], "\(column)")
    }
  }

  @Test func `random attempts are those that a plain reading finds`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      var ends: [String: [String: Attempt]] = [:]
      for (number, call) in told.calls.enumerated() where told.isSelected(call, selection) {
        let unit =
          call.values[.session].map { "s \($0)" } ?? call.values[.operation].map { "o \($0)" }
          ?? "c \(number)"
        let feature = call.values[.feature] ?? Selection.none
        ends[feature, default: [:]][unit, default: Attempt()].add(call)
      }
      let answer = try told.desk.ask("cost-per-outcome", selection, ["enough": "0"])
      let names = try answer.texts("feature").map { $0 ?? Selection.none }
      for (row, name) in names.enumerated() {
        let units = try #require(ends[name]).values
        #expect(try answer.wholes("n_successes")[row] == units.count { $0.end?.verdict == 2 })
        #expect(try answer.wholes("n_failures")[row] == units.count { $0.end?.verdict == 1 })
        let failed = units.filter { $0.end?.verdict == 1 }.reduce(0) { $0 + $1.nanos }
        // NULL where nothing has a price.
        #expect(max(try answer.wholes("failed_usd")[row], 0) == failed)
      }
      #expect(names.count == ends.count)
    }
  }

  private struct Attempt {
    var nanos: Int64 = 0
    var end: (time: Int64, verdict: Int)?

    mutating func add(_ call: ToldUsage.Told) {
      nanos += call.amounts[12]
      guard let outcome = call.values[.outcome] else { return }
      let own = (time: call.occurredAt, verdict: outcome == "succeeded" ? 2 : 1)
      end = end.map { $0 < own ? own : $0 } ?? own
    }
  }
}
