import Testing

@testable import UsageLog

/// Results of `claude -p` and the Agent SDK.
struct ClaudeCodeResultTests {
  private func result(
    _ uuid: String, session: String = "b7e1", duration: Int = 48210, cost: String = "0.25437",
    input: Int = 44, output: Int = 2310
  ) -> String {
    #"{"type":"result","subtype":"success","is_error":false,"session_id":"\#(session)","uuid":"\#(uuid)","#
      + #""duration_ms":\#(duration),"duration_api_ms":\#(duration),"num_turns":7,"total_cost_usd":\#(cost),"#
      + #""usage":{"input_tokens":1,"output_tokens":1},"modelUsage":{"claude-opus-5[1m]":{"inputTokens":\#(input),"#
      + #""outputTokens":\#(output),"cacheReadInputTokens":210400,"cacheCreationInputTokens":9120,"#
      + #""webSearchRequests":2,"costUSD":\#(cost),"contextWindow":1000000}}}"# + "\n"
  }

  private let turn =
    #"{"type":"assistant","message":{"id":"msg_1","type":"message","usage":{"input_tokens":10,"output_tokens":1}},"#
    + #""session_id":"b7e1","parent_tool_use_id":null,"uuid":"u"}"# + "\n"

  @Test func `a result tells a bucket for each model`() throws {
    let record = try readLog(
      #"""
      {"type":"result","subtype":"success","session_id":"b7e1","uuid":"c0d4","duration_ms":48210,
       "duration_api_ms":39110,"total_cost_usd":0.26162,"usage":{"input_tokens":44,"output_tokens":2310},
       "modelUsage":{"claude-opus-5[1m]":{"inputTokens":44,"outputTokens":2310,"cacheReadInputTokens":210400,
       "cacheCreationInputTokens":9120,"webSearchRequests":3,"costUSD":0.25437},
       "us.anthropic.claude-haiku-4-5-20251001-v1:0":{"inputTokens":5200,"outputTokens":410,
       "cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":7.25e-03,"canonicalModel":"claude-haiku-4-5"}}}
      """#)[0]
    #expect(record.outcome == .buckets)
    #expect(record.buckets.map { $0.dimensions[.model] } == ["claude-opus-5", "claude-haiku-4-5"])
    let opus = record.buckets[0]
    #expect(opus.usage.input == 44)
    #expect(opus.usage.output == 2310)
    #expect(opus.usage.cacheRead == 210_400)
    #expect(opus.usage.cacheCreate == 9120)
    #expect(opus.usage.webSearches == 3)
    #expect(opus.amount == "25.437")
    #expect(opus.amountNanos == 254_370_000)
    #expect(opus.currency == "USD")
    #expect(record.buckets[1].amount == "0.725")
    #expect(opus.report == .claudeCodeResult)
    #expect(opus.telling == .runningTotal)
    #expect(opus.endingAt == fileTime)
    #expect(opus.startingAt == fileTime - 48210)
    #expect(opus.dimensions[.sessionID] == "b7e1")
    #expect(opus.dimensions[ClaudeCodeResult.uuid] == "c0d4")
  }

  @Test func `two spellings of one model are one bucket`() throws {
    let record = try readLog(
      #"""
      {"type":"result","session_id":"b","uuid":"c","modelUsage":{
       "claude-opus-5[1m]":{"inputTokens":1,"outputTokens":2,"costUSD":0.1},
       "claude-opus-5":{"inputTokens":10,"outputTokens":20,"costUSD":0.02}}}
      """#)[0]
    #expect(record.buckets.count == 1)
    #expect(record.buckets[0].usage.input == 11)
    #expect(record.buckets[0].amount == "12")
  }

  @Test func `separate queries of one session are added, and a repeated one is the same bucket`()
    throws
  {
    let keys = try readLog(result("u1") + result("u2") + result("u1")).map { $0.buckets[0].key }
    #expect(keys[0] != keys[1])
    #expect(keys[0] == keys[2])
  }

  @Test func `running totals of a stream are one bucket`() throws {
    let totals = try readLog(
      turn + result("u1", output: 100) + turn + result("u2", duration: 50000, output: 180))
    #expect(totals.map(\.isSkipped) == [true, false, true, false])
    #expect(totals[1].buckets[0].key == totals[3].buckets[0].key)
    #expect(totals[3].buckets[0].usage.output == 180)
  }

  @Test func `totals that fall are those of another run`() throws {
    let log =
      turn + result("u1", output: 100) + turn + result("u2", output: 30)
      + turn + result("u3", duration: 60000, output: 90)
    let keys = try readLog(log).flatMap(\.buckets).map(\.key)
    #expect(keys[0] != keys[1])
    #expect(keys[1] == keys[2])
  }

  @Test func `streams in different files are different runs`() throws {
    var one = ReadingOptions()
    one.fileName = "one.jsonl"
    var two = ReadingOptions()
    two.fileName = "two.jsonl"
    let keys = try [one, two].map {
      try readLog(turn + result("u1"), options: $0)[1].buckets[0].key
    }
    #expect(keys[0] != keys[1])
  }

  @Test func `a result without models tells its total`() throws {
    let bucket = try readLog(
      #"{"type":"result","subtype":"error_max_turns","session_id":"b","uuid":"c","total_cost_usd":0.5,"usage":{"input_tokens":7,"output_tokens":9,"cache_read_input_tokens":3}}"#
    )[0].buckets[0]
    #expect(bucket.amount == "50")
    #expect(bucket.usage.input == 7)
    #expect(bucket.usage.cacheRead == 3)
    #expect(bucket.dimensions[.model] == nil)
  }

  @Test func `a result that used nothing is passed over`() throws {
    let nothing =
      #"{"type":"result","session_id":"b","uuid":"c","total_cost_usd":0,"modelUsage":{}}"#
    #expect(try readLog(nothing)[0].skipReason == "a result that used nothing")
  }

  @Test(arguments: [
    #"{"type":"system","subtype":"init","session_id":"b7e1","tools":[],"uuid":"1"}"#,
    #"{"type":"user","message":{"role":"user"},"session_id":"b7e1","uuid":"1"}"#,
    #"{"type":"stream_event","event":{"type":"message_start"},"session_id":"b7e1","uuid":"1"}"#,
    #"{"type":"assistant","message":{"usage":{"output_tokens":1}},"session_id":"b7e1","uuid":"1"}"#,
  ])
  func `lines of a stream are its format's, and count nothing`(line: String) throws {
    #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "claude-code-result")
    #expect(
      try readLog(line)[0].skipReason == "a line of a query: its result holds the totals")
  }

  @Test func `bad figures are rejects`() throws {
    #expect(try readLog(result("u", input: -1))[0].reason == .negativeCount(.inputTokens))
    #expect(try readLog(result("u", cost: "\"free\""))[0].reason == .unreadableAmount)
  }
}
