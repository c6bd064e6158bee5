import Testing

@testable import UsageLog

/// The shapes in which applications wrap requests and responses.
struct WrapperTests {
  private static let message =
    #"{"id":"msg_01A","type":"message","role":"assistant","model":"claude-opus-5-5","content":[{"type":"text","text":"…"}],"stop_reason":"end_turn","usage":{"input_tokens":412,"cache_read_input_tokens":18240,"output_tokens":633,"service_tier":"standard","inference_geo":"us"}}"#

  @Test(arguments: [
    "response", "response.body", "response.data", "message", "body", "result", "result.message",
    "output",
    "data", "payload.response", "log.response",
  ])
  func `a message is found wherever wrappers put it`(path: String) throws {
    let wrapped = path.split(separator: ".").reversed().reduce(Self.message) { "{\"\($1)\":\($0)}" }
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","tenant":"brisk-parcel","status":200,"duration_ms":4180,"#
        + wrapped.dropFirst())
    #expect(told.usage == "412/0/18240/633")
    #expect(told[.messageID] == "msg_01A")
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.tenantID] == "brisk-parcel")
    #expect(told[.statusCode] == "200")
    #expect(told[.latencyMs] == "4180")
    #expect(told[.stopReason] == "end_turn")
    #expect(told[.serviceTier] == "standard")
    #expect(told[.inferenceGeo] == "us")
    #expect(told.occurredAt == 1_794_211_200_000)
    #expect(told.hasContent == true)
  }

  private func quoted(_ text: String) -> String {
    "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n") + "\""
  }

  @Test(arguments: ["response", "response_body", "responseBody", "body", "result"])
  func `a response that was logged as a text is read`(name: String) throws {
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","request":{"model":"claude-opus"},"\#(name)":\#(quoted(Self.message))}"#
    )
    #expect(told.usage == "412/0/18240/633")
    #expect(told[.messageID] == "msg_01A")
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.stopReason] == "end_turn")
    #expect(told[.statusCode] == "200")
  }

  @Test func `the events of a stream that were logged as a text are one response`() throws {
    let events = """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_01B","type":"message","model":"claude-opus-5-5","usage":{"input_tokens":13,"cache_read_input_tokens":40,"output_tokens":1}}}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":87}}

      event: message_stop
      data: {"type":"message_stop"}

      """
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","request":{"model":"claude-opus"},"response":\#(quoted(events))}"#
    )
    #expect(told.usage == "13/0/40/87")
    #expect(told[.messageID] == "msg_01B")
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.stopReason] == "end_turn")
  }

  @Test func `a request's body as a text is not the response's`() throws {
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","body":"{\"model\":\"claude-opus\",\"max_tokens\":9}","response_body":\#(quoted(Self.message))}"#
    )
    #expect(told.usage == "412/0/18240/633")
    #expect(told[.model] == "claude-opus-5-5")
  }

  @Test func `an error that was logged as a text is one`() throws {
    let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","request":{"model":"claude-opus-5-5"},"response":\#(quoted(error))}"#
    )
    #expect(told[.statusCode] == "529")
    #expect(told[.outcome] == "errored")
  }

  @Test func `a model's words that look like a response are none`() throws {
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","model":"claude-opus-5-5","input_tokens":5,"output_tokens":6,"output":"{\"input_tokens\":900}"}"#
    )
    #expect(told.usage == "5/0/0/6")
  }

  @Test(arguments: ["path", "url", "endpoint"])
  func `a count of tokens is no call`(key: String) throws {
    let records = try readLog(
      #"{"ts":"2026-11-09T08:00:00Z","\#(key)":"https://api.anthropic.com/v1/messages/count_tokens","request":{"model":"claude-opus-5-5"},"response":{"input_tokens":18}}"#
        + "\n" + #"{"ts":"2026-11-09T08:00:01Z","response":\#(Self.message)}"# + "\n")
    #expect(records.map(\.calls.count) == [0, 1])
  }

  @Test func `the hash of a logged prompt is the articles' hash`() throws {
    let told = try call(
      #"""
      {"ts":"2026-11-09T08:00:00Z","request":{"model":"m","max_tokens":4096,"messages":
       [{"content":"Write tonight's digest of open tickets.","role":"user"}]},"response":\#(Self.message)}
      """#)
    #expect(told[.promptHash] == "#80c98f8523fd1c61")
  }

  @Test func `a hash the log holds itself is kept`() throws {
    let told = try call(
      row(
        #""prompt_hash":"digest-v2","messages":[{"role":"user","content":"x"}],"output_tokens":1"#))
    #expect(told[.promptHash] == "digest-v2")
  }

  @Test func `a prompt inside the request's own body is hashed too`() throws {
    let told = try call(
      row(
        #""output_tokens":1,"request":{"url":"/v1/messages","body":{"model":"m","messages":[{"content":"Write tonight's digest of open tickets.","role":"user"}]}}"#
      ))
    #expect(told[.promptHash] == "#80c98f8523fd1c61")
  }

  @Test func `an SDK's dump is read past all its nulls`() throws {
    let told = try call(
      #"""
      {"id":"msg_01A","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",
       "content":[{"type":"text","text":"x","citations":null}],"stop_reason":"end_turn",
       "stop_sequence":null,"stop_details":null,"container":null,"context_management":null,
       "usage":{"iterations":null,"output_tokens_details":null,"speed":null,"input_tokens":371,
       "cache_creation_input_tokens":null,"cache_read_input_tokens":5300,"cache_creation":null,
       "output_tokens":43,"server_tool_use":null,"service_tier":null,"inference_geo":"not_available"}}
      """#)
    #expect(told.usage == "371/0/5300/43")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
    #expect(told[.speed] == nil)
    #expect(told[.serviceTier] == nil)
    #expect(told[.cacheCreate1hTokens] == nil)
    #expect(told[.webSearchRequests] == nil)
  }

  @Test func `tools and thinking inside a response are not counted again`() throws {
    let told = try call(
      #"""
      {"ts":"2026-11-09T08:00:00Z","response":{"id":"msg_01A","type":"message","model":"claude-opus-5-5",
       "content":[{"type":"tool_use","id":"toolu_01","input":{"input_tokens":9,"model":"x","tenant":"y"}}],
       "usage":{"input_tokens":5,"output_tokens":100,"output_tokens_details":{"thinking_tokens":60},
       "server_tool_use":{"web_search_requests":2,"web_fetch_requests":1}}}}
      """#)
    #expect(told.usage == "5/0/0/100")
    #expect(told[.webSearchRequests] == "2")
    #expect(told[.tenantID] == nil)
  }

  @Test func `a response that is no message still tells its usage`() throws {
    let told = try call(
      #"""
      {"timestamp":"2026-11-09T08:00:00Z","request":{"model":"gpt-4o"},"response":{"id":"chatcmpl-9",
       "object":"chat.completion","model":"gpt-4o-2024-11-20","usage":{"prompt_tokens":2006,
       "completion_tokens":300,"prompt_tokens_details":{"cached_tokens":1920}}}}
      """#)
    #expect(told.usage == "86/0/1920/300")
    #expect(told[.model] == "gpt-4o-2024-11-20")
  }

  @Test(arguments: [
    #"{"ts":"2026-11-09T08:00:00Z","level":"info","message":"ticket 17 closed"}"#,
    #"{"ts":"2026-11-09T08:00:00Z","level":"error","error":"connection to the database lost"}"#,
    #"{"ts":"2026-11-09T08:00:00Z","status":200,"path":"/health"}"#, "[]", "7", "null", "\"text\"",
    "{}",
    #"{"model":"claude-opus-5-5"}"#, #"{"error":{"code":"ECONNRESET"}}"#,
  ])
  func `a line that is about no call is passed over`(line: String) throws {
    #expect(try record(line).isSkipped)
  }

  @Test func `objects nested without end are read without end of the stack`() throws {
    for key in ["usage", "response", "metadata", "request", "data", "cache_creation"] {
      let nested =
        String(repeating: "{\"\(key)\":", count: 500) + "1" + String(repeating: "}", count: 500)
      #expect(
        try call(row("\"output_tokens\":87,\"x\":1,\"\(key)\":\(nested)"))[.outputTokens] == "87")
    }
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(try call(row("\"output_tokens\":87,\"messages\":\(deep)"))[.promptHash] != nil)
  }
}
