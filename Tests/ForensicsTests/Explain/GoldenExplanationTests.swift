import Foundation
import Testing

/// Every class's amount, worked out by hand from the vendors' pages, from the log to the printed JSON.
@Suite struct GoldenExplanationTests {
  /// A call of the golden list, its log line, and dollars by class.
  struct Golden: Sendable {
    let id: String
    let line: String
    let amounts: [String: String]
    let sum: String
    var modifiers: [String] = []
  }

  static let calls: [Golden] = [
    call(
      "G1", "claude-haiku-4-5-20251001", "2026-01-10", "12345/0/0/0/678",
      ["input": "0.012345", "output": "0.00339"], sum: "0.015735"),
    call(
      "G2", "claude-opus-4-7", "2026-06-01", "1000/20000/30000/400000/2500",
      [
        "input": "0.005", "cache_write_5m": "0.125", "cache_write_1h": "0.3", "cache_read": "0.2",
        "output": "0.0625",
      ], sum: "0.6925"),
    call(
      "G3", "claude-sonnet-4-6", "2026-05-01", "3333/10001/0/77777/1111",
      [
        "input": "0.0049995", "cache_write_5m": "0.018751875", "cache_read": "0.01166655",
        "output": "0.0083325",
      ], sum: "0.043750425", "batch", [#""service_tier":"batch""#]),
    call(
      "G4a", "claude-sonnet-4-5-20250929", "2026-01-15", "150000/0/0/50000/1000",
      ["input": "0.45", "cache_read": "0.015", "output": "0.015"], sum: "0.48"),
    call(
      "G4b", "claude-sonnet-4-5-20250929", "2026-01-15", "150001/0/0/50000/1000",
      ["input": "0.900006", "cache_read": "0.03", "output": "0.0225"], sum: "0.952506",
      "long prompt"),
    call(
      "G4c", "claude-sonnet-4-5-20250929", "2026-01-15", "150001/0/0/50000/1000",
      ["input": "0.450003", "cache_read": "0.015", "output": "0.01125"], sum: "0.476253",
      "long prompt,batch", [#""service_tier":"batch""#]),
    call(
      "G5a", "claude-sonnet-4-6", "2026-03-12", "300000/0/0/0/1000",
      ["input": "1.8", "output": "0.0225"], sum: "1.8225", "long prompt"),
    call(
      "G5b", "claude-sonnet-4-6", "2026-03-13", "300000/0/0/0/1000",
      ["input": "0.9", "output": "0.015"], sum: "0.915"),
    call(
      "G6", "claude-opus-4-8", "2026-08-01", "2000/5000/0/100000/3000",
      [
        "input": "0.022", "cache_write_5m": "0.06875", "cache_read": "0.11", "output": "0.165",
      ], sum: "0.36575", "fast mode,US residency",
      [#""speed":"fast""#, #""inference_geo":"us""#]),
    call(
      "G7", "claude-opus-4-6", "2026-04-01", "1234/0/5678/0/910",
      ["input": "0.0033935", "cache_write_1h": "0.031229", "output": "0.0125125"],
      sum: "0.047135", "batch,US residency",
      [#""service_tier":"batch""#, #""inference_geo":"us""#]),
    call(
      "G8a", "claude-haiku-5-5", "2026-10-20", "10000/0/0/90000/500",
      ["input": "0.001", "cache_read": "0.0009", "output": "0.00025"], sum: "0.00215"),
    call(
      "G8b", "claude-haiku-5-5", "2026-10-20", "10001/0/0/90000/500",
      ["input": "0.0050005", "cache_read": "0.0045", "output": "0.00125"], sum: "0.0107505",
      "long prompt"),
    call(
      "G8c", "claude-haiku-5-5", "2026-10-20", "57/1/0/1/3",
      [
        "input": "0.000003135", "cache_write_5m": "0.00000006875", "cache_read": "0.0000000055",
        "output": "0.000000825",
      ], sum: "0.00000403425", "batch,US residency",
      [#""service_tier":"batch""#, #""inference_geo":"us""#]),
    call(
      "G9", "claude-sonnet-5-5", "2026-10-20", "105/7345/0/7123/6039",
      [
        "input": "0.000231", "cache_write_5m": "0.02019875", "cache_read": "0.00078353",
        "output": "0.066429", "web_search": "0.03",
      ], sum: "0.11764228", "US residency",
      [#""inference_geo":"us""#, #""web_search_requests":3"#]),
    call(
      "G10a", "claude-sonnet-5-5", "2026-10-06", "2000/0/0/1000000/4000",
      ["input": "0.004", "cache_read": "0.2", "output": "0.04"], sum: "0.244"),
    call(
      "G10b", "claude-sonnet-5-5", "2026-10-07", "2000/0/0/1000000/4000",
      ["input": "0.004", "cache_read": "0.1", "output": "0.04"], sum: "0.144"),
    call(
      "G11", "us.anthropic.claude-opus-4-5-20251101-v1:0", "2026-02-01", "10000/2000/0/30000/1000",
      ["input": "0.055", "cache_write_5m": "0.01375", "cache_read": "0.0165", "output": "0.0275"],
      sum: "0.11275", "regional endpoint"),
    call(
      "G14", "claude-3-haiku-20240307", "2025-01-01", "1000/1000000/0/1000000/100",
      ["input": "0.00025", "cache_write_5m": "0.3", "cache_read": "0.03", "output": "0.000125"],
      sum: "0.330375"),
    call(
      "G15", "claude-fable-5-1", "2026-09-10", "2000/0/10000/800000/5000",
      ["input": "0.02", "cache_write_1h": "0.2", "cache_read": "0.2", "output": "0.25"],
      sum: "0.67"),
    call(
      "G16", "claude-3-7-sonnet-20250219", "2025-04-08", "3/12304/0/0/550",
      ["input": "0.000009", "cache_write_5m": "0.04614", "output": "0.00825"], sum: "0.054399"),
    // Without the page's session-hour, which no call reports.
    call(
      "G17", "claude-opus-5", "2026-08-01", "10000/0/0/40000/15000",
      ["input": "0.05", "cache_read": "0.02", "output": "0.375"], sum: "0.445"),
    Golden(
      id: "req_G18",
      line: record(
        "req_G18", "gpt-4o", "2025-06-01",
        #""prompt_tokens":2006,"cached_tokens":1920,"completion_tokens":300"#),
      amounts: ["input": "0.000215", "cache_read": "0.0024", "output": "0.003"], sum: "0.005615"),
    Golden(
      id: "req_G19",
      line: record(
        "req_G19", "gemini-2.5-pro", "2026-06-01",
        #""prompt_token_count":250000,"cached_content_token_count":50000,"candidates_token_count":2000"#
      ),
      amounts: ["input": "0.5", "cache_read": "0.0125", "output": "0.03"], sum: "0.5425",
      modifiers: ["long prompt"]),
  ]

  /// - Parameter counts: input, 5-minute writes, 1-hour writes, reads, output.
  private static func call(
    _ name: String, _ model: String, _ day: String, _ counts: String, _ amounts: [String: String],
    sum: String, _ modifiers: String = "", _ more: [String] = []
  ) -> Golden {
    let counts = counts.split(separator: "/").compactMap { Int64($0) }
    let members =
      [
        #""input_tokens":\#(counts[0])"#, #""cache_create_tokens":\#(counts[1] + counts[2])"#,
        #""cache_create_1h_tokens":\#(counts[2])"#, #""cache_read_tokens":\#(counts[3])"#,
        #""output_tokens":\#(counts[4])"#,
      ] + more
    return Golden(
      id: "req_\(name)",
      line: record("req_\(name)", model, day, members.joined(separator: ",")), amounts: amounts,
      sum: sum, modifiers: modifiers.split(separator: ",").map(String.init))
  }

  private static func record(
    _ id: String, _ model: String, _ day: String, _ counts: String
  ) -> String {
    #"{"occurred_at":"\#(day)T00:00:00Z","request_id":"\#(id)","model":"\#(model)",\#(counts)}"#
  }

  @Test func `each class and the sum are the vendor's page's, to the picodollar`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      Self.calls.map { $0.line + "\n" }.joined(), to: "golden.jsonl")
    #expect(try forensics("import", log).status == 0)
    let printed = try forensics.run(["explain", "-j"] + Self.calls.map(\.id))
    let explained = try ExplainedJSON(printed.output).explain
    #expect(explained.count == Self.calls.count)
    for (call, golden) in zip(explained, Self.calls) {
      for line in call.lines {
        let wanted = try decimal(golden.amounts[line.class] ?? "0")
        #expect(line.amount_usd == wanted, "\(golden.id) \(line.class)")
      }
      #expect(
        call.lines.filter { $0.count > 0 }.map(\.class).sorted() == golden.amounts.keys.sorted())
      #expect(try call.sum_usd == decimal(golden.sum), "\(golden.id)")
      #expect(call.modifiers.map(\.name) == golden.modifiers, "\(golden.id)")
      #expect(call.stored.agrees && call.stored.cost_usd == call.cost_usd, "\(golden.id)")
    }
    // 4.03425 micro-dollars, half to the even nano-dollar.
    #expect(
      try explained.first { $0.sum_usd == (try? decimal("0.00000403425")) }?.cost_usd
        == decimal("0.000004034"))
  }

  @Test(arguments: [("cyber", "0.00866"), ("bio", "0.01278")])
  func `G12 a declined attempt is shown beside the answer, free or not by its category`(
    category: String, total: String
  ) throws {
    let call = try response(
      "claude-opus-4-8", "2026-09-25",
      """
      [{"type":"message","model":"claude-fable-5","input_tokens":412,"output_tokens":0,
      "stop_details":{"category":"\(category)"}},
      {"type":"fallback_message","model":"claude-opus-4-8","input_tokens":412,"output_tokens":264}]
      """)
    #expect(try call.total_usd == decimal(total))
    #expect(try call.sum_usd == decimal("0.00866"))
    let declined = try #require(call.iterations.first)
    #expect(declined.outcome == (category == "cyber" ? "free" : "priced"))
    #expect(try declined.sum_usd == decimal(category == "cyber" ? "0" : "0.00412"))
    #expect(category != "cyber" || declined.reason?.contains("category is cyber") == true)
  }

  @Test func `G13 a compaction is shown inside its call, with the sum of both`() throws {
    let call = try response(
      "claude-opus-4-6", "2026-04-01",
      """
      [{"type":"compaction","input_tokens":180000,"output_tokens":3500},
      {"type":"message","input_tokens":23000,"output_tokens":1000}]
      """)
    #expect(try call.sum_usd == decimal("0.14"))
    #expect(call.iterations.map(\.kind) == ["compaction"])
    #expect(try call.iterations.map(\.sum_usd) == [decimal("0.9875")])
    #expect(try call.total_usd == decimal("1.1275"))
  }

  private func response(
    _ model: String, _ day: String, _ iterations: String
  ) throws -> ExplainedJSON.Call {
    let forensics = try ForensicsBinary()
    let line = """
      {"ts":"\(day)T09:00:00Z","response":{"id":"msg_01Golden","type":"message","model":"\(model)",
      "stop_reason":"end_turn","content":[{"type":"text","text":"Done."}],"usage":{"input_tokens":23000,
      "output_tokens":1000,"iterations":\(iterations)}}}
      """
    let log = try forensics.write(
      line.replacing("\n", with: "") + "\n", to: "responses.jsonl")
    #expect(try forensics("import", log).status == 0)
    let calls = try ExplainedJSON(forensics("explain", "msg_01Golden", "-j").output).explain
    #expect(calls.count == 1)
    return try #require(calls.first)
  }
}
