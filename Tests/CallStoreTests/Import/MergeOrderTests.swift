import Foundation
import Testing

@testable import CallStore

/// What a call cost, and how it counts, does not depend on which of its records came first.
@Suite struct MergeOrderTests {
  private static let id = "msg_01"

  private static let pairs: [(what: String, one: String, other: String)] = [
    ("a stream's start", answer(id, ["output_tokens": 2]), answer(id)),
    (
      "the one-hour part of another count of cache writes",
      answer(id, ["cache_create_tokens": 50, "cache_create_1h_tokens": 40, "output_tokens": 1]),
      answer(id, ["cache_create_tokens": 100])
    ),
    (
      "the one-hour part of the same count of cache writes",
      answer(id, ["cache_create_tokens": 100, "cache_create_1h_tokens": 40, "output_tokens": 1]),
      answer(id, ["cache_create_tokens": 100])
    ),
    (
      "the model as a partial record spelt it",
      answer(id, ["model": "us.anthropic.claude-sonnet-4-6-v1:0", "output_tokens": 2]),
      answer(id, ["channel": "anthropic"])
    ),
    (
      "another model in a partial record",
      answer(id, ["model": "claude-opus-4-6", "output_tokens": 2]), answer(id)
    ),
    (
      "another channel", answer(id, ["channel": "bedrock", "region": "us-east-1"]),
      answer(id, ["channel": "anthropic", "output_tokens": 201])
    ),
    (
      "another region", answer(id, ["channel": "vertex", "region": "europe-west1"]),
      answer(id, ["channel": "vertex", "region": "global"])
    ),
    (
      "an error before the answer",
      answer(
        "req_7",
        [
          "status_code": 529, "input_tokens": NSNull(), "output_tokens": NSNull(),
          "cache_create_tokens": NSNull(), "cache_read_tokens": NSNull(),
        ]), answer("req_7")
    ),
    ("another status", answer(id, ["status_code": 400]), answer(id)),
    ("another model, equally full", answer(id, ["model": "claude-opus-4-6"]), answer(id)),
    (
      "another tier, equally full", answer(id, ["service_tier": "batch"]),
      answer(id, ["service_tier": "standard"])
    ),
    (
      "another speed, equally full", answer(id, ["speed": "fast"]),
      answer(id, ["speed": "standard"])
    ),
    (
      "other searches, equally full", answer(id, ["web_search_requests": 3]),
      answer(id, ["web_search_requests": 1])
    ),
    (
      "a tier that only one knows", answer(id, ["service_tier": "batch"]),
      answer(id, ["output_tokens": 300])
    ),
    (
      "no usage at all",
      answer(
        id,
        [
          "input_tokens": NSNull(), "output_tokens": NSNull(),
          "cache_create_tokens": NSNull(), "cache_read_tokens": NSNull(), "stop_reason": "end_turn",
        ]), answer(id)
    ),
  ]

  @Test(arguments: pairs.indices) func `two records in either order are the same call`(
    index: Int
  ) throws {
    let (what, one, other) = Self.pairs[index]
    var told: [[String]] = []
    for lines in [[one, other], [other, one]] {
      let together = try Desk()
      // Names get their codes in another order each time.
      let first = answer("msg_00", ["model": "claude-opus-4-6", "service_tier": "standard"])
      try together.load("app.jsonl", [first] + lines)
      let apart = try Desk()
      for (number, line) in lines.enumerated() { try apart.load("\(number).jsonl", [line]) }
      try apart.load("app.jsonl", [first])
      for desk in [together, apart] {
        #expect(try desk.number("SELECT COUNT(*) FROM call") == 2, "\(what)")
        #expect(try desk.wrongSums() == [], "\(what)")
        told.append(try desk.contents())
      }
    }
    for other in told.dropFirst() { #expect(difference(told[0], other) == [], "\(what)") }
  }

  @Test func `the first time and tenant stay`() throws {
    let desk = try Desk()
    try desk.load("a.jsonl", [answer(Self.id, ["output_tokens": 2])])
    try desk.load(
      "b.jsonl",
      [answer(Self.id, at: "2026-11-03T09:30:00Z", ["tenant_id": "dune-hotels", "agent": "bot"])])
    #expect(
      try desk.list("SELECT occurred_at_utc, tenant_id, agent, output_tokens FROM llm_call")
        == "2026-11-03T09:00:00.000Z cobalt-air bot 200")
  }

  @Test func `an unpriced call that gets a price is no longer reported`() throws {
    let desk = try Desk()
    let unknown = answer(Self.id, ["model": "claude-opus-6-preview", "output_tokens": 1])
    let first = try desk.load("a.jsonl", [unknown])
    #expect(first.unpricedCalls == 1)
    #expect(first.unpricedModels == ["claude-opus-6-preview": 1])
    let second = try desk.load("b.jsonl", [answer(Self.id)])
    #expect(second.unpricedCalls == -1)
    #expect(second.costNanos == 6_000_000)
    let together = try Desk().load("a.jsonl", [unknown, answer(Self.id)])
    #expect(together.unpricedCalls == 0)
    #expect(together.unpricedModels.filter { $0.value != 0 } == [:])
  }
}
