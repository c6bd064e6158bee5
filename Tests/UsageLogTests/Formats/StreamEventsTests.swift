import Testing

@testable import UsageLog

/// Events of streamed responses, put together into calls.
struct StreamEventsTests {
  /// The specification's sample: one call, 640 / 0 / 4096 / 187.
  static let start =
    #"{"type":"message_start","message":{"id":"msg_01RkQw8mXb2LcYs6HpDVnT4z","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001","content":[],"stop_reason":null,"usage":{"input_tokens":640,"cache_creation_input_tokens":0,"cache_read_input_tokens":4096,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":2,"service_tier":"standard"}}}"#
  static let delta =
    #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":640,"cache_creation_input_tokens":0,"cache_read_input_tokens":4096,"output_tokens":187}}"#
  static let stop = #"{"type":"message_stop"}"#
  static let text =
    #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}"#
  static let ping = #"{"type":"ping"}"#

  private func lines(_ events: String...) -> String { events.joined(separator: "\n") + "\n" }

  private func calls(_ log: String, mayGrow: Bool = false) throws -> [ToldCall] {
    try readLog(log, mayGrow: mayGrow).flatMap(\.calls)
  }

  @Test func `the last delta lies over the start`() throws {
    let records = try readLog(
      lines(Self.start, Self.ping, Self.text, Self.text, Self.delta, Self.stop))
    #expect(records.count == 1)
    let call = try #require(records.first?.calls.first)
    #expect(call.usage == "640/0/4096/187")
    #expect(call[.messageID] == "msg_01RkQw8mXb2LcYs6HpDVnT4z")
    #expect(call[.model] == "claude-haiku-4-5-20251001")
    #expect(call[.serviceTier] == "standard")
    #expect(call[.stopReason] == "end_turn")
    #expect(call[.statusCode] == "200")
    #expect(call[.outcome] == "succeeded")
    #expect(call.hasContent == true)
    #expect(call.timeIsApproximate)
    #expect(call.occurredAt == fileTime)
  }

