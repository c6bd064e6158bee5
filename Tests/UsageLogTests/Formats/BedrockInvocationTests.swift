import Testing

@testable import UsageLog

/// Amazon Bedrock's model invocation log.
struct BedrockInvocationTests {
  static let golden =
    #"{"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-10-03T14:05:22Z","accountId":"111122223333","identity":{"arn":"arn:aws:sts::111122223333:assumed-role/support-bot/i-0abc"},"region":"us-east-1","requestId":"7d2c1f0e-5a44-4b6f-9d31-0e8f2b7a9c10","operation":"InvokeModel","modelId":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","inferenceRegion":"us-west-2","requestMetadata":{"tenant":"acme","feature":"search"},"input":{"inputContentType":"application/json","inputBodyS3Path":"s3://logs-bucket/…/data/7d2c_input.json.gz","inputTokenCount":37,"cacheReadInputTokenCount":20480,"cacheWriteInputTokenCount":0},"output":{"outputContentType":"application/json","outputBodyJson":{"id":"msg_bdrk_01Lw9TqVnZ4kRx7MbYc2HsPd","type":"message","model":"claude-sonnet-4-5-20250929","stop_reason":"end_turn","usage":{"input_tokens":37,"cache_read_input_tokens":20480,"cache_creation_input_tokens":0,"output_tokens":412}},"outputTokenCount":412}}"#

  /// A record with these members of `input` and `output`.
  static func record(
    _ input: String, _ output: String, model: String = "us.anthropic.claude-sonnet-5",
    operation: String = "InvokeModel", members: String = ""
  ) -> String {
    #"{"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-10-03T14:05:22Z","accountId":"111122223333","region":"eu-west-1","requestId":"7d2c1f0e-0001","operation":"\#(operation)","modelId":"\#(model)",\#(members)"input":{\#(input)},"output":{\#(output)}}"#
  }

  private func call(_ json: String, options: ReadingOptions = ReadingOptions()) throws -> ToldCall {
    let records = try readLog(json, options: options)
    #expect(records.map(\.outcome) == [.call], "\(json)")
    return try #require(records.first?.calls.first)
  }

  @Test func `a record is a call with everything it says`() throws {
    let told = try call(Self.golden)
    #expect(told.usage == "37/0/20480/412")
    #expect(told.occurredAt == 1_791_036_322_000)
    #expect(!told.timeIsApproximate)
    #expect(told[.messageID] == "msg_bdrk_01Lw9TqVnZ4kRx7MbYc2HsPd")
    #expect(told[.requestID] == "7d2c1f0e-5a44-4b6f-9d31-0e8f2b7a9c10")
    #expect(told[.model] == "us.anthropic.claude-sonnet-4-5-20250929-v1:0")
    #expect(told[.channel] == "bedrock")
    #expect(told[.region] == "us-east-1")
    #expect(told[.tenantID] == "acme")
    #expect(told[.feature] == "search")
    #expect(told[.userID] == "support-bot/i-0abc")
    #expect(told[.workspace] == "111122223333")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
    #expect(told[.stopReason] == "end_turn")
    #expect(try ReadNotes(Self.golden) == ReadNotes(Self.golden + "\n"))
    #expect(try ReadNotes(Self.golden).issued == [true])
    #expect(try ReadNotes(Self.golden).notes == [])
  }

  @Test func `callers' tags name the call by the usual spellings`() throws {
    let told = try call(
      Self.record(
        #""inputTokenCount":1"#, #""outputTokenCount":2"#,
        members:
          #""requestMetadata":{"Customer-ID":"alder-bank","useCase":"triage","gitSha":"9f1c2ab","session":"s-1","user":"nina","model":"x","inputTokens":"999","status":"500"},"#
      ))
    #expect(told[.tenantID] == "alder-bank")
    #expect(told[.feature] == "triage")
    #expect(told[.deploySHA] == "9f1c2ab")
    #expect(told[.sessionID] == "s-1")
    #expect(told[.userID] == "nina")
    #expect(told[.model] == "us.anthropic.claude-sonnet-5")
    #expect(told.usage == "1/0/0/2")
    #expect(told[.statusCode] == "200")
  }

