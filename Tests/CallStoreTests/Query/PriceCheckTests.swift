import Tables
import Testing

@testable import CallStore

/// `price-check` leads from a logged cost that is not ours to its cause.
@Suite struct PriceCheckTests {
  private func answer(
    _ desk: Desk, _ selection: Selection = Selection(), limit: Int = 100
  ) throws -> Answer {
    try CallDatabase(desk.file).answer(
      Sample.recipe("price-check"), over: selection, arguments: ["limit": "\(limit)"],
      asOf: Desk.now)
  }

  private func line(_ id: String, _ fields: String, at minute: Int) -> String {
    "{\"occurred_at\": \"2026-11-03T09:0\(minute):00Z\", \"request_id\": \"req_\(id)\","
      + " \"tenant_id\": \"alder-bank\", \(fields)}"
  }

  @Test func `a case reckoned by hand`() throws {
    // Haiku 4.5: $1 in, $5 out a million, half of it in a batch. Sonnet 4.6: $3 in, $15 out.
    let haiku = #""model": "claude-haiku-4-5", "input_tokens": 1000, "output_tokens": 200"#
    let desk = try Desk()
    try desk.load(
      "calls.jsonl",
      [
        // 0.002 each: right, right within a micro-dollar, and wrong both ways.
        line("a", haiku + #", "cost_usd": 0.002"#, at: 0),
        line("b", haiku + #", "cost_usd": 0.001999"#, at: 1),
        line("c", haiku + #", "cost_usd": 0.0025"#, at: 2),
        line("d", haiku + #", "cost_usd": 0.0012"#, at: 3),
        // 0.001 each, logged at the full price.
        line("e", haiku + #", "cost_usd": 0.002, "service_tier": "batch""#, at: 4),
        line("f", haiku + #", "cost_usd": 0.0025, "service_tier": "batch""#, at: 5),
        // Known to the log without a price.
        line(
          "g",
          #""model": "claude-sonnet-4-6", "input_tokens": 100, "output_tokens": 100, "cost_usd": 0"#,
          at: 6),
        // Nothing to compare: no logged cost, no price, and a commitment.
        line("h", haiku, at: 7),
        line("i", #""model": "house-model", "input_tokens": 5, "cost_usd": 1"#, at: 7),
        line("j", haiku + #", "cost_usd": 0.004, "service_tier": "priority""#, at: 7),
      ])
    let answer = try answer(desk)
    let file = desk.path("calls.jsonl")
    // 0.0025 apart in batches; 0.0018 where Sonnet has no price; 0.0005 too much and 0.0008 too little.
    #expect(
      TableFormat.csv.render(answer) == """
        model,channel,special,n_calls,n_off,logged_usd,computed_usd,difference_usd,difference_pct,worst_call,worst_file,worst_line
        claude-haiku-4-5,,batch,2,2,0.0045,0.002,0.0025,125.0,req_f,\(file),6
        claude-sonnet-4-6,,logged as 0,1,1,0,0.0018,-0.0018,-100.0,req_g,\(file),7
        claude-haiku-4-5,,,4,2,0.007699,0.008,-0.000301,-3.7625,req_d,\(file),4

        """)
    #expect(answer.coverage?.leftOut == 1)
    #expect(answer.coverage?.leftOutField == "logged_cost_usd")
    #expect(try self.answer(desk, limit: 1).table.rows.count == 1)
  }

  @Test func `what a hidden iteration cost is added to its call`() throws {
    let desk = try Desk()
    let iterations =
      #"[{"type": "compaction", "input_tokens": 180000, "output_tokens": 3500},"#
      + #" {"type": "message", "input_tokens": 23000, "output_tokens": 1000}]"#
    try desk.load(
      "calls.jsonl",
      [
        line(
          "k",
          #""cost_usd": 0.14, "response": {"id": "msg_k", "type": "message", "content": [],"#
            + #" "model": "claude-opus-4-6", "usage": {"input_tokens": 23000,"#
            + " \"output_tokens\": 1000, \"iterations\": \(iterations)}}", at: 0)
      ])
    // The log knows the message's $0.14 only; with the compaction's $0.9875 it is $1.1275.
    let row = try #require(try answer(desk).table.rows.first)
    #expect(row[2...4] == [.text("hidden iterations"), .integer(1), .integer(1)])
    #expect(row[5...7] == [.integer(140_000_000), .integer(1_127_500_000), .integer(-987_500_000)])
  }

  /// One call with a logged cost, as `llm_call` has it, with the iterations inside it added.
  private struct Compared {
    var key: [String]
    var logged: Int64
    var computed: Int64
  }

  @Test func `the sample's disagreements are those of its calls, one by one`() throws {
    let desk = try Sample.desk.get()
    let calls = try desk.rows(
      """
      SELECT c.model, c.channel, c.logged_cost_usd_nanos, c.cost_usd_nanos + (
          SELECT COALESCE(SUM(i.cost_usd_nanos), 0) FROM llm_call AS i
          WHERE i.parent_call = c.message_id AND i.hour = c.hour AND i.kind <> 'call')
      FROM llm_call AS c
      WHERE c.kind = 'call' AND c.logged_cost_usd_nanos IS NOT NULL AND c.cost_usd_nanos IS NOT NULL
      """
    ).map { row in
      Compared(
        key: [row[0] ?? "", row[1] ?? ""], logged: row[2].flatMap { Int64($0) } ?? 0,
        computed: row[3].flatMap { Int64($0) } ?? 0)
    }
    let off = calls.filter { abs($0.logged - $0.computed) > 1000 }
    #expect(off.count > 1000)
    let rows = try answer(desk).table.rows
    #expect(rows.map { whole($0[4]) }.reduce(0, +) == Int64(off.count))
    // What agrees with our price agrees in every row that is not shown.
    let shown = rows.map { whole($0[7]) }.reduce(0, +)
    let all = calls.map { $0.logged - $0.computed }.reduce(0, +)
    #expect(abs(shown - all) <= 1000 * Int64(calls.count - off.count))
    for model in Set(off.map { $0.key[0] }) {
      let own = rows.filter { $0[0] == .text(model) }
      #expect(
        own.map { whole($0[4]) }.reduce(0, +) == Int64(off.count { $0.key[0] == model }), "\(model)"
      )
    }
  }

  @Test func `the story's wrong prices are found with their cause`() throws {
    let answer = try answer(try Sample.desk.get())
    let found = answer.table.rows.map { row in row[..<3].map(text) + [text(row[8])] }
    // Whoever logged it knew neither the newer models nor batches.
    #expect(
      found.prefix(2) == [
        ["claude-opus-5-5", "", "logged as 0", "-100.0"],
        ["claude-sonnet-5-5", "", "logged as 0", "-100.0"],
      ])
    #expect(found.contains(["claude-sonnet-4-6", "", "batch", "100.0"]))
    #expect(!found.contains { $0[0] == "claude-haiku-4-5" && $0[2] == "" })
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    }
  }

  private func whole(_ value: Value) -> Int64 {
    if case .integer(let number) = value { number } else { -1 }
  }
}
