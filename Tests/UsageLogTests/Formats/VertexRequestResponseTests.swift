import Testing

@testable import UsageLog

/// Vertex AI's request-response log.
struct VertexRequestResponseTests {
  private static let golden =
    #"{"endpoint":"projects/demo-1/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929","deployed_model_id":null,"logging_time":"2026-10-03T14:05:22.417123Z","request_id":"5417320194410231808","model":"claude-sonnet-4-5@20250929","model_version":"20250929","api_method":"rawPredict","full_request":"{\"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\":512,\"messages\":[]}","full_response":"{\"id\":\"msg_vrtx_01Tn4VkRzQw8mXb2LcYs6HpD\",\"type\":\"message\",\"model\":\"claude-sonnet-4-5-20250929\",\"usage\":{\"input_tokens\":904,\"output_tokens\":77,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0}}","metadata":null}"#

  private static let message =
    #"{"id":"msg_vrtx_1","type":"message","model":"claude-sonnet-5","stop_reason":"end_turn","usage":{"input_tokens":640,"cache_creation_input_tokens":100,"cache_read_input_tokens":4096,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":100},"output_tokens":187}}"#

  /// A row with these members beside its time and its id.
  private func row(_ members: String, model: String = "claude-sonnet-5") -> String {
    #"{"endpoint":"projects/demo-1/locations/global/publishers/anthropic/models/x","logging_time":"2026-10-03 14:05:22.417123 UTC","request_id":5417320194410231808,"model":"\#(model)",\#(members)}"#
  }

  private func call(_ json: String) throws -> ToldCall {
    let records = try readLog(json)
    #expect(records.map(\.outcome) == [.call], "\(json)")
    return try #require(records.first?.calls.first)
  }

  @Test func `a row is a call with everything it says`() throws {
    let told = try call(Self.golden)
    #expect(told.usage == "904/0/0/77")
    #expect(told.occurredAt == 1_791_036_322_417)
    #expect(!told.timeIsApproximate)
    #expect(!told.timeIsNaive)
    #expect(told[.requestID] == "5417320194410231808")
    #expect(told[.messageID] == "msg_vrtx_01Tn4VkRzQw8mXb2LcYs6HpD")
    #expect(told[.model] == "claude-sonnet-4-5@20250929")
    #expect(told[.channel] == "vertex")
    #expect(told[.region] == "us-east5")
    #expect(told[.tenantID] == "demo-1")
    #expect(told[.maxTokens] == "512")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
  }

