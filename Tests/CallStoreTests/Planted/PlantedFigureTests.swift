import Tables
import Testing

@testable import CallStore

/// What the recipes say of the planted faults, against the second implementation, to the nano-dollar.
@Suite struct PlantedFigureTests {
  private func rows(
    _ recipe: String, _ arguments: [String: String] = [:], days: ClosedRange<Int> = 1...45
  ) throws -> FoundRows {
    try FaultProbe(
      recipe: recipe, arguments: arguments, days: days, findings: { _ in [] }, planted: [:]
    )
    .rows(in: PlantedFaults.desk(.all))
  }

  @Test(arguments: [("retry-storm", "prompt-hash"), ("tool-storm", "tool-hash")])
  func `a storm's calls, errors, cost and times`(fault: String, fingerprint: String) throws {
    let planted = try PlantedFaults.fault(fault)
    let found = try #require(try rows("retry-storms", ["fingerprint": fingerprint]).lines.first)
    #expect(found.number("storm_calls") == planted["faulty"]["calls"].number)
    #expect(found.number("n_errors") == planted["faulty"]["errors"].number)
    #expect(found.number("storm_usd") == planted["faulty"]["cost_usd_nanos"].number)
    #expect(found.number("started_at") == planted["evidence"]["started_at"].number)
    #expect(found.number("ended_at") == planted["evidence"]["ended_at"].number)
  }

  @Test func `what the runaway session cost`() throws {
    let found = try #require(try rows("sessions-over").lines.first)
    let planted = try PlantedFaults.fault("runaway-session")["faulty"]
    #expect(found.number("spend_usd") == planted["cost_usd_nanos"].number)
    #expect(found.number("n_calls") == planted["calls"].number)
  }

  @Test func `what the sessions of a tool recursion cost`() throws {
    let found = try rows("tool-recursion", ["by": "session"]).lines
    let sessions = try PlantedFaults.fault("tool-recursion")["evidence"]["sessions"]
    for line in found where line.number("trap") == 1 {
      let planted = sessions[line.text("session_id")]
      #expect(line.number("paid_usd") == planted["cost_usd_nanos"].number)
      #expect(line.number("n_calls") == planted["turns"].number)
    }
  }

