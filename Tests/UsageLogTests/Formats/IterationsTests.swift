import Testing

@testable import UsageLog

/// The hidden model calls inside a response: each is billed once, none twice.
struct IterationsTests {
  /// A response of the nightly digest with these top-level counts and iterations.
  private func calls(
    _ topLevel: String, _ iterations: String, rest: String = #""stop_reason":"end_turn""#
  ) throws -> [ToldCall] {
    let counts = zip(names, topLevel.split(separator: "/")).map { "\"\($0)\":\($1)" }
    let record = try record(
      #"""
      {"ts":"2026-11-05T01:10:00Z","latency_ms":8091,"cost_usd":0.66,"response":{"id":"msg_01A",
       "type":"message","model":"claude-opus-5-5",\#(rest),"usage":{\#(counts.joined(separator: ",")),
       "server_tool_use":{"web_search_requests":2},"iterations":\#(iterations)}}}
      """#)
    #expect(record.outcome == .call)
    return record.calls
  }

  private let names = [
    "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens",
  ]

  /// An entry of `usage.iterations`.
  private func entry(_ type: String, _ usage: String, model: String? = nil) -> String {
    let counts = zip(names, usage.split(separator: "/")).map { "\"\($0)\":\($1)" }
    let model = model.map { "\"model\":\"\($0)\"," } ?? ""
    return "{\"type\":\"\(type)\",\(model)\(counts.joined(separator: ","))}"
  }

  @Test func `a compaction is a call of its own beside the answer`() throws {
    let calls = try calls(
      "23/0/5200/620",
      "[\(entry("compaction", "180000/0/0/3500")),\(entry("message", "23/0/5200/620"))]")
    #expect(calls.map(\.usage) == ["23/0/5200/620", "180000/0/0/3500"])
    #expect(calls.map(\.iteration) == [nil, "compaction#0"])
    #expect(calls.map { $0[.model] } == ["claude-opus-5-5", "claude-opus-5-5"])
    #expect(calls[1][.parentCall] == "msg_01A")
    #expect(calls[1].occurredAt == calls[0].occurredAt)
  }

  @Test func `what is the whole response's is not told twice`() throws {
    let calls = try calls(
      "23/0/0/620", "[\(entry("compaction", "9/0/0/9")),\(entry("message", "23/0/0/620"))]")
    let once: [Field] = [.latencyMs, .costNanos, .webSearchRequests, .stopReason]
    for field in once {
      #expect(calls[0][field] != nil, "\(field)")
      #expect(calls[1][field] == nil, "\(field)")
    }
  }

  @Test func `an advisor is billed as its own model, the top level already sums the answers up`()
    throws
  {
    let calls = try calls(
      "110/0/900/350",
      """
      [\(entry("message", "100/0/0/50")),\(entry("advisor_message", "700/0/0/80", model: "claude-opus-5")),
       \(entry("message", "10/0/900/300"))]
      """)
    #expect(calls.map(\.usage) == ["110/0/900/350", "700/0/0/80"])
    #expect(calls.map { $0[.model] } == ["claude-opus-5-5", "claude-opus-5"])
  }

  @Test func `several messages that the top level does not sum up are all counted`() throws {
    let calls = try calls(
      "10/0/900/300", "[\(entry("message", "100/0/0/50")),\(entry("message", "10/0/900/300"))]")
    #expect(calls.map(\.usage) == ["10/0/900/300", "100/0/0/50"])
  }

  @Test func `equal inputs alone do not make the top level a sum`() throws {
    let calls = try calls(
      "0/0/900/300", "[\(entry("message", "0/0/800/50")),\(entry("message", "0/0/900/300"))]")
    #expect(calls.map(\.usage) == ["0/0/900/300", "0/0/800/50"])
  }

  @Test func `an attempt declined before it answered may be free, the fallback is the call`() throws
  {
    let calls = try calls(
      "412/0/0/264",
      """
      [\(entry("message", "412/0/0/0", model: "claude-fable-5")),
       \(entry("fallback_message", "412/0/0/264", model: "claude-opus-5-5"))]
      """)
    #expect(calls.map(\.usage) == ["412/0/0/264", "412/0/0/0"])
    #expect(calls.map { $0[.model] } == ["claude-opus-5-5", "claude-fable-5"])
    #expect(calls[1].iteration == "message#0 declined")
    #expect(calls.map { $0[.outcome] } == ["succeeded", "refused"])
  }

  @Test func `an attempt declined in mid-answer is billed`() throws {
    let calls = try calls(
      "412/0/0/264",
      """
      [\(entry("message", "412/0/0/20", model: "claude-fable-5")),
       \(entry("fallback_message", "412/0/0/264", model: "claude-opus-5-5"))]
      """)
    #expect(calls[1].iteration == "message#0")
    #expect(calls[1][.outcome] != "refused")
  }

  @Test func `a compaction before a refusal was no refusal`() throws {
    let calls = try calls(
      "23/0/0/0", "[\(entry("compaction", "180000/0/0/3500")),\(entry("message", "23/0/0/0"))]",
      rest: #""stop_reason":"refusal","content":[],"stop_details":{"category":"cyber"}"#)
    #expect(calls.map { $0[.outcome] } == ["refused", "succeeded"])
    #expect(calls.map { $0[.stopCategory] } == ["cyber", nil])
  }

  @Test(arguments: ["null", "[]", "{}", "[null]", "7", "\"\""])
  func `no iterations are no further calls`(iterations: String) throws {
    #expect(try calls("23/0/5200/620", iterations).map(\.usage) == ["23/0/5200/620"])
  }

  @Test func `one message that repeats the top level is the call itself`() throws {
    #expect(
      try calls("23/0/5200/620", "[\(entry("message", "23/0/5200/620"))]").map(\.usage)
        == ["23/0/5200/620"])
  }

  @Test func `the split of an entry's cache writes is read`() throws {
    let calls = try calls(
      "1/500/0/1",
      #"""
      [{"type":"compaction","input_tokens":9,"output_tokens":9,"cache_creation_input_tokens":500,
        "cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}},
       {"type":"message","input_tokens":1,"cache_creation_input_tokens":500,"output_tokens":1}]
      """#)
    #expect(calls.map { $0[.cacheCreate1hTokens] } == [nil, "200"])
    #expect(calls.map { $0[.cacheCreateTokens] } == ["500", "500"])
  }

  @Test(arguments: [
    ("-1", RejectionReason.negativeCount(.inputTokens)), ("1.5", .notACount(.inputTokens)),
    ("2000000000", .absurdCount(.inputTokens)),
  ])
  func `a count no iteration can have rejects the record`(count: String, reason: RejectionReason)
    throws
  {
    let read = try record(
      row(
        "\"usage\":{\"output_tokens\":1,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":\(count)}]}"
      ))
    #expect(read.reason == reason)
    #expect(read.calls.isEmpty)
  }
}
