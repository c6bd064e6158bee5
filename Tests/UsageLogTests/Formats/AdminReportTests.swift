import Testing

@testable import UsageLog

/// Pages of the Admin API: buckets, never calls.
struct AdminReportTests {
  private let usage = """
    {"data":[{"starting_at":"2026-11-09T00:00:00Z","ending_at":"2026-11-10T00:00:00Z","results":[
     {"uncached_input_tokens":184220,"cache_creation":{"ephemeral_1h_input_tokens":200,"ephemeral_5m_input_tokens":51000},
      "cache_read_input_tokens":2218000,"output_tokens":96310,"server_tool_use":{"web_search_requests":4},
      "account_id":null,"api_key_id":"apikey_01","context_window":null,"inference_geo":null,
      "model":"claude-opus-5-5","service_tier":"standard","workspace_id":null}]},
     {"starting_at":"2026-11-10T00:00:00Z","ending_at":"2026-11-11T00:00:00Z","results":[]}],
     "has_more":false,"next_page":null}
    """

  private func cost(_ amount: String) -> String {
    #"""
    {"data":[{"starting_at":"2026-11-09T00:00:00Z","ending_at":"2026-11-10T00:00:00Z","results":[
     {"amount":\#(amount),"currency":"USD","cost_type":"tokens","token_type":"output_tokens",
      "description":null,"model":"claude-opus-5-5","workspace_id":null}]}],"has_more":false,"next_page":null}
    """#
  }

  private let empty = """
    {"data":[{"starting_at":"2026-11-08T00:00:00Z","ending_at":"2026-11-09T00:00:00Z","results":[]}],
     "has_more":true,"next_page":"page_2"}
    """

  @Test func `a usage page is its rows as buckets`() throws {
    let records = try readLog(usage)
    #expect(records.map(\.outcome) == [.buckets])
    let bucket = try #require(records.first?.buckets.first)
    #expect(records.first?.buckets.count == 1)
    #expect(bucket.report == .usage)
    #expect(bucket.startingAt == 1_794_182_400_000)
    #expect(bucket.endingAt == bucket.startingAt + 86_400_000)
    #expect(bucket.usage.input == 184_220)
    #expect(bucket.usage.cacheCreate == 51_200)
    #expect(bucket.usage.cacheCreate1h == 200)
    #expect(bucket.usage.cacheRead == 2_218_000)
    #expect(bucket.usage.output == 96_310)
    #expect(bucket.usage.webSearches == 4)
    #expect(
      bucket.dimensions == [
        .apiKeyID: "apikey_01", .model: "claude-opus-5-5", .serviceTier: "standard",
      ])
    #expect(bucket.groupedBy == [.apiKeyID, .model, .serviceTier])
  }

  @Test(arguments: [
    ("\"123.78912\"", "123.78912", Int64(1_237_891_200)), ("\"4\"", "4", 40_000_000),
    ("\"0.000000001\"", "0.000000001", 0), ("\"0.00000015\"", "0.00000015", 2),
    ("\"-12.5\"", "-12.5", -125_000_000), ("36.844", "36.844", 368_440_000), ("\"0\"", "0", 0),
  ])
  func `an amount is cents, exact, and its text is kept`(
    written: String, kept: String, nanos: Int64
  ) throws {
    let bucket = try #require(try readLog(cost(written)).first?.buckets.first)
    #expect(bucket.report == .cost)
    #expect(bucket.amount == kept)
    #expect(bucket.amountNanos == nanos)
    #expect(bucket.currency == "USD")
  }

  @Test(arguments: [
    ("\"free\"", RejectionReason.unreadableAmount), ("\"\"", .unreadableAmount),
    ("\"1,5\"", .unreadableAmount), ("\"1e30\"", .unreadableAmount),
  ])
  func `an amount that is none rejects the page`(written: String, reason: RejectionReason) throws {
    let records = try readLog(cost(written))
    #expect(records.reasons == [reason])
    #expect(records.flatMap(\.buckets).isEmpty)
  }

  @Test(arguments: [
    ("184220", "-1", RejectionReason.negativeCount(.inputTokens)),
    ("96310", "0.5", .notACount(.outputTokens)),
    ("51000", "\"x\"", .notACount(.cacheCreate5mTokens)),
    (
      "2026-11-10T00:00:00Z\",\"results\":[\n", "2026-11-08T00:00:00Z\",\"results\":[\n",
      .missingBucketBounds
    ),
    ("\"ending_at\":\"2026-11-10T00:00:00Z\",", "", .missingBucketBounds),
    ("2026-11-09T00:00:00Z", "soon", .missingBucketBounds),
  ])
  func `a bucket that cannot be rejects its page`(
    old: String, new: String, reason: RejectionReason
  ) throws {
    #expect(usage.contains(old))
    #expect(try readLog(usage.replacing(old, with: new)).reasons == [reason])
  }

  @Test func `null is kept apart from every value, and one grouping from another`() {
    var bucket = UsageBucket(report: .usage, startingAt: 0, endingAt: 1)
    var keys: Set<UInt64> = [bucket.key]
    bucket.dimensions = [.workspaceID: ""]
    keys.insert(bucket.key)
    bucket.dimensions = [.apiKeyID: ""]
    keys.insert(bucket.key)
    bucket.dimensions = [.workspaceID: "wrkspc_01"]
    keys.insert(bucket.key)
    bucket.groupedBy = [.workspaceID]
    keys.insert(bucket.key)
    #expect(keys.count == 5)
  }

  @Test func `a bucket by itself and flattened rows are read too`() throws {
    let bucket =
      #"{"starting_at":"2026-11-09T00:00:00Z","ending_at":"2026-11-10T00:00:00Z","results":[{"uncached_input_tokens":5,"output_tokens":7}]}"#
    let flat =
      #"{"starting_at":"2026-11-09T00:00:00Z","ending_at":"2026-11-10T00:00:00Z","uncached_input_tokens":5,"output_tokens":7}"#
    #expect(try readLog(bucket).flatMap(\.buckets) == readLog(flat).flatMap(\.buckets))
    #expect(try readLog(flat + "\n" + flat).map(\.outcome) == [.buckets, .buckets])
  }

  @Test func `speed and service account are told apart too`() throws {
    let fast = usage.replacing(
      #""account_id":null"#,
      with: #""speed":"fast","service_account_id":"svac_01","account_id":null"#)
    let bucket = try #require(try readLog(fast).first?.buckets.first)
    #expect(bucket.dimensions[.speed] == "fast")
    #expect(bucket.dimensions[.serviceAccountID] == "svac_01")
    #expect(bucket.groupedBy == [.apiKeyID, .serviceAccountID, .model, .serviceTier, .speed])
  }

  @Test func `the reference's cost rows are what it says they are`() throws {
    let page = """
      {"data":[{"starting_at":"2026-10-03T00:00:00Z","ending_at":"2026-10-04T00:00:00Z","results":[
      {"amount":"36.844","currency":"USD","cost_type":"tokens","token_type":"uncached_input_tokens",
       "description":"Claude Sonnet 5 Usage - Input Tokens","model":"claude-sonnet-5","service_tier":"standard",
       "context_window":"0-200k","inference_geo":"global","workspace_id":null},
      {"amount":"4","currency":"USD","cost_type":"web_search","token_type":null,"description":"Web Search Usage",
       "model":null,"service_tier":null,"context_window":null,"inference_geo":null,"workspace_id":null}]}],
      "has_more":false,"next_page":null}
      """
    let buckets = try readLog(page).flatMap(\.buckets)
    #expect(buckets.map(\.amountNanos) == [368_440_000, 40_000_000])
    #expect(buckets.map { $0.dimensions[.costType] } == ["tokens", "web_search"])
    #expect(buckets.map { $0.dimensions[.tokenType] } == ["uncached_input_tokens", nil])
    #expect(
      buckets.first?.groupedBy == [
        .model, .serviceTier, .contextWindow, .inferenceGeo, .description, .costType, .tokenType,
      ])
  }

  @Test func `a figure that is not read is noted by its name`() throws {
    let more = usage.replacing(
      #""output_tokens""#, with: #""thinking_minutes":7,"output_tokens""#)
    #expect(try notes(of: more) == ["a report counts thinking_minutes, which is not read"])
    #expect(try notes(of: usage) == [])
  }

  @Test func `many pages concatenated are many records`() throws {
    let records = try readLog(usage + "\n" + usage + usage)
    #expect(records.map(\.outcome) == [.buckets, .buckets, .buckets])
  }

  @Test func `an empty page is no record of anything`() throws {
    #expect(try readLog(empty).allSatisfy(\.isSkipped))
    #expect(try readLog(#"{"data":[],"has_more":false,"next_page":null}"#).allSatisfy(\.isSkipped))
  }

  @Test func `an empty first page does not make a cost report a usage report`() throws {
    let records = try readLog(empty + "\n" + cost("\"4\""))
    #expect(records.map(\.isSkipped) == [true, false])
    #expect(records.flatMap(\.buckets).map(\.report) == [.cost])
  }

  @Test func `pages of both reports in one log are read each as its own`() throws {
    let mixed = try readLog(usage + cost("\"4\"") + usage)
    #expect(mixed.map(\.outcome) == [.buckets, .buckets, .buckets])
    #expect(mixed.flatMap(\.buckets).map(\.report) == [.usage, .cost, .usage])
    #expect(try readLog(cost("\"4\"") + usage).flatMap(\.buckets).map(\.report) == [.cost, .usage])
  }

  @Test func `a page of something else is no empty report`() {
    #expect(throws: LogError.unknownFormat) {
      try readLog(#"{"data":[{"id":"wrkspc_01","name":"Product"}],"has_more":false}"#)
    }
  }

  @Test func `rows of a report nobody knows are passed over`() throws {
    let other = usage.replacing("uncached_input_tokens", with: "sessions")
    #expect(try readLog(usage + other).map(\.isSkipped) == [false, true])
  }
}
