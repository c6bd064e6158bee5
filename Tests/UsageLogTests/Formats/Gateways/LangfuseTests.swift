import Testing

@testable import UsageLog

/// Langfuse's observations.
struct LangfuseTests {
  /// The format reference's observation.
  private static let golden =
    #"{"id":"b1f0c2d4-77aa-4e19-9c10-5d2e8f61a003","type":"GENERATION","traceId":"6f2d0c9e41b8a7354cd1e09b7a52f310","environment":"production","startTime":"2026-10-03T12:05:22.417Z","endTime":"2026-10-03T12:05:26.597Z","name":"summarise","level":"DEFAULT","version":"9f1c2ab","model":"claude-sonnet-5","usageDetails":{"input":412,"input_cache_read":18240,"output":633,"total":19285},"costDetails":{"input":0.000824,"input_cache_read":0.003648,"output":0.00633,"total":0.010802},"inputUsage":18652,"outputUsage":633,"totalUsage":19285,"totalCost":0.010802,"latency":4.18,"promptName":"summary","promptVersion":7,"userId":"acme"}"#

  private func row(_ usage: String, _ members: String = "") -> String {
    #"{"id":"o-1","type":"GENERATION","traceId":"t-1","environment":"production","startTime":"2026-10-03T12:05:22.417Z","endTime":"2026-10-03T12:05:26.597Z","name":"sort","model":"claude-sonnet-5","usageDetails":{\#(usage)}\#(members.isEmpty ? "" : "," + members)}"#
  }

  @Test func `an observation of the interface's export is read as the reference tells`() throws {
    let (format, call) = try onlyCall(Self.golden)
    #expect(format == "langfuse")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.requestID] == "b1f0c2d4-77aa-4e19-9c10-5d2e8f61a003")
    #expect(call[.operationID] == "6f2d0c9e41b8a7354cd1e09b7a52f310")
    #expect(call[.tenantID] == "acme")
    #expect(call[.feature] == "summarise")
    #expect(call[.deploySHA] == "9f1c2ab")
    #expect(call[.promptHash] == "summary@7")
    #expect(call[.costNanos] == "10802000")
    #expect(call[.latencyMs] == "4180")
    #expect(call[.statusCode] == "200")
    #expect(call.occurredAt == 1_791_029_122_417)
    #expect(try notes(of: Self.golden).isEmpty)
  }