  @Test func `totals are of a sample, and that is said`() throws {
    #expect(
      try ReadNotes(Self.golden).notes == [
        "Vertex AI logs hold a sample of the calls where samplingRate is below 1: totals are of the sample"
      ])
    #expect(try ReadNotes(Self.golden).issued == [false])
  }

  @Test func `a response is read in every shape in which it is logged`() throws {
    let events =
      BedrockInvocationTests.events.replacing(
        #","amazon-bedrock-invocationMetrics":{"inputTokenCount":640,"outputTokenCount":187,"invocationLatency":3120,"firstByteLatency":641,"cacheReadInputTokenCount":4096,"cacheWriteInputTokenCount":100}"#,
        with: "")
    let list = try withJSON(events) { $0.children.map { $0.source.string } }
    let sse = list.map { "event: x\ndata: \($0)\n\n" }.joined()
    let half = sse.index(sse.startIndex, offsetBy: sse.count / 2)
    let shapes = [
      #""full_response":\#(Self.message)"#, #""full_response":\#(quoted(Self.message))"#,
      #""full_response":\#(events)"#, #""full_response":\#(quoted(events))"#,
      #""full_response":[\#(list.map { quoted($0) }.joined(separator: ","))]"#,
      #""full_response":\#(quoted(sse))"#,
      #""full_response":null,"response_payload":[\#(quoted(Self.message))]"#,
      #""full_response":null,"response_payload":[\#(list.map { quoted($0) }.joined(separator: ","))]"#,
      #""response_payload":[\#(quoted(String(sse[..<half]))),\#(quoted(String(sse[half...])))]"#,
      #""response_payload":[\#(quoted(String(Self.message.prefix(99)))),\#(quoted(String(Self.message.dropFirst(99))))]"#,
      #""full_response":[\#(list.map { "{\"event\":\"x\",\"data\":\($0)}" }.joined(separator: ","))]"#,
    ]
    for shape in shapes {
      let told = try call(row(shape))
      #expect(told.usage == "640/100/4096/187", "\(shape)")
      #expect(told[.cacheCreate1hTokens] == "100")
      #expect(told[.messageID]?.hasPrefix("msg_") == true)
      #expect(told[.stopReason] == "end_turn")
      #expect(told[.model] == "claude-sonnet-5")
      #expect(told[.statusCode] == "200")
      #expect(told[.region] == "global")
    }
  }

  @Test func `labels say who called and why`() throws {
    for metadata in [
      #"{"labels":{"tenant":"alder-bank","feature":"search"}}"#,
      #"{"tenant":"alder-bank","feature":"search","request_latency":7}"#,
      quoted(#"{"labels":{"tenant":"alder-bank","feature":"search"}}"#),
    ] {
      let told = try call(row(#""full_response":\#(Self.message),"metadata":\#(metadata)"#))
      #expect(told[.tenantID] == "alder-bank")
      #expect(told[.feature] == "search")
    }
  }

  @Test func `a logged prompt has the articles' hash`() throws {
    let request =
      #"{"max_tokens":512,"metadata":{"user_id":"nina"},"messages":[{"content":"Write tonight's digest of open tickets.","role":"user"}]}"#
    for column in [
      #""full_request":\#(request)"#, #""full_request":\#(quoted(request))"#,
      #""full_request":null,"request_payload":[\#(quoted(request))]"#,
    ] {
      let told = try call(row(column + #","full_response":\#(Self.message)"#))
      #expect(told[.promptHash] == "#80c98f8523fd1c61")
      #expect(told[.userID] == "nina")
    }
  }

  @Test func `Gemini's prompt includes its cached tokens, and its thoughts are output`() throws {
    let usage =
      #""usageMetadata":{"promptTokenCount":1000,"cachedContentTokenCount":300,"candidatesTokenCount":50,"thoughtsTokenCount":25,"toolUsePromptTokenCount":40,"totalTokenCount":1115}"#
    let whole =
      #"{"candidates":[{"content":{"parts":[{"text":"…"}]},"finishReason":"STOP"}],\#(usage),"modelVersion":"gemini-2.5-pro","responseId":"8x2a"}"#
    let chunks =
      #"[{"candidates":[{"content":{}}],"usageMetadata":{"promptTokenCount":1000},"responseId":"8x2a"},\#(whole)]"#
    for response in [whole, chunks, quoted(whole)] {
      let told = try call(row(#""full_response":\#(response)"#, model: "gemini-2.5-pro"))
      #expect(told.usage == "740/0/300/75")
      #expect(told[.messageID] == "8x2a")
      #expect(told[.stopReason] == "STOP")
      #expect(told[.statusCode] == "200")
      #expect(told[.channel] == "vertex")
    }
    let bad = row(
      #""full_response":{"usageMetadata":{"promptTokenCount":1,"thoughtsTokenCount":-1}}"#)
    #expect(try readLog(bad).reasons == [.negativeCount(.outputTokens)])
  }

  @Test(arguments: [
    (#"{"type":"error","error":{"type":"rate_limit_error","message":"my secret"}}"#, "429"),
    (#"{"error":{"code":403,"message":"my secret","status":"PERMISSION_DENIED"}}"#, "403"),
    (#"[{"error":{"code":429,"message":"my secret","status":"RESOURCE_EXHAUSTED"}}]"#, "429"),
  ])
  func `an error in the response is the call's status`(error: String, status: String) throws {
    let told = try call(row(#""full_response":\#(error)"#))
    #expect(told[.statusCode] == status)
    #expect(told[.outcome] == "errored")
    #expect(told.usage == "-/-/-/-")
  }

  @Test func `a stream that broke off with an error is one`() throws {
    let events =
      #"[{"type":"message_start","message":{"id":"msg_vrtx_1","type":"message","model":"m","usage":{"input_tokens":10,"output_tokens":1}}},{"type":"error","error":{"type":"overloaded_error","message":"x"}}]"#
    let told = try call(row(#""full_response":\#(events)"#))
    #expect(told[.statusCode] == "529")
    #expect(told[.outcome] == "errored")
    #expect(told.usage == "10/0/0/1")
  }

  @Test func `a row without a response is a call of unknown usage`() throws {
    let told = try call(row(#""full_response":null"#))
    #expect(told.usage == "-/-/-/-")
    #expect(told[.statusCode] == nil)
  }

  @Test func `counting tokens is no call`() throws {
    let skipped = RecordOutput.Outcome.skipped("a count of tokens, which calls no model")
    let response = #""full_response":{"input_tokens":5}"#
    #expect(try readLog(row(response, model: "count-tokens")).map(\.outcome) == [skipped])
    #expect(
      try readLog(row(response + #","api_method":"countTokens""#)).map(\.outcome) == [skipped])
  }

  @Test func `the endpoint names the model where its column is empty`() throws {
    let text = Self.golden.replacing(
      #""model":"claude-sonnet-4-5@20250929""#, with: #""model":null"#)
    #expect(
      try call(text)[.model]
        == "projects/demo-1/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929"
    )
  }

  @Test func `bad counts and times are rejects`() throws {
    #expect(
      try readLog(Self.golden.replacing("904", with: "-4")).reasons == [
        .negativeCount(.inputTokens)
      ])
    #expect(
      try readLog(Self.golden.replacing("\"2026-10-03T14:05:22.417123Z\"", with: "null")).reasons
        == [.missingTime])
  }
}