  @Test func `without tags the caller's role, then the account, is the tenant`() throws {
    let counts = (#""inputTokenCount":1"#, #""outputTokenCount":2"#)
    let arn = "arn:aws:iam::111122223333:user/alice"
    let named = try call(
      Self.record(counts.0, counts.1, members: #""identity":{"arn":"\#(arn)"},"#))
    #expect(named[.tenantID] == arn)
    #expect(named[.userID] == "alice")
    #expect(named[.feature] == "InvokeModel")
    let bare = try call(Self.record(counts.0, counts.1))
    #expect(bare[.tenantID] == "111122223333")
    #expect(bare[.userID] == nil)
    var options = ReadingOptions()
    options.mapped = ["kostenstelle": .tenantID]
    let mapped = try call(
      Self.record(
        counts.0, counts.1,
        members: #""requestMetadata":{"tenant":"acme","kostenstelle":"4711"},"#), options: options)
    #expect(mapped[.tenantID] == "4711")
  }

  @Test func `the response's usage splits the cache writes, the record's counts decide the rest`()
    throws
  {
    let told = try call(
      Self.record(
        #""inputTokenCount":10,"cacheReadInputTokenCount":0,"cacheWriteInputTokenCount":700"#,
        #""outputTokenCount":20,"outputBodyJson":{"id":"msg_bdrk_1","type":"message","model":"claude-sonnet-5","usage":{"input_tokens":10,"cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":500},"output_tokens":19}}"#
      ))
    #expect(told.usage == "10/700/0/20")
    #expect(told[.cacheCreate1hTokens] == "500")
  }

  @Test func `counts that an older record lacks are the response's`() throws {
    let told = try call(
      Self.record(
        #""inputTokenCount":3"#,
        #""outputTokenCount":20,"outputBodyJson":{"id":"msg_bdrk_1","type":"message","model":"claude-sonnet-5","usage":{"input_tokens":3,"cache_creation_input_tokens":31814,"cache_read_input_tokens":12,"output_tokens":20}}"#
      ))
    #expect(told.usage == "3/31814/12/20")
  }

  static let events =
    #"[{"type":"message_start","message":{"id":"msg_bdrk_7","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"stop_reason":null,"usage":{"input_tokens":640,"cache_creation_input_tokens":100,"cache_read_input_tokens":4096,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":100},"output_tokens":2}}},{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"…"}},{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":187}},{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":640,"outputTokenCount":187,"invocationLatency":3120,"firstByteLatency":641,"cacheReadInputTokenCount":4096,"cacheWriteInputTokenCount":100}}]"#

  @Test(arguments: [#""inputTokenCount":640"#, #""inputContentType":"application/json""#])
  func `a stream's events are one response`(input: String) throws {
    for body in [Self.events, quoted(Self.events)] {
      let told = try call(
        Self.record(
          input, #""outputBodyJson":\#(body)"#, operation: "InvokeModelWithResponseStream"))
      #expect(told.usage == "640/100/4096/187")
      #expect(told[.cacheCreate1hTokens] == "100")
      #expect(told[.messageID] == "msg_bdrk_7")
      #expect(told[.latencyMs] == "3120")
      #expect(told[.ttftMs] == "641")
      #expect(told[.stopReason] == "end_turn")
      #expect(told[.statusCode] == "200")
      #expect(told.hasContent == true)
      #expect(told[.model] == "us.anthropic.claude-sonnet-5")
    }
  }

  @Test func `calls hidden in a stream are calls of their own`() throws {
    let events = Self.events.replacing(
      #""usage":{"output_tokens":187}"#,
      with:
        #""usage":{"output_tokens":187,"iterations":[{"type":"compaction","input_tokens":180000,"output_tokens":3500},{"type":"message","model":"claude-sonnet-5","input_tokens":640,"cache_creation_input_tokens":100,"cache_read_input_tokens":4096,"output_tokens":187}]}"#
    )
    let records = try readLog(Self.record("", #""outputBodyJson":\#(events)"#))
    #expect(records.usages == ["640/100/4096/187", "180000/0/0/3500"])
    #expect(records.flatMap { $0.calls.map(\.iteration) } == [nil, "compaction#0"])
  }

  @Test func `a stream whose start is missing is told by what is there`() throws {
    let rest = Self.events.replacing(
      /\{"type":"message_start".*?\}\}\},/, with: "")
    let told = try call(Self.record("", #""outputBodyJson":\#(rest)"#))
    #expect(told.usage == "640/100/4096/187")
    #expect(told[.messageID] == nil)
    #expect(told[.requestID] == "7d2c1f0e-0001")
  }

  @Test func `a stream that was refused before it said anything is a free refusal`() throws {
    let refused = Self.events.replacing("end_turn", with: "refusal")
    let silent = refused.replacing(
      #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"…"}},"#,
      with: "")
    #expect(
      try call(Self.record("", #""outputBodyJson":\#(refused)"#))[.outcome] == "refused_mid_stream")
    #expect(try call(Self.record("", #""outputBodyJson":\#(silent)"#))[.outcome] == "refused")
  }

  @Test(arguments: [
    #"{"output":{"message":{"role":"assistant","content":[{"text":"…"}]}},"stopReason":"end_turn","metrics":{"latencyMs":810},"usage":{"inputTokens":904,"outputTokens":77,"totalTokens":5077,"cacheReadInputTokens":3000,"cacheWriteInputTokens":1096,"cacheDetails":[{"ttl":"5m","inputTokens":96},{"ttl":"1h","inputTokens":1000}]}}"#,
    #"[{"messageStart":{"role":"assistant"}},{"contentBlockDelta":{"delta":{"text":"…"},"contentBlockIndex":0}},{"messageStop":{"stopReason":"end_turn"}},{"metadata":{"usage":{"inputTokens":904,"outputTokens":77,"totalTokens":5077,"cacheReadInputTokens":3000,"cacheWriteInputTokens":1096,"cacheDetails":[{"ttl":"1h","inputTokens":1000}]},"metrics":{"latencyMs":810}}}]"#,
  ])
  func `Converse answers are read merged and as events`(body: String) throws {
    for body in [body, quoted(body)] {
      let told = try call(
        Self.record(
          #""inputBodyJson":{"messages":[],"inferenceConfig":{"maxTokens":256}}"#,
          #""outputBodyJson":\#(body)"#, operation: "Converse"))
      #expect(told.usage == "904/1096/3000/77")
      #expect(told[.cacheCreate1hTokens] == "1000")
      #expect(told[.latencyMs] == "810")
      #expect(told[.stopReason] == "end_turn")
      #expect(told[.maxTokens] == "256")
      #expect(told[.requestID] == "7d2c1f0e-0001")
      #expect(told[.messageID] == nil)
      #expect(told[.statusCode] == "200")
    }
  }

  @Test(arguments: [
    #""inputBodyJson":null,"outputBodyJson":null"#, #""x":1"#,
  ])
  func `counts alone are a call`(output: String) throws {
    let told = try call(
      Self.record(
        #""inputTokenCount":37,"cacheReadInputTokenCount":5"#, #""outputTokenCount":4,\#(output)"#))
    #expect(told.usage == "37/0/5/4")
    #expect(told[.statusCode] == "200")
  }

  @Test func `a response kept elsewhere is said`() throws {
    let text = Self.record(
      #""inputTokenCount":37"#, #""outputTokenCount":4,"outputBodyS3Path":"s3://b/secret""#)
    #expect(
      try ReadNotes(text).notes == [
        "a response kept as an S3 object of its own: no message id, latency or cache split of it"
      ])
  }

  @Test(arguments: [
    ("arn:aws:bedrock:us-east-1:1:application-inference-profile/9x4k2m7qpl1z", "claude-sonnet-5"),
    ("arn:aws:bedrock:us-east-1:1:provisioned-model/9x4k2m7qpl1z", "claude-sonnet-5"),
    (
      "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-5",
      "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-5"
    ),
    ("global.anthropic.claude-sonnet-5", "global.anthropic.claude-sonnet-5"),
  ])
  func `the id as logged is the model, unless it names none`(id: String, model: String) throws {
    let message =
      #"{"id":"msg_bdrk_1","type":"message","model":"claude-sonnet-5","usage":{"input_tokens":1,"output_tokens":2}}"#
    for body in [message, quoted(message), Self.events] {
      #expect(try call(Self.record("", #""outputBodyJson":\#(body)"#, model: id))[.model] == model)
    }
    let bare = try call(Self.record(#""inputTokenCount":1"#, #""outputTokenCount":2"#, model: id))
    #expect(bare[.model] == id)
  }

  @Test func `a logged prompt has the articles' hash`() throws {
    let request =
      #"{"max_tokens":512,"metadata":{"user_id":"nina"},"messages":[{"content":"Write tonight's digest of open tickets.","role":"user"}]}"#
    for body in [request, quoted(request)] {
      let told = try call(
        Self.record(
          #""inputTokenCount":1,"inputBodyJson":\#(body)"#, #""outputTokenCount":2"#))
      #expect(told[.promptHash] == "#80c98f8523fd1c61")
      #expect(told[.maxTokens] == "512")
      #expect(told[.userID] == "nina")
    }
  }

  @Test(
    arguments: [
      ("ThrottlingException", "429"), ("ValidationException", "400"),
      ("AccessDeniedException", "403"), ("ResourceNotFoundException", "404"),
      ("ModelTimeoutException", "408"), ("ModelErrorException", "424"),
      ("ServiceUnavailableException", "503"), ("InternalServerException", "500"),
      ("ModelNotReadyException", "429"), ("throttlingException", "429"),
      ("com.amazon.coral#ThrottlingException", "429"), ("SomethingNew", nil),
    ] as [(String, String?)])
  func `an error code is a status`(code: String, status: String?) throws {
    let told = try call(
      Self.record(#""inputTokenCount":0"#, "", members: #""errorCode":"\#(code)","#))
    #expect(told[.statusCode] == status)
    #expect(told[.outcome] == "errored")
  }

  @Test func `another maker's answer is counted by Bedrock's counts`() throws {
    let told = try call(
      Self.record(
        #""inputTokenCount":25"#,
        #""outputTokenCount":10,"outputBodyJson":{"generation":"…","prompt_token_count":25,"generation_token_count":10,"stop_reason":"stop"}"#,
        model: "meta.llama3-70b-instruct-v1:0"))
    #expect(told.usage == "25/0/0/10")
    #expect(told[.model] == "meta.llama3-70b-instruct-v1:0")
  }

  @Test func `bad counts and times are rejects`() throws {
    #expect(
      try readLog(Self.record(#""inputTokenCount":-5"#, "")).reasons
        == [.negativeCount(.inputTokens)])
    #expect(
      try readLog(Self.golden.replacing("2026-10-03T14:05:22Z", with: "soon")).reasons
        == [.unreadableTime])
    #expect(
      try readLog(Self.golden.replacing("\"2026-10-03T14:05:22Z\"", with: "null")).reasons
        == [.missingTime])
  }
}