  @Test func `cumulative counts are never added up`() throws {
    let first = Self.delta.replacing("187", with: "90").replacing("\"end_turn\"", with: "null")
    #expect(
      try calls(lines(Self.start, first, Self.delta, Self.stop)).map(\.usage) == ["640/0/4096/187"])
  }

  @Test func `a null leaves what the start said, a number replaces it`() throws {
    let delta =
      #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"input_tokens":null,"cache_read_input_tokens":5000,"output_tokens":9,"server_tool_use":{"web_search_requests":2}}}"#
    let call = try #require(try calls(lines(Self.start, delta, Self.stop)).first)
    #expect(call.usage == "640/0/5000/9")
    #expect(call[.webSearchRequests] == "2")
  }

  @Test func `the split of cache writes stays the start's`() throws {
    let start = Self.start.replacing(
      "\"cache_creation_input_tokens\":0,", with: "\"cache_creation_input_tokens\":300,"
    ).replacing("1h_input_tokens\":0", with: "1h_input_tokens\":300")
    let delta = Self.delta.replacing(
      "creation_input_tokens\":0", with: "creation_input_tokens\":300")
    let call = try #require(try calls(lines(start, delta, Self.stop)).first)
    #expect(call.usage == "640/300/4096/187")
    #expect(call[.cacheCreate1hTokens] == "300")
  }

  @Test(arguments: [
    "event: message_start\ndata: A\n\nevent: ping\ndata: P\n\n: keep-alive\n\nevent: content_block_delta\ndata: C\n\nevent: message_delta\ndata: B\n\nevent: message_stop\ndata: D\n\n",
    "data: A\n\ndata: C\n\ndata: B\n\ndata: D\n\ndata: [DONE]\n\n",
    "data:A\r\n\r\ndata:P\r\ndata:B\r\n\r\ndata:D\r\n\r\nid: 7\r\nretry: 3000\r\n",
    "A\nP\nB\nD\n", "[A,P,B,D]\n",
    "{\"event\":\"message_start\",\"data\":A}\n{\"event\":\"message_delta\",\"data\":B}\n{\"event\":\"message_stop\",\"data\":D}\n",
    "{\"event\":\"message_start\",\"data\":\"QA\"}\n{\"event\":\"message_delta\",\"data\":\"QB\"}\n{\"event\":\"message_stop\",\"data\":\"QD\"}\n",
    "{\"type\":\"stream_event\",\"event\":A}\n{\"type\":\"stream_event\",\"event\":B}\n{\"type\":\"stream_event\",\"event\":D}\n",
  ])
  func `every way of writing events down is read`(shape: String) throws {
    let parts: [(String, String)] = [
      ("A", Self.start), ("B", Self.delta), ("C", Self.text), ("D", Self.stop), ("P", Self.ping),
    ]
    var log = shape.replacing("[DONE]", with: "[~]")
    for letter in parts.map(\.0) {
      log = log.replacing("Q" + letter, with: "\u{1}" + letter)
    }
    var written = ""
    var isQuoted = false
    for character in log {
      if character == "\u{1}" {
        isQuoted = true
      } else if let event = parts.first(where: { $0.0 == String(character) })?.1 {
        written += isQuoted ? event.replacing("\"", with: "\\\"") : event
        isQuoted = false
      } else {
        written.append(character)
      }
    }
    let reader = try LogReader(
      MemoryInput(Array(written.replacing("[~]", with: "[DONE]").utf8)), fileTime: fileTime,
      mayGrow: false)
    #expect(reader.formatName == "stream-events")
    let records = try reader.readAll()
    #expect(records.flatMap(\.calls).map(\.usage) == ["640/0/4096/187"])
    #expect(records.reasons == [])
    #expect(records.count == 1)
  }

  @Test(arguments: [
    #"{"ts":"2026-10-03T14:05:22Z","event":E}"#, #"{"time":1791036322,"data":E}"#,
    #"{"timestamp":"2026-10-03T14:05:22Z","event":"x","data":E}"#,
    #"{"log":"data: Q\n","stream":"stdout","time":"2026-10-03T14:05:22Z"}"#,
    #"2026-10-03T14:05:22Z stdout F data: E"#,
    #"{"@timestamp":"2026-10-03T14:05:22Z","message":"Q"}"#,
  ])
  func `an application's time beside the first event is the call's`(wrapper: String) throws {
    let later = wrapper.replacing("14:05:22", with: "14:05:29").replacing("6322", with: "6329")
    let log = zip([wrapper, later, later], [Self.start, Self.delta, Self.stop]).map {
      $0.replacing("E}", with: $1 + "}").replacing("data: E", with: "data: " + $1).replacing(
        "Q", with: $1.replacing("\"", with: "\\\""))
    }.joined(separator: "\n")
    let call = try #require(try calls(log).first)
    #expect(call.occurredAt == 1_791_036_322_000)
    #expect(!call.timeIsApproximate)
    #expect(call.usage == "640/0/4096/187")
  }

  @Test func `an error behind the status 200 keeps what was used so far`() throws {
    let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
    let call = try #require(try calls(lines(Self.start, Self.text, error)).first)
    #expect(call.usage == "640/0/4096/2")
    #expect(call[.statusCode] == "529")
    #expect(call[.outcome] == "errored")
    #expect(call[.messageID] == "msg_01RkQw8mXb2LcYs6HpDVnT4z")
  }

  @Test func `an error before any message is a call that failed`() throws {
    let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
    let told = try calls(lines(Self.start, Self.delta, Self.stop, error))
    #expect(told.map { $0[.statusCode] } == ["200", "529"])
  }

  @Test func `a refusal in the stream is a refusal`() throws {
    let refusal = Self.delta.replacing("end_turn", with: "refusal")
    #expect(
      try calls(lines(Self.start, Self.text, refusal, Self.stop)).first?[.outcome]
        == "refused_mid_stream")
    #expect(try calls(lines(Self.start, refusal, Self.stop)).first?[.outcome] == "refused")
  }

  @Test func `a start before the stop ends the message before`() throws {
    let second = Self.start.replacing("msg_01RkQw8mXb2LcYs6HpDVnT4z", with: "msg_2")
    let reader = try LogReader(
      MemoryInput(Array(lines(Self.start, Self.delta, second, Self.delta, Self.stop).utf8)),
      fileTime: fileTime, mayGrow: false)
    let records = try reader.readAll()
    #expect(
      records.flatMap(\.calls).map { $0[.messageID] } == ["msg_01RkQw8mXb2LcYs6HpDVnT4z", "msg_2"])
    #expect(records.map(\.line) == [1, 3])
    #expect(records.flatMap(\.calls).map(\.usage) == ["640/0/4096/187", "640/0/4096/187"])
  }

  @Test func `iterations of the last delta are calls of their own`() throws {
    let delta = Self.delta.replacing(
      "\"output_tokens\":187",
      with:
        #""output_tokens":187,"iterations":[{"type":"compaction","input_tokens":1000,"output_tokens":50},{"type":"message","input_tokens":640,"cache_read_input_tokens":4096,"output_tokens":187}]"#
    )
    let told = try calls(lines(Self.start, delta, Self.stop))
    #expect(told.map(\.usage) == ["640/0/4096/187", "1000/0/0/50"])
  }

  @Test(arguments: [Self.delta, Self.stop, Self.text])
  func `events without a start are passed over`(event: String) throws {
    let records = try readLog(lines(event, Self.start, Self.delta, Self.stop))
    #expect(records.map(\.outcome).first == .skipped("part of a stream whose start is missing"))
    #expect(records.flatMap(\.calls).map(\.usage) == ["640/0/4096/187"])
  }

  @Test func `a message without its end is told when nothing may follow`() throws {
    let reader = try LogReader(
      MemoryInput(Array(lines(Self.start, Self.text).utf8)), fileTime: fileTime, mayGrow: false)
    #expect(try reader.next())
    let call = ToldCall(reader.output.calls[0])
    #expect(call.usage == "640/0/4096/2")
    #expect(call[.outcome] == nil)
    #expect(
      reader.output.notes == ["a stream breaks off: counted are the tokens it had told until then"])
    #expect(try !reader.next())
  }

  @Test func `half a message waits for the next run`() throws {
    let log = lines(
      Self.start, Self.delta, Self.stop, Self.start.replacing("4z", with: "5a"), Self.delta,
      Self.stop)
    let whole = lines(Self.start, Self.delta, Self.stop).utf8.count
    for end in whole..<log.utf8.count {
      let bytes = Array(log.utf8)
      let first = try LogReader(
        MemoryInput(Array(bytes.prefix(end))), fileTime: fileTime, mayGrow: true)
      let early = try first.readAll()
      let point = first.resumption
      if end < log.utf8.count - 1 { #expect(point.offset == Int64(whole), "cut at \(end)") }
      let second = try LogReader(
        MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: false,
        resuming: point)
      let late = try second.readAll()
      let ids = (early + late).flatMap(\.calls).map { $0[.messageID]?.suffix(2) }
      #expect(ids == ["4z", "5a"], "cut at \(end)")
      #expect((early + late).reasons == [])
    }
  }

  @Test func `a message with megabytes between its events is told with what was known`() throws {
    let noise = String(
      repeating: #"{"level":"info","note":"\#(String(repeating: "n", count: 4000))"}"# + "\n",
      count: 4_500)
    let records = try readLog(Self.start + "\n" + noise + Self.delta + "\n" + Self.stop + "\n")
    #expect(records.flatMap(\.calls).map(\.usage) == ["640/0/4096/2"])
    #expect(records.last?.outcome == .skipped("part of a stream whose start is missing"))
  }

  @Test func `an application's rows between the events are told, too`() throws {
    let records = try readLog(
      lines(
        Self.start, Story.line(1), Self.text, Story.line(2), Self.delta, "up", Self.stop,
        Story.line(3)))
    #expect(records.outputs == ["1", "2", "187", "3"])
    #expect(records.filter(\.isSkipped).map(\.outcome) == [.skipped("a line of text")])
    let mixed = try readLog(lines(Story.line(1), Self.start, Story.line(2), Self.delta, Self.stop))
    #expect(mixed.outputs == ["1", "2", "187"])
  }

  @Test func `chunks of an OpenAI-style stream are one call`() throws {
    let log = [
      #"data: {"id":"chatcmpl-A","object":"chat.completion.chunk","created":1791036322,"model":"gpt-5","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#,
      #"data: {"id":"chatcmpl-A","object":"chat.completion.chunk","created":1791036322,"model":"gpt-5","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"usage":null}"#,
      #"data: {"id":"chatcmpl-A","object":"chat.completion.chunk","created":1791036322,"model":"gpt-5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"#,
      #"data: {"id":"chatcmpl-A","object":"chat.completion.chunk","created":1791036322,"model":"gpt-5","choices":[],"usage":{"prompt_tokens":120,"completion_tokens":40,"total_tokens":160,"prompt_tokens_details":{"cached_tokens":100}}}"#,
      "data: [DONE]",
    ].joined(separator: "\n\n")
    let records = try readLog(log)
    #expect(records.count == 1)
    let call = try #require(records.first?.calls.first)
    #expect(call.usage == "20/0/100/40")
    #expect(call[.messageID] == "chatcmpl-A")
    #expect(call[.model] == "gpt-5")
    #expect(call[.stopReason] == "stop")
    #expect(call.occurredAt == 1_791_036_322_000)
    #expect(!call.timeIsApproximate)
  }

  @Test func `bad counts are rejects`() throws {
    let records = try readLog(lines(Self.start, Self.delta.replacing("187", with: "-1"), Self.stop))
    #expect(records.reasons == [.negativeCount(.outputTokens)])
  }
}
