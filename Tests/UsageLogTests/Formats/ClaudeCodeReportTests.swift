import Testing

@testable import UsageLog

/// Pages of `usage_report/claude_code`: a bucket for each model that somebody used on a day.
struct ClaudeCodeReportTests {
  private func row(
    _ members: String = "", date: String = "2026-10-03T00:00:00Z",
    actor: String = #"{"type":"user_actor","email_address":"ada@lumendesk.example"}"#,
    models: String = opus
  ) -> String {
    #"{"date":"\#(date)","actor":\#(actor),"organization_id":"6f0e","customer_type":"api","#
      + #""subscription_type":null,"terminal_type":"vscode","is_remote":false,\#(members)"#
      + #""core_metrics":{"num_sessions":4,"lines_of_code":{"added":310,"removed":92}},"#
      + #""tool_actions":{"edit_tool":{"accepted":41,"rejected":2}},"model_breakdown":[\#(models)]}"#
  }

  private static let opus =
    #"{"model":"claude-opus-5","tokens":{"input":20150,"output":48100,"cache_read":9120000,"cache_creation":402000},"estimated_cost":{"amount":838,"currency":"USD"}}"#
  private static let haiku =
    #"{"model":"claude-haiku-4-5-20251001","tokens":{"input":7,"output":11,"cache_read":13,"cache_creation":17},"estimated_cost":{"amount":0.0123,"currency":"USD"}}"#

  private func page(_ rows: [String]) -> String {
    #"{"data":[\#(rows.joined(separator: ","))],"has_more":false,"next_page":null}"#
  }

  @Test func `the reference's page is what it says it is`() throws {
    let bucket = try #require(try readLog(page([row()])).first?.buckets.first)
    #expect(bucket.report == .claudeCode)
    #expect(bucket.startingAt == 1_790_985_600_000)
    #expect(bucket.endingAt == 1_791_072_000_000)
    #expect(bucket.usage.input == 20_150)
    #expect(bucket.usage.cacheCreate == 402_000)
    #expect(bucket.usage.cacheCreate1h == nil)
    #expect(bucket.usage.cacheRead == 9_120_000)
    #expect(bucket.usage.output == 48_100)
    #expect(bucket.amount == "838")
    #expect(bucket.amountNanos == 8_380_000_000)
    #expect(bucket.currency == "USD")
    #expect(bucket.dimensions[.model] == "claude-opus-5")
    #expect(bucket.dimensions[.actor] == "ada@lumendesk.example")
    #expect(bucket["actor_type"] == "user_actor")
    #expect(bucket["customer_type"] == "api")
    #expect(bucket["subscription_type"] == nil)
    #expect(bucket["terminal_type"] == "vscode")
    #expect(bucket["is_remote"] == "false")
    #expect(bucket["organization_id"] == nil)
    #expect(bucket.mayGoOn)
  }

  @Test func `a row is a bucket for each of its models`() throws {
    let records = try readLog(page([row(models: Self.opus + "," + Self.haiku), row()]))
    #expect(records.map { $0.buckets.count } == [2, 1])
    #expect(records.first?.buckets.map(\.amount) == ["838", "0.0123"])
    #expect(records.first?.buckets.last?.amountNanos == 123_000)
  }

  @Test func `a row without models is passed over and counted`() throws {
    let records = try readLog(page([row(models: ""), row()]))
    #expect(
      records.map(\.outcome) == [.skipped("a user's day without usage of a model"), .buckets])
  }

  @Test func `an API key is an actor by its name`() throws {
    let actor = #"{"type":"api_actor","api_key_name":"ci-review"}"#
    let bucket = try #require(try readLog(page([row(actor: actor)])).first?.buckets.first)
    #expect(bucket.dimensions[.actor] == "ci-review")
    #expect(bucket["actor_type"] == "api_actor")
  }

  @Test func `a bare day and a midnight are the same day`() throws {
    let bare = try readLog(page([row(date: "2026-10-03")])).flatMap(\.buckets)
    #expect(try bare == readLog(page([row()])).flatMap(\.buckets))
  }

  @Test func `a day without a row of one kind is grouped as any other`() throws {
    let other = #"{"type":"api_actor","api_key_name":"k"}"#
    let records = try readLog(page([row(), row(actor: other)]))
    let grouped = Set(records.flatMap(\.buckets).map { $0.groupedBy.map(\.rawValue) })
    #expect(
      grouped == [
        [
          "model", "actor", "actor_type", "customer_type", "is_remote", "subscription_type",
          "terminal_type",
        ]
      ])
  }

  @Test func `a row by itself is a record, and a page may stand behind pages of other reports`()
    throws
  {
    #expect(try readLog(row()).flatMap(\.buckets) == readLog(page([row()])).flatMap(\.buckets))
    let usage =
      #"{"data":[{"starting_at":"2026-10-03T00:00:00Z","ending_at":"2026-10-04T00:00:00Z","results":[{"uncached_input_tokens":5,"output_tokens":7}]}],"has_more":false}"#
    let mixed = try readLog(usage + "\n" + page([row(), row(models: "")]) + "\n" + usage)
    #expect(mixed.flatMap(\.buckets).map(\.report) == [.usage, .claudeCode, .usage])
    #expect(mixed.map(\.isSkipped) == [false, false, true, false])
  }

  @Test func `a bad model costs only itself, and its place is told`() throws {
    let bad = Self.haiku.replacing("11", with: "-11")
    let text = page([row(), row(models: Self.opus + "," + bad)])
    let record = try #require(try readLog(text).last)
    #expect(record.buckets.count == 1)
    let reject = try #require(record.rejectedRows.first)
    #expect(reject.reason == .negativeCount(.outputTokens))
    let start = Int(record.offset + reject.offset)
    let bytes = Array(text.utf8)[start..<start + Int(reject.length)]
    #expect(String(decoding: bytes, as: UTF8.self) == bad)
  }

  @Test(arguments: [
    (#""amount":838"#, #""amount":"dear""#, RejectionReason.unreadableAmount),
    (#""date":"2026-10-03T00:00:00Z""#, #""date":"soon""#, .missingDay),
    (#""input":20150"#, #""input":1.5"#, .notACount(.inputTokens)),
  ])
  func `a row that cannot be is a reject`(old: String, new: String, reason: RejectionReason) throws
  {
    #expect(try readLog(page([row().replacing(old, with: new)])).reasons == [reason])
  }

  @Test func `a row may lack its cost, and have a new member`() throws {
    let free = Self.opus.replacing(#"{"amount":838,"currency":"USD"}"#, with: "null")
    let bucket = try #require(
      try readLog(page([row(#""entrypoint":"cli","#, models: free)])).first?.buckets.first)
    #expect(bucket.amount == nil)
    #expect(bucket["entrypoint"] == "cli")
    #expect(bucket.groupedBy.map(\.rawValue).contains("entrypoint"))
  }
}