  @Test func `what a bad deploy cost since`() throws {
    let planted = try PlantedFaults.fault("bad-deploy")["evidence"]
    let found = try #require(
      try rows("deploy-regressions").lines.first { $0.text("feature") == "answer-email" })
    // The average before is a whole number of nano-dollars there, and may be off by one for each call.
    let expected = try #require(planted["extra_usd_nanos"].number)
    #expect(abs(found.number("extra_usd") - expected) <= planted["calls_after"].number ?? 0)
  }

  @Test func `refused attempts, operations and waiting`() throws {
    let planted = try PlantedFaults.fault("rate-limited")["evidence"]["of_feature"]
    let found = try #require(
      try rows("rate-limits", ["by": "feature"]).lines
        .first { $0.text("feature") == "search-answers" })
    #expect(found.number("n_limited") == planted["refused_calls"].number)
    #expect(found.number("n_calls") == planted["calls"].number)
    #expect(found.number("n_operations") == planted["operations"].number)
    #expect(found.number("waited_ms") == planted["waited_ms"].number)
  }

  @Test func `errors that were billed`() throws {
    let planted = try PlantedFaults.fault("billed-errors")["faulty"]
    let found = try rows("billed-errors").lines
    #expect(found.map { $0.number("billed_usd") }.reduce(0, +) == planted["cost_usd_nanos"].number)
    #expect(found.map { $0.number("n_billed") }.reduce(0, +) == planted["calls"].number)
  }

  @Test func `compactions, refusals and answers cut off`() throws {
    let planted = try PlantedFaults.fault("hidden-costs")["evidence"]
    let cut = try PlantedFaults.fault("truncation")["evidence"]
    let found = try rows("hidden-costs").lines
    func cost(_ hidden: String) -> Int64 {
      found.filter { $0.text("hidden") == hidden }.map { $0.number("hidden_usd") }.reduce(0, +)
    }
    #expect(cost("compaction") == planted["compaction_usd_nanos"].number)
    #expect(cost("refused") == planted["refusal_usd_nanos"].number)
    #expect(cost("cut off") == cut["truncated_usd_nanos"].number)
  }

  @Test func `what a success and a failure cost`() throws {
    let planted = try PlantedFaults.fault("low-success")["evidence"]["faulty"]
    let found = try #require(
      try rows("cost-per-outcome").lines.first { $0.text("feature") == "refunds" })
    #expect(found.number("n_attempts") == planted["sessions"].number)
    #expect(found.number("n_successes") == planted["succeeded_sessions"].number)
    #expect(found.number("failed_usd") == planted["cost_of_failures_usd_nanos"].number)
    #expect(
      Int64(found.real("per_success_usd").rounded()) == planted["per_success_usd_nanos"].number)
    #expect(
      Int64(found.real("per_attempt_usd").rounded()) == planted["per_session_usd_nanos"].number)
  }

  @Test func `what left the place it was to stay in`() throws {
    let planted = try PlantedFaults.fault("residency")["faulty"]
    let found = try rows("residency", ["rules": "alder-bank=us"]).lines
      .filter { $0.number("violation") == 1 }
    #expect(found.map { $0.number("spend_usd") }.reduce(0, +) == planted["cost_usd_nanos"].number)
    #expect(found.map { $0.number("n_calls") }.reduce(0, +) == planted["calls"].number)
  }

  @Test func `head-room and answers that were cut`() throws {
    let headroom = try PlantedFaults.fault("headroom")["evidence"]
    let cut = try PlantedFaults.fault("truncation")["evidence"]
    let found = try rows("max-tokens", ["limit": "50"]).lines
    let tagging = try #require(found.first { $0.text("feature") == "tagging" })
    #expect(tagging.number("max_tokens") == headroom["max_tokens"].number)
    #expect(tagging.number("p99_tokens") == headroom["p99_output_tokens"].number)
    let notes = try #require(found.first { $0.text("feature") == "release-notes" })
    #expect(notes.number("n_cut") == cut["truncated_calls"].number)
    #expect(notes.number("cut_usd") == cut["truncated_usd_nanos"].number)
  }

  @Test func `what the dear model costs`() throws {
    let planted = try PlantedFaults.fault("dear-model")["faulty"]
    let found = try #require(
      try rows("cost-per-task", ["calls-pct": "2", "dear": "20"]).lines
        .first { $0.text("feature") == "sentiment" })
    #expect(found.number("dear_usd") == planted["cost_usd_nanos"].number)
  }

  @Test(arguments: ["triage", "search-answers", "code-review"])
  func `percentiles of latency are exact`(feature: String) throws {
    let planted = try PlantedFaults.expected.get()["latency"][feature]
    let found = try #require(
      try rows("slow-calls", ["by": "feature"]).lines.first { $0.text("feature") == feature })
    for percent in ["50", "90", "95", "99"] {
      #expect(found.number("p\(percent)_ms") == planted[percent].number)
    }
  }

  @Test func `a tenant's two weeks`() throws {
    let planted = try PlantedFaults.fault("tenant-growth")["evidence"]
    let found = try #require(
      try rows("tenant-trend", days: 39...45).lines
        .first { $0.text("tenant_id") == "brisk-parcel" })
    #expect(found.number("this_week_usd") == planted["this_week_usd_nanos"].number)
    #expect(found.number("last_week_usd") == planted["last_week_usd_nanos"].number)
  }

  @Test func `calls without labels, and without a price`() throws {
    let found = try rows("data-quality").lines
    func sum(_ column: String) -> Int64 { found.map { $0.number(column) }.reduce(0, +) }
    #expect(
      sum("no_tenant") == (try PlantedFaults.fault("missing-labels")["faulty"]["calls"].number))
    #expect(sum("n_unpriced") == (try PlantedFaults.fault("unpriced")["faulty"]["calls"].number))
  }

  @Test(arguments: ["feature", "tenant", "model", "tenant,model", "session"])
  func `spend adds up to the bill`(by: String) throws {
    let found = try rows("spend", ["by": by]).lines
    let bill = try PlantedFaults.expected.get()["all_faults"]["cost_usd_nanos"].number
    #expect(found.map { $0.number("spend_usd") }.reduce(0, +) == bill)
  }
}
