import Testing

@testable import UsageLog

/// The Console's export of cost: dollars rounded to cents, models by the names that people are shown.
struct ConsoleCostTests {
  private let newest = """
    usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status
    2026-10-03,Claude Sonnet 5,Default,prod-summariser,message,≤ 200k,input_no_cache,0.04,0.05,token,global,,apikey_01,active
    2026-10-03,Claude Haiku 4.5,Default,prod-summariser,message,≤ 200k,output,0.10,0.10,token,global,,apikey_01,active

    """

  private func bucket(_ header: String, _ row: String) throws -> UsageBucket {
    try #require(try readLog(header + "\n" + row + "\n").first?.buckets.first)
  }

  @Test func `a row of the newest generation is cents by everything it names`() throws {
    let records = try readLog(newest)
    #expect(records.map(\.outcome) == [.buckets, .buckets])
    let first = try #require(records.first?.buckets.first)
    #expect(first.report == .consoleCost)
    #expect(first.amount == "4")
    #expect(first.amountNanos == 40_000_000)
    #expect(first.listAmount == "5")
    #expect(first.listAmountNanos == 50_000_000)
    #expect(first.currency == "USD")
    #expect(first.endingAt - first.startingAt == 86_400_000)
    #expect(first.usage == Call.Usage())
    #expect(
      first.dimensions == [
        .model: "claude-sonnet-5", .init(rawValue: "model_name"): "Claude Sonnet 5",
        .workspace: "Default", .apiKey: "prod-summariser", .apiKeyID: "apikey_01",
        .init(rawValue: "api_key_status"): "active", .init(rawValue: "usage_type"): "message",
        .contextWindow: "0-200k", .tokenType: "uncached_input_tokens", .costType: "tokens",
        .inferenceGeo: "global",
      ])
    #expect(records.last?.buckets.first?.amount == "10")
    #expect(records.last?.buckets.first?.dimensions[.tokenType] == "output_tokens")
    #expect(
      first.groupedBy.map(\.rawValue) == [
        "api_key_id", "model", "context_window", "inference_geo", "speed", "cost_type",
        "token_type", "workspace", "api_key", "api_key_status", "usage_type",
      ])
    #expect(try notes(of: newest) == [])
  }

  @Test func `the first generation has no windows and no cost types`() throws {
    let told = try bucket(
      "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd",
      "2024-11-03,Claude 3.5 Sonnet 2024-10-22,Default,prod,message,input_cache_write,1.25")
    #expect(told.dimensions[.model] == "claude-3-5-sonnet-20241022")
    #expect(told["model_name"] == "Claude 3.5 Sonnet 2024-10-22")
    #expect(told.dimensions[.tokenType] == "cache_creation.ephemeral_5m_input_tokens")
    #expect(told.amount == "125")
    #expect(told.listAmount == nil)
    #expect(
      told.groupedBy.map(\.rawValue) == [
        "model", "token_type", "workspace", "api_key", "usage_type",
      ])
  }

  @Test func `the second has them`() throws {
    let told = try bucket(
      "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type",
      "2025-11-03,Claude Opus 4.1,Default,prod,message,> 200k,input_cache_write_1h,0.00,token")
    #expect(told.dimensions[.model] == "claude-opus-4-1-20250805")
    #expect(told.dimensions[.contextWindow] == "200k-1M")
    #expect(told.dimensions[.tokenType] == "cache_creation.ephemeral_1h_input_tokens")
    #expect(told.dimensions[.costType] == "tokens")
    #expect(told.amount == "0")
    #expect(told.amountNanos == 0)
  }

  @Test func `the third has list prices, places and speeds, or does without list prices`() throws {
    let told = try bucket(
      "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed",
      "2026-10-03,Claude Opus 5,Research,agents,message,≤ 200k,input_cache_read,12.5,25,token,us,fast"
    )
    #expect(told.amount == "1250")
    #expect(told.listAmount == "2500")
    #expect(told.dimensions[.tokenType] == "cache_read_input_tokens")
    #expect(told.dimensions[.speed] == "fast")
    let bare = try bucket(
      "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type,inference_geo,speed",
      "2026-10-03,Claude Opus 5,Research,agents,message,≤ 200k,input_cache_write_5m,12.5,token,us,")
    #expect(bare.listAmount == nil)
    #expect(bare.dimensions[.speed] == nil)
    #expect(bare.groupedBy == told.groupedBy)
  }

  private let short = "usage_date_utc,model,token_type,cost_usd"

  @Test(arguments: [
    ("0.04", "4", Int64(40_000_000)), ("0.10", "10", 100_000_000), ("0", "0", 0),
    ("0.00", "0", 0), ("12.3", "1230", 12_300_000_000), ("7", "700", 7_000_000_000),
    ("0.045", "4.5", 45_000_000), ("-0.50", "-50", -500_000_000),
    ("\"1,234.56\"", "123456", 1_234_560_000_000), ("$0.04", "4", 40_000_000),
    ("\"$12,345\"", "1234500", 12_345_000_000_000),
  ])
  func `dollars become cents exactly`(written: String, cents: String, nanos: Int64) throws {
    let told = try bucket(short, "2026-10-03,Claude Opus 5,output,\(written)")
    #expect(told.amount == cents)
    #expect(told.amountNanos == nanos)
  }

  @Test(arguments: ["free", "", "\"0,04\"", "\"1,2345.6\"", "0.1.2", "1e99"])
  func `a cost that is none is a reject`(written: String) throws {
    let records = try readLog("\(short)\n2026-10-03,Claude Opus 5,output,\(written)\n")
    #expect(records.reasons == [.unreadableAmount])
  }

  @Test func `a search has no kind of token, and a new kind stays as it is`() throws {
    let header = short + ",cost_type"
    let search = try bucket(header, "2026-10-03,Claude Opus 5,,0.02,web_search")
    #expect(search.dimensions[.tokenType] == nil)
    #expect(search.dimensions[.costType] == "web_search")
    let other = try bucket(header, "2026-10-03,Claude Opus 5,thoughts,0.02,session_usage")
    #expect(other.dimensions[.tokenType] == "thoughts")
    #expect(other.dimensions[.costType] == "session_usage")
  }

  @Test func `a model that is not known keeps the name it is shown by, and is noted`() throws {
    let row = "2026-10-03,Claude Quartet 9,output,0.02"
    let told = try bucket(short, row)
    #expect(told.dimensions[.model] == "Claude Quartet 9")
    #expect(
      try notes(of: "\(short)\n\(row)\n") == ["a model's display name that is not known"])
  }

  @Test func `a model by its id is itself`() throws {
    let told = try bucket(short, "2026-10-03,claude-haiku-4-5,output,0.02")
    #expect(told.dimensions[.model] == "claude-haiku-4-5")
    #expect(told["model_name"] == nil)
  }

  @Test func `no other delimited format knows the headers`() throws {
    for text in [newest, short + "\n"] {
      let header = try #require(fields(of: text, .comma))
      #expect(header.contains("usage_date_utc"))
      let reader = DelimitedReader(.comma)
      let bytes = Array(text.utf8)
      let known = try bytes.withUnsafeBufferPointer { bytes -> [String] in
        let start = try #require(bytes.baseAddress)
        guard case .row(let row, _) = reader.read(start, count: bytes.count, isLast: true) else {
          return []
        }
        return LogFormats.delimited.filter { $0.recognises(first: row) }.map { $0.name }
      }
      #expect(known == ["console-cost-csv"])
    }
  }
}
