import Testing

@testable import UsageLog

/// Pages of the Analytics API, those in beta and those of Enterprise analytics.
struct AnalyticsReportTests {
  private let usage =
    #"{"data":[{"starting_at":"2026-10-03T00:00:00Z","ending_at":"2026-10-04T00:00:00Z","group":{"model":"claude-sonnet-5","workspace_id":"wrkspc_01Tq8VnRz4LkXw2MbYc6HsPd","api_key_id":null,"product":null,"speed":null,"session_id":null},"usage":{"uncached_input_tokens":184220,"cache_creation":{"ephemeral_1h_input_tokens":0,"ephemeral_5m_input_tokens":51200},"cache_read_input_tokens":2218000,"output_tokens":96310,"total_tokens":2549730,"requests":311,"server_tool_use":{"web_search_requests":4}}}],"has_more":false,"next_page":null}"#

  /// A row of the beta endpoints.
  private func row(
    _ group: String, _ figures: String, bounds: String = day
  ) -> String {
    "{\(bounds)\"group\":{\(group)},\(figures)}"
  }

  private static let day =
    #""starting_at":"2026-10-03T00:00:00Z","ending_at":"2026-10-04T00:00:00Z","#

  private func page(_ rows: [String], _ more: String = "") -> String {
    #"{"data":[\#(rows.joined(separator: ","))],\#(more)"has_more":false,"next_page":null}"#
  }

  private func tokens(_ count: Int) -> String {
    #""usage":{"uncached_input_tokens":\#(count),"output_tokens":1,"requests":2}"#
  }

  private let refreshed =
    #""data_refreshed_at":"2026-10-05T06:00:00Z","organization_id":"6f0e","#

