import Testing

@testable import UsageLog

/// The ways in which CloudWatch hands out Bedrock's log.
struct BedrockContainerTests {
  private func record(_ request: String, _ output: Int) -> String {
    BedrockInvocationTests.record(
      #""inputTokenCount":5,"inputBodyJson":{"messages":[{"role":"user","content":"a \"quoted\" word"}]}"#,
      #""outputTokenCount":\#(output)"#
    ).replacing("7d2c1f0e-0001", with: request)
  }

  private func read(_ text: String) throws -> [ReadRecord] {
    let reader = try LogReader(
      MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(reader.formatName.hasPrefix("bedrock-invocation"))
    return try reader.readAll()
  }

  @Test(arguments: ["message", "@message"])
  func `a record is found as text in an event`(key: String) throws {
    let text = "{\"\(key)\":\(quoted(record("r-1", 7))),\"@timestamp\":\"2026-10-03 14:05:23.000\"}"
    let records = try read(text + "\n" + text.replacing("r-1", with: "r-2"))
    #expect(records.outputs == ["7", "7"])
    #expect(records.told(.requestID) == ["r-1", "r-2"])
    #expect(
      records.flatMap { $0.calls.map(\.occurredAt) } == [1_791_036_322_000, 1_791_036_322_000])
  }

  @Test func `an event's message may have been parsed already`() throws {
    #expect(try read("{\"message\":\(record("r-1", 7))}").outputs == ["7"])
  }

  @Test func `a subscription's document packs many records, each at its own place`() throws {
    let control =
      #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}"#
    let events = [1, 2].map {
      "{\"id\":\"\($0)\",\"timestamp\":1791036322000,\"message\":\(quoted(record("r-\($0)", $0)))}"
    }
    let other = #"{"id":"3","timestamp":1791036322000,"message":"a line of text"}"#
    let document =
      "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[\n"
      + (events + [other]).joined(separator: ",\n") + "]}"
    let records = try read(control + document + "\n" + record("r-9", 9))
    #expect(records[0].outcome == .skipped("a CloudWatch control message"))
    #expect(records.outputs == ["1", "2", "9"])
    #expect(records[3].outcome == .skipped("a log event that is no model invocation"))
    #expect(records.map(\.line) == [1, 2, 3, 4, 5])
  }

  @Test func `events as the command line reads them are records too`() throws {
    let text =
      "{\"events\":[{\"timestamp\":1,\"message\":\(quoted(record("r-1", 7)))}],\"nextToken\":\"x\"}"
    #expect(try read(text).outputs == ["7"])
  }

  @Test func `the answer of an Insights query is its rows`() throws {
    let rows = [1, 2].map {
      "[{\"field\":\"@timestamp\",\"value\":\"2026-10-03 14:05:22.000\"},{\"field\":\"@message\",\"value\":\(quoted(record("r-\($0)", $0)))},{\"field\":\"@ptr\",\"value\":\"x\"}]"
    }
    let text = "{\"results\":[\(rows.joined(separator: ","))],\"status\":\"Complete\"}"
    #expect(try read(text).outputs == ["1", "2"])
  }

  @Test func `an Insights export is read from JSON and from CSV`() throws {
    let json = [1, 2].map {
      "{\"@timestamp\":\"2026-10-03 14:05:22.000\",\"@message\":\(quoted(record("r-\($0)", $0)))}"
    }
    #expect(try read("[\n" + json.joined(separator: ",\n") + "\n]").outputs == ["1", "2"])
    let rows = [1, 2].map {
      "2026-10-03 14:05:22.000,\"" + record("r-\($0)", $0).replacing("\"", with: "\"\"") + "\"\n"
    }
    let csv =
      "\u{FEFF}@timestamp,@message\r\n" + rows[0]
      + "2026-10-03 14:05:22.000,Permissions are correctly set\n\n" + rows[1] + "a,b,c\n"
    let records = try read(csv)
    #expect(records.outputs == ["1", "2"])
    #expect(
      records.map(\.isSkipped) == [false, true, true, false, false])
    #expect(records.reasons == [.badCSV("3 fields where the header has 2")])
  }

  @Test func `an application's log behind a control message is read as what it is`() throws {
    let control =
      #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}"#
    let line =
      #"{"ts":"2026-10-03T14:05:22Z","model":"claude-opus-5","input_tokens":1,"output_tokens":2,"tenant":"alder-bank"}"#
    let data =
      "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1791036322000,\"message\":\(quoted(line))}]}"
    let records = try read(control + data)
    #expect(records.outputs == ["2"])
    #expect(records.told(.tenantID) == ["alder-bank"])
  }

  @Test func `an application's message is none of Bedrock's`() throws {
    let line =
      #"{"ts":"2026-10-03T14:05:22Z","model":"claude-opus-5","input_tokens":1,"output_tokens":2,"message":"the ModelInvocationLog has a schemaType"}"#
    #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "application-json")
  }
}
