import Testing

@testable import UsageLog

/// The rows of one bucket: how they are grouped, added up, and lost one at a time.
struct BucketRowTests {
  /// A usage bucket of the day with these rows' members.
  private func day(_ day: Int, _ rows: [String]) -> String {
    #"{"starting_at":"2026-11-0\#(day)T00:00:00Z","ending_at":"2026-11-0\#(day + 1)T00:00:00Z","results":["#
      + rows.map { "{\($0)}" }.joined(separator: ",") + "]}"
  }

  private func page(_ days: [String]) -> String {
    #"{"data":["# + days.joined(separator: ",") + #"],"has_more":false,"next_page":null}"#
  }

  private func tokens(_ count: Int, _ members: String) -> String {
    #""uncached_input_tokens":\#(count),"output_tokens":1,"# + members
  }

  private func cents(_ amount: String, _ members: String) -> String {
    #""amount":"\#(amount)","currency":"USD","# + members
  }

  @Test func `a bucket's grouping is what its own rows name, whatever the page's others do`() throws
  {
    let first = day(1, [tokens(1, #""model":null"#)])
    let second = day(2, [tokens(2, #""model":null"#), tokens(3, #""model":"m""#)])
    let alone = try readLog(page([first])).flatMap(\.buckets)
    let both = try readLog(page([first, second])).flatMap(\.buckets)
    #expect(both.map(\.groupedBy) == [[], [.model], [.model]])
    #expect(both.first?.key == alone.first?.key)
  }

  @Test func `a bucket's grouping does not hang on whether a row can be read`() throws {
    let rows = [tokens(1, #""model":null"#), tokens(-1, #""model":"m""#)]
    #expect(try readLog(page([day(1, rows)])).flatMap(\.buckets).map(\.groupedBy) == [[.model]])
  }

  @Test func `rows that differ in nothing that is a dimension are added up`() throws {
    let rows = [
      tokens(5, #""model":"m","beta":1,"cache_creation":{"ephemeral_1h_input_tokens":3}"#),
      tokens(7, #""model":"n","beta":1"#),
      tokens(11, #""model":"m","beta":2,"server_tool_use":{"web_search_requests":2}"#),
    ]
    let buckets = try readLog(page([day(1, rows), day(2, rows)])).flatMap(\.buckets)
    #expect(buckets.map(\.usage.input) == [16, 7, 16, 7])
    #expect(buckets.map(\.usage.output) == [2, 1, 2, 1])
    #expect(buckets.first?.usage.cacheCreate1h == 3)
    #expect(buckets.first?.usage.webSearches == 2)
    #expect(buckets.last?.usage.webSearches == nil)
  }

  @Test func `a dimension that is new is kept by its name and tells rows apart`() throws {
    let rows = [
      tokens(5, #""model":"m","beta":"a","is_trial":true"#),
      tokens(7, #""model":"m","beta":"b","is_trial":false"#),
      tokens(11, #""model":"m","beta":null,"is_trial":null"#),
    ]
    let buckets = try readLog(page([day(1, rows)])).flatMap(\.buckets)
    let beta = UsageBucket.Dimension(rawValue: "beta")
    let trial = UsageBucket.Dimension(rawValue: "is_trial")
    #expect(buckets.map(\.usage.input) == [5, 7, 11])
    #expect(buckets.map { $0.dimensions[beta] } == ["a", "b", nil])
    #expect(buckets.map { $0.dimensions[trial] } == ["true", "false", nil])
    #expect(buckets.map(\.groupedBy) == Array(repeating: [.model, beta, trial], count: 3))
    #expect(Set(buckets.map(\.key)).count == 3)
  }

  @Test func `what measures, bounds or is no name is no dimension`() throws {
    let long = String(repeating: "x", count: 300)
    let odd = #""model":"m","saved_tokens":"7","bucket_width":"1d","no name":"a","text":"\#(long)""#
    let buckets = try readLog(page([day(1, [tokens(5, odd)])])).flatMap(\.buckets)
    #expect(buckets.map(\.dimensions) == [[.model: "m"]])
  }

  @Test(arguments: [
    (["0.1", "0.2"], "0.3", Int64(3_000_000)), (["4", "4"], "8", 80_000_000),
    (["123.78912", "0.000000001"], "123.789120001", 1_237_891_200),
    (["0.00000004", "0.00000004"], "0.00000008", 1), (["-12.5", "12.50"], "0.00", 0),
    (["-0.25", "0.2"], "-0.05", -500_000), (["1e2", "2.5E-1"], "100.25", 1_002_500_000),
    (["1", "2", "3.5"], "6.5", 65_000_000),
  ])
  func `amounts are added exactly`(amounts: [String], sum: String, nanos: Int64) throws {
    let rows = amounts.enumerated().map { cents($1, #""model":"m","beta":\#($0)"#) }
    let buckets = try readLog(page([day(1, rows)])).flatMap(\.buckets)
    #expect(buckets.map(\.amount) == [sum])
    #expect(buckets.map(\.amountNanos) == [nanos])
  }

  @Test func `amounts of two currencies have no sum`() throws {
    let rows = [cents("1", #""model":"m""#), #""amount":"2","currency":"EUR","model":"m""#]
    #expect(try readLog(page([day(1, rows)])).flatMap(\.buckets).map(\.amount) == ["1", "2"])
  }

  @Test func `what has no sum is a reject, and the row before it stays`() throws {
    let longest = "0." + String(repeating: "1", count: 37)
    let rows = [cents(longest, #""model":"m""#), cents("12345", #""model":"m""#)]
    let record = try #require(try readLog(page([day(1, rows)])).first)
    #expect(record.buckets.map(\.amount) == [longest])
    #expect(record.rejectedRows.map(\.reason) == [.unreadableAmount])
    let many = Array(repeating: tokens(1_000_000_000_000_000, #""model":"m""#), count: 12)
    let full = try #require(try readLog(page([day(1, many)])).first)
    #expect(full.buckets.map(\.usage.input) == [10_000_000_000_000_000])
    #expect(
      full.rejectedRows.map(\.reason) == [.absurdCount(.inputTokens), .absurdCount(.inputTokens)])
  }

  @Test func `a bad row costs only itself`() throws {
    let bad = tokens(-2, #""model":"b""#)
    let days = [
      day(1, [tokens(1, #""model":"a""#), bad]),
      day(2, [tokens(3, #""model":"a""#)]).replacing("2026-11-03", with: "soon"),
      day(3, [tokens(4, #""model":"a""#)]),
    ]
    let text = page(days)
    let record = try #require(try readLog("\n\n" + text).first)
    #expect(record.outcome == .buckets)
    #expect(record.buckets.map(\.usage.input) == [1, 4])
    #expect(
      record.rejectedRows.map(\.reason) == [.negativeCount(.inputTokens), .missingBucketBounds])
    let place = try #require(record.rejectedRows.first)
    let bytes = Array(text.utf8)[Int(place.offset)..<Int(place.offset + place.length)]
    #expect(String(decoding: bytes, as: UTF8.self) == "{\(bad)}")
  }

  @Test func `a page of bad rows is a reject for each of them`() throws {
    let rows = [
      tokens(-1, #""model":"a""#), tokens(1, #""model":{}"#).replacing("1,", with: "0.5,"),
    ]
    let record = try #require(try readLog(page([day(1, rows)])).first)
    #expect(record.reason == .negativeCount(.inputTokens))
    #expect(record.rejectedRows.map(\.reason) == [.notACount(.inputTokens)])
  }
}