  @Test func `the reference's page is what it says it is`() throws {
    let bucket = try #require(try readLog(usage).first?.buckets.first)
    #expect(bucket.report == .analyticsUsage)
    #expect(bucket.usage.input == 184_220)
    #expect(bucket.usage.cacheCreate == 51_200)
    #expect(bucket.usage.cacheCreate1h == 0)
    #expect(bucket.usage.cacheRead == 2_218_000)
    #expect(bucket.usage.output == 96_310)
    #expect(bucket.usage.webSearches == 4)
    #expect(bucket.requests == 311)
    #expect(bucket.refreshedAt == nil)
    #expect(
      bucket.dimensions == [
        .model: "claude-sonnet-5", .workspaceID: "wrkspc_01Tq8VnRz4LkXw2MbYc6HsPd",
      ])
    #expect(bucket.groupedBy == [.workspaceID, .model])
    #expect(try notes(of: usage) == [])
  }

  @Test func `a cost row has the amount after discounts and the one before`() throws {
    let cost =
      #""cost":{"amount":"33.1596","list_amount":"36.844","currency":"USD","requests":311}"#
    let text = page(
      [row(#""model":"claude-sonnet-5","token_type":"output_tokens","cost_type":"tokens""#, cost)],
      refreshed)
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.report == .analyticsCost)
    #expect(bucket.amount == "33.1596")
    #expect(bucket.amountNanos == 331_596_000)
    #expect(bucket.listAmount == "36.844")
    #expect(bucket.listAmountNanos == 368_440_000)
    #expect(bucket.currency == "USD")
    #expect(bucket.requests == 311)
    #expect(bucket.refreshedAt == 1_791_180_000_000)
    #expect(bucket.groupedBy == [.model, .costType, .tokenType])
  }

  @Test(arguments: [
    (
      #"{"type":"user","user_id":"user_1","name":"Ada","email_address":"ada@lumendesk.example","deleted":false}"#,
      "ada@lumendesk.example", "user_1"
    ),
    (
      #"{"type":"user","user_id":"user_1","name":"Ada","email_address":null,"deleted":true}"#,
      "Ada", "user_1"
    ),
    (#"{"type":"user","user_id":"user_1","name":null}"#, "user_1", nil),
    (
      #"{"type":"service_account","service_account_id":"svac_1","name":"night-digest"}"#,
      "night-digest", "svac_1"
    ),
    (#"{"type":"api_key","api_key_id":"apikey_1"}"#, "apikey_1", nil),
    (#"{"type":"federated","id":"spiffe://lumen/ci"}"#, "spiffe://lumen/ci", nil),
    (#""ada@lumendesk.example""#, "ada@lumendesk.example", nil),
  ])
  func `an actor is known by the best name it has`(actor: String, name: String, id: String?) throws
  {
    let text = page([row(#""actor":\#(actor)"#, tokens(5))])
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.dimensions[.actor] == name)
    #expect(bucket["actor_id"] == id)
    #expect((bucket["actor_type"] == nil) == actor.hasPrefix("\""))
  }

  @Test func `a group key nobody knows is kept by its name`() throws {
    let group =
      #""model":"m","team_space":"east","generation":5,"is_trial":true,"owner":{"id":"o1","name":"Ops"},"none":null"#
    let bucket = try #require(try readLog(page([row(group, tokens(5))])).first?.buckets.first)
    #expect(bucket["team_space"] == "east")
    #expect(bucket["generation"] == "5")
    #expect(bucket["is_trial"] == "true")
    #expect(bucket["owner"] == "Ops")
    #expect(
      bucket.groupedBy.map(\.rawValue) == [
        "model", "generation", "is_trial", "owner", "team_space",
      ]
    )
  }

  @Test func `a bucket's grouping is what all its rows on the page name`() throws {
    let rows = [
      row(#""model":"a","product":null"#, tokens(1)),
      row(#""model":"b","product":"claude_code""#, tokens(2)),
      row(
        #""model":null"#, tokens(3),
        bounds: Self.day.replacing("04T", with: "05T").replacing("03T", with: "04T")),
    ]
    let buckets = try readLog(page(rows)).flatMap(\.buckets)
    #expect(buckets.map(\.groupedBy) == [[.model, .product], [.model, .product], []])
    #expect(buckets.allSatisfy { $0.mayGoOn })
  }

  @Test func `without a bucket width a row covers the whole range`() throws {
    let range = #""starting_at":"2026-09-01T00:00:00Z","ending_at":"2026-10-04T00:00:00Z","#
    let bucket = try #require(
      try readLog(page([row("", tokens(5), bounds: range)])).first?.buckets.first)
    #expect(bucket.endingAt - bucket.startingAt == 33 * 86_400_000)
    #expect(bucket.groupedBy == [])
  }

  @Test func `rows that nothing tells apart are added up, requests and list amounts too`() throws {
    let cost = #""cost":{"amount":"1.5","list_amount":"2.25","currency":"USD","requests":3}"#
    let text = page([row(#""model":"m""#, cost), row(#""model":"m""#, cost)])
    let buckets = try readLog(text).flatMap(\.buckets)
    #expect(buckets.map(\.amount) == ["3.0"])
    #expect(buckets.map(\.listAmount) == ["4.50"])
    #expect(buckets.map(\.listAmountNanos) == [45_000_000])
    #expect(buckets.map(\.requests) == [6])
  }

  @Test(arguments: [
    (#""requests":2"#, #""requests":-2"#, RejectionReason.badRequestCount),
    (#""requests":2"#, #""requests":"many""#, .badRequestCount),
    (#""output_tokens":1"#, #""output_tokens":-1"#, .negativeCount(.outputTokens)),
    ("2026-10-03T00:00:00Z", "soon", .missingBucketBounds),
    ("2026-10-04T00:00:00Z", "2026-10-02T00:00:00Z", .missingBucketBounds),
  ])
  func `a row that cannot be is a reject`(old: String, new: String, reason: RejectionReason) throws
  {
    let text = page([row(#""model":"m""#, tokens(5))]).replacing(old, with: new)
    #expect(try readLog(text).reasons == [reason])
  }

  // MARK: - Enterprise analytics

  private func bucketed(_ row: String) -> String {
    page(["{\(Self.day)\"results\":[{\(row)}]}"], refreshed)
  }

  @Test func `Enterprise usage looks like the Admin API's and is not its`() throws {
    let text = bucketed(
      #""uncached_input_tokens":5,"output_tokens":7,"total_tokens":12,"requests":3,"model":"m","product":"claude_code","rbac_group_id":"rbac_1","slack_channel_id":null,"speed":"fast","claude_tag_category":"support""#
    )
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.report == .analyticsUsage)
    #expect(bucket.requests == 3)
    #expect(bucket.refreshedAt == 1_791_180_000_000)
    #expect(bucket.dimensions[.product] == "claude_code")
    #expect(bucket.dimensions[.speed] == "fast")
    #expect(bucket["rbac_group_id"] == "rbac_1")
    #expect(bucket["claude_tag_category"] == "support")
    #expect(bucket.mayGoOn == false)
    #expect(try withJSON(text) { LogFormats.recognise($0)?.name } == "analytics-report")
  }

  @Test func `Enterprise cost has a list amount`() throws {
    let row = #""amount":"1.25","list_amount":"2.5","currency":"USD","model":"m","requests":null"#
    let bucket = try #require(try readLog(bucketed(row)).first?.buckets.first)
    #expect(bucket.report == .analyticsCost)
    #expect(bucket.listAmount == "2.5")
    #expect(bucket.requests == nil)
    let flat = "{\(Self.day)\(row)}"
    #expect(try readLog(flat).first?.buckets.first?.report == .analyticsCost)
  }

  @Test func `a user report is flat rows with actors`() throws {
    let ada = #""actor":{"type":"user","user_id":"u1","email_address":"ada@lumendesk.example"},"#
    let row =
      "{\(ada)\(Self.day)\"uncached_input_tokens\":5,\"output_tokens\":7,\"total_tokens\":12}"
    let bucket = try #require(try readLog(page([row], refreshed)).first?.buckets.first)
    #expect(bucket.report == .analyticsUsage)
    #expect(bucket.dimensions[.actor] == "ada@lumendesk.example")
    #expect(bucket.usage.output == 7)
    let cost = "{\(ada)\(Self.day)\"amount\":\"5\",\"list_amount\":\"6\",\"currency\":\"USD\"}"
    #expect(try readLog(page([cost], refreshed)).first?.buckets.first?.report == .analyticsCost)
  }

  @Test func `a user's row without bounds spans all that the report can cover, and says so`() throws
  {
    let row =
      #"{"actor":{"email_address":"ada@lumendesk.example"},"starting_at":null,"ending_at":null,"uncached_input_tokens":5,"total_tokens":5}"#
    let text = page([row], refreshed)
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.startingAt == 1_767_225_600_000)
    #expect(bucket.endingAt == 1_791_180_000_000)
    #expect(
      try notes(of: text) == [
        "a report's row without starting_at or ending_at: the widest span is taken"
      ])
    let asked = page([row], refreshed + Self.day)
    let known = try #require(try readLog(asked).first?.buckets.first)
    #expect(known.startingAt == 1_790_985_600_000)
    #expect(known.endingAt == 1_791_072_000_000)
    #expect(try notes(of: asked) == [])
    #expect(try readLog(row).first?.buckets.first?.report == .analyticsUsage)
    let bare = try #require(try readLog(page([row])).first?.buckets.first)
    #expect(bare.endingAt == fileTime)
  }

  @Test func `pages of all reports in one log are read each as its own`() throws {
    let admin = bucketed(#""uncached_input_tokens":5,"output_tokens":7,"model":"m""#)
      .replacing(refreshed, with: "")
    let mixed = try readLog(admin + "\n" + usage + "\n" + admin)
    #expect(mixed.flatMap(\.buckets).map(\.report) == [.usage, .analyticsUsage, .usage])
  }
}
