import Testing

@testable import UsageLog

/// The Console's export of tokens: every generation of its header, by name.
struct ConsoleUsageTests {
  private let newest = """
    usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
    2026-10-03 14:00,claude-sonnet-5,prod-summariser,Default,standard,≤ 200k,18422,5120,0,221800,9631,0,global,
    2026-10-03 14:00,claude-opus-5,agents,Research,standard,> 200k,904,0,20480,88100,4410,2,us,fast

    """

  @Test func `the reference's rows are what it says they are`() throws {
    let records = try readLog(newest)
    #expect(records.map(\.outcome) == [.buckets, .buckets])
    let first = try #require(records.first?.buckets.first)
    #expect(first.report == .consoleUsage)
    #expect(first.startingAt == 1_790_985_600_000 + 14 * 3_600_000)
    #expect(first.endingAt == first.startingAt + 3_600_000)
    #expect(first.usage.input == 18_422)
    #expect(first.usage.cacheCreate == 5120)
    #expect(first.usage.cacheCreate1h == 0)
    #expect(first.usage.cacheRead == 221_800)
    #expect(first.usage.output == 9631)
    #expect(first.usage.webSearches == 0)
    #expect(
      first.dimensions == [
        .model: "claude-sonnet-5", .apiKey: "prod-summariser", .workspace: "Default",
        .serviceTier: "standard", .contextWindow: "0-200k", .inferenceGeo: "global",
      ])
    #expect(first.amount == nil)
    let second = try #require(records.last?.buckets.first)
    #expect(second.usage.cacheCreate == 20_480)
    #expect(second.usage.cacheCreate1h == 20_480)
    #expect(second.usage.webSearches == 2)
    #expect(second.dimensions[.contextWindow] == "200k-1M")
    #expect(second.dimensions[.speed] == "fast")
    #expect(try notes(of: newest) == [])
  }

  @Test func `a file is grouped by the columns it has, whether or not a row fills them`() throws {
    let grouped = Set(try readLog(newest).flatMap(\.buckets).map(\.groupedBy))
    #expect(
      grouped == [
        [.model, .serviceTier, .contextWindow, .inferenceGeo, .speed, .workspace, .apiKey]
      ])
    #expect(try readLog(newest).flatMap(\.buckets).allSatisfy { $0.mayGoOn })
  }

  @Test func `a generation without windows, places and speeds is read by its names`() throws {
    let text = """
      usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count
      2025-09-03,claude-sonnet-4-20250514,prod,Default,batch,10,20,30,40,50,1

      """
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.usage.cacheCreate == 50)
    #expect(bucket.usage.cacheCreate1h == 30)
    #expect(bucket.dimensions[.serviceTier] == "batch")
    #expect(bucket.endingAt - bucket.startingAt == 86_400_000)
    #expect(bucket.groupedBy == [.model, .serviceTier, .workspace, .apiKey])
  }

  @Test func `the oldest has one column of cache writes`() throws {
    let text = """
      usage_output_tokens,usage_input_tokens_cache_write,usage_input_tokens_no_cache,usage_input_tokens_cache_read,workspace,api_key,model_version,usage_date_utc
      5,7,11,13,Default,prod,claude-3-5-sonnet-20241022,2024-11-03

      """
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.usage.input == 11)
    #expect(bucket.usage.cacheCreate == 7)
    #expect(bucket.usage.cacheCreate1h == nil)
    #expect(bucket.usage.cacheRead == 13)
    #expect(bucket.usage.output == 5)
  }

  private let short =
    "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n"

  @Test(arguments: [
    ("2026-10-03", Int64(0), Int64(86_400_000)), ("2026-10-03 14:00", 50_400_000, 3_600_000),
    ("2026-10-03T14:00", 50_400_000, 3_600_000), ("2026-10-03T14:00:00Z", 50_400_000, 3_600_000),
    ("2026-10-03 00:00", 0, 3_600_000),
  ])
  func `a day is a day, and a time of day its hour`(
    written: String, start: Int64, width: Int64
  ) throws {
    let bucket = try #require(
      try readLog(short + "\(written),claude-opus-5,1,2\n").first?.buckets.first)
    #expect(bucket.startingAt == 1_790_985_600_000 + start)
    #expect(bucket.endingAt - bucket.startingAt == width)
  }

  @Test(arguments: [
    ("\"1,234,567\"", Int64(1_234_567)), ("12 345", 12_345), ("1234", 1234), ("12.0", 12),
    ("\"123,456\"", 123_456),
  ])
  func `a hand-edited count may have thousands separators`(written: String, count: Int64) throws {
    let text = short + "2026-10-03,claude-opus-5,\(written),2\n"
    #expect(try readLog(text).first?.buckets.first?.usage.input == count)
  }

  @Test(arguments: [
    ("2026-10-03,m,\"1,23\",2", RejectionReason.notACount(.inputTokens)),
    ("2026-10-03,m,\"1234,567\",2", .notACount(.inputTokens)),
    ("2026-10-03,m,1.5,2", .notACount(.inputTokens)),
    ("2026-10-03,m,1,-2", .negativeCount(.outputTokens)),
    ("10/3/2026,m,1,2", .missingDay), (",m,1,2", .missingDay), ("Total,,1,2", .missingDay),
    ("20261003,m,1,2", .missingDay),
    ("2026-10-03,m,1", .badCSV("3 fields where the header has 4")),
  ])
  func `a row that cannot be is a reject and costs only itself`(
    row: String, reason: RejectionReason
  ) throws {
    let records = try readLog(short + row + "\n2026-10-03,m,1,2\n")
    #expect(records.map(\.reason) == [reason, nil])
  }

  @Test(arguments: ["", "NULL", "\"\"", "\\N"])
  func `a field without a value is none, and a count of nought is one`(empty: String) throws {
    let text = short + "2026-10-03,\(empty),\(empty),0\n"
    let bucket = try #require(try readLog(text).first?.buckets.first)
    #expect(bucket.dimensions[.model] == nil)
    #expect(bucket.usage.input == nil)
    #expect(bucket.usage.output == 0)
  }

  @Test(arguments: [";", "\t"])
  func `a spreadsheet's delimiters, line ends, mark and capitals do not matter`(
    delimiter: String
  ) throws {
    let text = newest.replacing(",", with: delimiter).replacing("\n", with: "\r\n")
      .replacing("usage_date_utc", with: " Usage_Date_UTC ")
    let told = try readLog("\u{FEFF}" + text).filter { !$0.isSkipped }.flatMap(\.buckets)
    #expect(try told == readLog(newest).flatMap(\.buckets))
  }

  @Test func `a file with nothing but a header has nothing new`() throws {
    let header = try #require(newest.split(separator: "\n").first)
    #expect(try readLog(header + "\n").isEmpty)
    #expect(try readLog(String(header), mayGrow: true).isEmpty)
  }

  @Test func `a column nobody knows is noted once, and tells rows apart if it is no figure`() throws
  {
    let text = """
      usage_date_utc,product,usage_input_tokens_no_cache,usage_input_tokens_cache_write_24h,seat class,team
      2026-10-03,claude_code,1,9,a,east
      2026-10-03,claude_code,2,9,b,west

      """
    let buckets = try readLog(text).flatMap(\.buckets)
    #expect(buckets.map { $0["team"] } == ["east", "west"])
    #expect(buckets.map { $0.dimensions[.product] } == ["claude_code", "claude_code"])
    #expect(buckets.allSatisfy { $0["seat class"] == nil })
    #expect(
      try notes(of: text) == [
        "an unknown column, usage_input_tokens_cache_write_24h, is not read",
        "an unknown column, something, is not read",
        "an unknown column, team, is kept by its name",
      ])
  }

  /// Two keys may have one name, and an export has no more than the name.
  @Test func `rows that nothing tells apart stay two`() throws {
    let row = "2026-10-03,claude-opus-5,1,2\n"
    let buckets = try readLog(short + row + row + row).flatMap(\.buckets)
    #expect(buckets.map { $0["ordinal"] } == [nil, "2", "3"])
    #expect(Set(buckets.map(\.key)).count == 3)
  }

  @Test func `exports that were joined tell the same again`() throws {
    let records = try readLog(newest + newest)
    #expect(records.map(\.isSkipped) == [false, false, true, false, false])
    let buckets = records.flatMap(\.buckets)
    #expect(buckets.prefix(2) == buckets.suffix(2))
    #expect(
      try readLog(newest + short + "2026-10-03,m,1,2\n").last?.buckets.first?.usage.output == 2)
  }

  @Test func `an export of another kind behind it is refused row by row`() throws {
    let cost = "usage_date_utc,model,token_type,cost_usd\n2026-10-03,Claude Opus 5,output,0.04\n"
    let records = try readLog(short + "2026-10-03,m,1,2\n" + cost)
    #expect(records.map(\.reason) == [nil, .missingDay, .notACount(.inputTokens)])
  }

  @Test func `a header without its day is refused`() {
    #expect(throws: LogError.noHeader) {
      try readLog("model_version,usage_output_tokens\nm,1\n", forced: "console-usage-csv")
    }
  }
}