  @Test func `an observation of the blob export is the same`() throws {
    let text =
      #"{"id":"o-1","trace_id":"t-1","type":"GENERATION","environment":"default","start_time":"2026-10-03 12:05:22.417","end_time":"2026-10-03 12:05:26.597","completion_start_time":"2026-10-03 12:05:23.237","name":"sort","level":"DEFAULT","version":"9f1c2ab","provided_model_name":"claude-sonnet-5","model_parameters":"{\"max_tokens\":1024}","usage_details":"{\"input\":412,\"input_cached_tokens\":18240,\"output\":633}","cost_details":{"total":0.010802},"total_cost":"0.010802","latency":"4.18","prompt_name":"summary","prompt_version":"7","input":"[{\"role\":\"user\",\"content\":\"x\"}]"}"#
    let call = try onlyCall(text).call
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.tenantID] == "default")
    #expect(call[.feature] == "sort")
    #expect(call[.promptHash] == "summary@7")
    #expect(call[.maxTokens] == "1024")
    #expect(call[.ttftMs] == "820")
    #expect(call[.costNanos] == "10802000")
    #expect(call.timeIsNaive)
  }

  @Test(arguments: [
    (
      #""input":412,"cache_read_input_tokens":18240,"cache_creation_input_tokens":7,"output":633"#,
      "412/7/18240/633"
    ),
    (#""input":412,"input_cached_tokens":18240,"output":633"#, "412/0/18240/633"),
    (#""input":412,"input_cache_creation":500,"output":633"#, "412/500/0/633"),
    (
      #""input":412,"input_cache_creation_5m":300,"input_cache_creation_1h":200,"output":633"#,
      "412/500/0/633"
    ),
    // Reasoning is beside the output,
    (
      #""input":390,"input_cached_tokens":1920,"output":154,"output_reasoning_tokens":256"#,
      "390/0/1920/410"
    ),
    (
      #""input":390,"input_cached_tokens":1920,"output":154,"output_reasoning_tokens":256,"total":2720"#,
      "390/0/1920/410"
    ),
    // or inside, where the total says so.
    (
      #""input":390,"input_cached_tokens":1920,"output":410,"output_reasoning_tokens":256,"total":2720"#,
      "390/0/1920/410"
    ),
    // The same for cached tokens in what a client sent.
    (#""input":2310,"input_cached_tokens":1920,"output":410,"total":2720"#, "390/0/1920/410"),
    (#""input":2310,"input_cached_tokens":1920,"output":410"#, "2310/0/1920/410"),
    (#""prompt_tokens":2310,"cached_tokens":1920,"completion_tokens":410"#, "390/0/1920/410"),
    // Parts without a field of their own are still input and output.
    (#""input":100,"input_audio_tokens":20,"output":10,"output_audio_tokens":5"#, "120/0/0/15"),
    (#""input":100,"output":10,"images":3"#, "100/0/0/10"),
  ])
  func `the usage map is read by its keys`(map: String, usage: String) throws {
    #expect(try onlyCall(row(map)).call.usage == usage)
  }

  @Test func `what had to be reckoned, or is not known, is said`() throws {
    #expect(
      try notes(of: row(#""input":2310,"input_cached_tokens":1920,"output":410,"total":2720"#))
        .count == 1)
    #expect(
      try notes(of: row(#""input":1,"output":1,"input_audio tokens😀":3"#))
        == ["a usage field that is not known: input_audio?tokens?"])
  }

  @Test func `without a map the sums are all input`() throws {
    let text = row("", #""inputUsage":18652,"outputUsage":633"#)
    #expect(try onlyCall(text).call.usage == "18652/0/0/633")
  }

  @Test func `what is no model call is passed over`() throws {
    let span = Self.golden.replacing("GENERATION", with: "SPAN").replacing(
      "\"model\"", with: "\"m\"")
    let event =
      #"{"id":"e","trace_id":"t","type":"EVENT","start_time":"2026-10-03 12:05:22.417","name":"x"}"#
    let bare = row("").replacing("claude-sonnet-5", with: "")
    let records = try readLog([Self.golden, span, event, bare].joined(separator: "\n"))
    #expect(
      records.map(\.outcome) == [
        .call, .skipped("an observation of no model call"),
        .skipped("an observation of no model call"),
        .skipped("a generation without a model and usage"),
      ])
  }

  @Test func `an error has no status, and counts without usage too`() throws {
    for usage in ["", #""input":5,"output":0"#] {
      let call = try onlyCall(row(usage, #""level":"ERROR""#)).call
      #expect(call[.outcome] == "errored")
      #expect(call[.statusCode] == nil)
    }
    #expect(try readLog(row("")).allSatisfy(\.isSkipped))
  }

  @Test func `without a prompt's name the input is hashed`() throws {
    let messages = #"[{"role":"user","content":"Write tonight's digest of open tickets."}]"#
    for input in [messages, #"{"messages":\#(messages),"model":"x"}"#] {
      let call = try onlyCall(row(#""input":1"#, #""input":\#(input)"#)).call
      #expect(call[.promptHash] == "#80c98f8523fd1c61")
    }
  }

  @Test func `seconds become milliseconds exactly`() throws {
    let call = try onlyCall(row(#""input":1"#, #""latency":0.0015,"timeToFirstToken":0.82"#)).call
    #expect(call[.latencyMs] == "2")
    #expect(call[.ttftMs] == "820")
    #expect(try onlyCall(row(#""input":1"#)).call[.latencyMs] == "4180")
  }

  @Test func `the API's pages are their observations`() throws {
    let page = #"{"data":[\#(Self.golden),\#(row("\"input\":1"))],"meta":{"page":1}}"#
    #expect(try readLog(page).map(\.outcome) == [.call, .call])
  }

  @Test func `bad counts are rejects`() throws {
    #expect(
      try readLog(row(#""input":-1,"output":1"#)).map(\.reason) == [.negativeCount(.inputTokens)])
    #expect(
      try readLog(row(#""output":1,"output_reasoning_tokens":"many""#)).map(\.reason)
        == [.notACount(.outputTokens)])
  }
}
