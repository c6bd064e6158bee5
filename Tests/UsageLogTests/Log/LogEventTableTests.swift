import Testing

@testable import UsageLog

/// CloudWatch's log events as CSV, and other wrappings of whole events.
struct LogEventTableTests {
  private let message =
    #"{"type":"message","id":"msg_1","role":"assistant","model":"claude-sonnet-5","usage":{"input_tokens":7,"output_tokens":5}}"#
  private let invocation =
    #"{"schemaType":"ModelInvocationLog","timestamp":"2026-11-09T08:00:00Z","requestId":"r-1","modelId":"anthropic.claude-sonnet-5","input":{"inputTokenCount":7},"output":{"outputTokenCount":5}}"#

  private func cell(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  @Test(
    "log events as a table are read, Bedrock's and an application's",
    arguments: ["timestamp,message", "@timestamp,@message"])
  func tables(header: String) throws {
    let rows = [
      invocation, message, "INFO done: " + message.replacing("msg_1", with: "msg_2"),
      "START RequestId: 1",
    ]
    let text = header + "\n" + rows.map { "1794211200000,\(cell($0))\n" }.joined()
    let records = try readLog(text)
    #expect(records.usages == ["7/0/0/5", "7/0/0/5", "7/0/0/5"])
    #expect(
      records.flatMap(\.calls).map(\.occurredAt) == Array(repeating: 1_794_211_200_000, count: 3))
    #expect(records.last?.skipReason == "a log event that is no model invocation")
  }

  @Test func `an event that was cut off is a reject, and one without any time`() throws {
    let cut = try readLog(
      "@timestamp,@message\n1794211200000,\(cell(String(invocation.dropLast(30))))\n")
    #expect(cut.map(\.reason) == [.truncated])
    #expect(try readLog("@message,@ptr\n\(cell(message)),x\n").map(\.reason) == [.missingTime])
  }

  @Test func `an application's own table with messages is not CloudWatch's`() throws {
    let text =
      "timestamp,message,model,input_tokens,output_tokens\n2026-11-09T08:00:00Z,hello,claude-sonnet-5,7,5\n"
    #expect(try onlyCall(text).format == "application-csv")
  }

  @Test(
    "events of search indices and their exports are opened",
    arguments: [
      (#"{"_index":"logs","_id":"1","_source":"#, "}"),
      (#"{"took":1,"hits":{"total":{"value":1},"hits":[{"_index":"logs","_source":"#, "}]}}"),
      (#"{"preview":false,"result":"#, "}"),
      (#"{"result":["#, "],\"success\":true}"),
      (#"{"id":"1","content":"#, "}"),
    ])
  func indices(start: String, end: String) throws {
    let event = #"{"@timestamp":"2026-11-09T08:00:00Z","message":\#(quoted(message))}"#
    let call = try onlyCall(start + event + end).call
    #expect(call.usage == "7/0/0/5")
    #expect(call.occurredAt == 1_794_211_200_000)
  }

  @Test func `a LangChain message as it serialises itself is read`() throws {
    let text =
      #"{"lc":1,"type":"constructor","id":["langchain","schema","messages","AIMessage"],"kwargs":{"content":"…","type":"ai","response_metadata":{"model_name":"gpt-4o-mini"},"usage_metadata":{"input_tokens":100,"output_tokens":50,"total_tokens":150,"input_token_details":{"cache_read":80}}}}"#
    #expect(try onlyCall(text).call.usage == "20/0/80/50")
  }

  @Test func `a Kubernetes log is known though its only object is cut in two`() throws {
    let row =
      #"{"time":"2026-11-09T08:00:00Z","model":"claude-sonnet-5","input_tokens":7,"output_tokens":5}"#
    let text =
      "2026-11-09T08:00:00.1Z stdout P \(row.prefix(40))\n"
      + "2026-11-09T08:00:00.1Z stdout F \(row.dropFirst(40))\n"
    let padded = text.replacing("00.1Z", with: "00.123456789Z")
    #expect(try onlyCall(padded).call.usage == "7/0/0/5")
  }
}
