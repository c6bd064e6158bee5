import Testing

@testable import UsageLog

/// Lines of Claude Code's transcripts.
struct ClaudeCodeTranscriptTests {
  private func transcript(_ lines: String...) throws -> [ReadRecord] {
    try readLog(
      lines.map { $0.replacing("\n", with: " ") + "\n" }.joined(),
      forced: "claude-code-transcript")
  }

  private func response(
    _ usage: String, envelope: String = #""requestId":"req_011CVyQ7wTnLz3kRb9XsMd5P","#,
    id: String = #""id":"msg_01VnT4kRzQw8mXb2LcYs6HpD","#, stop: String = #""tool_use""#
  ) -> String {
    #"{"type":"assistant","uuid":"5b0c-02","parentUuid":"5b0c-01","isSidechain":false,"#
      + #""sessionId":"b7e1","timestamp":"2026-11-09T12:05:18.733Z","cwd":"/home/mika/lumen-desk","#
      + #""version":"2.1.219","gitBranch":"main",\#(envelope)"message":{\#(id)"type":"message","#
      + #""role":"assistant","model":"claude-opus-5-5","content":[{"type":"text","text":"x"}],"#
      + #""stop_reason":\#(stop),"usage":{\#(usage)}}}"#
  }

  @Test func `a response's line tells its call`() throws {
    let record = try #require(
      try transcript(
        response(
          #"""
          "input_tokens":6,"cache_creation_input_tokens":2140,"cache_read_input_tokens":31870,
          "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":2140},
          "output_tokens":318,"service_tier":"standard","speed":"standard","inference_geo":"global",
          "server_tool_use":{"web_search_requests":1}
          """#)
      ).first)
    #expect(record.outcome == .call)
    let told = try #require(record.calls.first)
    #expect(told.usage == "6/2140/31870/318")
    #expect(told[.cacheCreate1hTokens] == "2140")
    #expect(told[.webSearchRequests] == "1")
    #expect(told.occurredAt == 1_794_225_918_733)
    #expect(!told.timeIsApproximate)
    #expect(told[.messageID] == "msg_01VnT4kRzQw8mXb2LcYs6HpD")
    #expect(told[.requestID] == "req_011CVyQ7wTnLz3kRb9XsMd5P")
    #expect(told.requestIDIsIssued)
    #expect(!told.isReplay)
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.sessionID] == "b7e1")
    #expect(told[.workspace] == "lumen-desk")
    #expect(told[.feature] == "main")
    #expect(told[.statusCode] == "200")
    #expect(told[.stopReason] == "tool_use")
    #expect(told[.speed] == "standard")
    for missing in [Field.tenantID, .deploySHA, .channel, .costNanos, .agent, .promptHash] {
      #expect(told[missing] == nil, "\(missing)")
    }
  }

  @Test func `every line of one response is a record of the same id`() throws {
    let calls = try transcript(
      response(#""input_tokens":6,"output_tokens":1"#, stop: "null"),
      response(#""input_tokens":6,"output_tokens":318"#)
    ).flatMap(\.calls)
    #expect(calls.map(\.usage) == ["6/0/0/1", "6/0/0/318"])
    #expect(Set(calls.map { $0[.messageID] }).count == 1)
  }

  @Test func `a placeholder is told once its response is over`() throws {
    let other = #""id":"msg_02","#
    let notes = try transcript(
      response(#""input_tokens":6,"output_tokens":1"#, stop: "null"),
      response(#""input_tokens":6,"output_tokens":318"#),
      response(#""input_tokens":6,"output_tokens":1"#, id: other, stop: "null"),
      response(#""input_tokens":6,"output_tokens":1"#, id: other, stop: "null"),
      response(#""input_tokens":6,"output_tokens":1"#, id: #""id":"msg_03","#, stop: "null"),
      #"{"type":"system","subtype":"turn_duration","uuid":"1","sessionId":"b7e1"}"#
    ).map(\.notes)
    let note = ["usage without a stop reason: output may be a placeholder"]
    #expect(notes == [[], [], [], [], note, note])
  }

  @Test func `sidechains and agents are subagents`() throws {
    let side = try transcript(
      response(
        #""input_tokens":6,"output_tokens":1"#, envelope: #""requestId":"req_1","agentId":"a1f0","#
      ).replacing(#""isSidechain":false"#, with: #""isSidechain":true"#)
    )[0].calls[0]
    #expect(side[.feature] == "subagent")
    #expect(side[.agent] == "a1f0")
    #expect(side.isReplay)
  }

  @Test func `a progress line mirrors a subagent's response`() throws {
    let mirrored = try transcript(
      #"""
      {"type":"progress","uuid":"1","parentUuid":"0","sessionId":"b7e1","timestamp":"2026-11-09T12:06:00.000Z",
       "cwd":"C:\\dev\\lumen-desk\\","data":{"type":"agent_progress","agentId":"a1f0","message":{"type":"assistant",
       "timestamp":"2026-11-09T12:05:59.000Z","requestId":"req_011CVyQ8bVqNa5mTd1ZuPf7R","isSidechain":true,
       "costUSD":0.0021,"message":{"id":"msg_01XpV6","model":"claude-haiku-5-5","usage":{"input_tokens":3,
       "cache_creation_input_tokens":1800,"output_tokens":164}}}}}
      """#
    )[0].calls[0]
    #expect(mirrored.usage == "3/1800/0/164")
    #expect(mirrored[.messageID] == "msg_01XpV6")
    #expect(mirrored[.requestID] == "req_011CVyQ8bVqNa5mTd1ZuPf7R")
    #expect(mirrored.occurredAt == 1_794_225_959_000)
    #expect(mirrored[.costNanos] == "2100000")
    #expect(mirrored[.feature] == "subagent")
    #expect(mirrored[.workspace] == "lumen-desk")
    #expect(mirrored[.statusCode] == "200")
    #expect(mirrored.isReplay)
  }

  @Test func `a line without a type is a response's all the same`() throws {
    let line =
      #"{"timestamp":"2025-06-01T10:00:00.000Z","sessionId":"a","version":"1.0.3","costUSD":0.0123,"#
      + #""message":{"id":"msg_1","model":"claude-opus-4-20250514","usage":{"input_tokens":4,"output_tokens":10}}}"#
    let record = try readLog(line + "\n")[0]
    #expect(record.calls.first?.usage == "4/0/0/10")
    #expect(record.calls.first?[.costNanos] == "12300000")
    #expect(record.calls.first?[.sessionID] == "a")
    #expect(record.calls.first?[.statusCode] == "200")
  }

  @Test func `what else a response's line may hold makes it an application's`() throws {
    let line =
      #"{"timestamp":"2026-11-09T12:05:18Z","requestId":"req_1","tenantId":"brisk-parcel","#
      + #""message":{"id":"msg_1","type":"message","model":"claude-opus-5-5","usage":{"input_tokens":4,"output_tokens":10}}}"#
    #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "application-json")
    #expect(try readLog(line)[0].calls.first?[.tenantID] == "brisk-parcel")
  }

  @Test func `without a request id the message is known by its own, else by the line's`() throws {
    let usage = #""input_tokens":6,"output_tokens":1"#
    let calls = try transcript(
      response(usage, envelope: ""), response(usage, envelope: "", id: ""),
      response(usage, envelope: #""requestId":"7b3f","#)
    ).flatMap(\.calls)
    #expect(calls.map { $0[.messageID] != nil } == [true, false, true])
    #expect(calls.map { $0[.requestID] } == [nil, "5b0c-02", "7b3f"])
    #expect(calls.allSatisfy { !$0.requestIDIsIssued })
  }

  @Test func `null counts are nought beside another, and no usage by themselves`() throws {
    let records = try transcript(
      response(
        #""input_tokens":null,"output_tokens":20,"cache_creation_input_tokens":null,"cache_creation":null"#
      ),
      response(#""input_tokens":null,"output_tokens":null"#))
    #expect(records[0].calls[0].usage == "0/0/0/20")
    #expect(records[1].skipReason == "a response without token counts")
  }

  @Test func `the split of cache writes is what counts`() throws {
    let told = try transcript(
      response(
        #""input_tokens":1,"output_tokens":2,"cache_creation_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":30}"#
      ))[0].calls[0]
    #expect(told.usage == "1/130/0/2")
    #expect(told[.cacheCreate1hTokens] == "30")
  }

  @Test func `an advisor inside a response is a call of its own`() throws {
    let calls = try transcript(
      response(
        #"""
        "input_tokens":5,"output_tokens":140,"cache_read_input_tokens":35200,"iterations":[
        {"type":"message","input_tokens":5,"output_tokens":140,"cache_read_input_tokens":35200},
        {"type":"advisor_message","model":"claude-opus-5","input_tokens":900,"output_tokens":60}]
        """#))[0].calls
    #expect(calls.map(\.usage) == ["5/0/35200/140", "900/0/0/60"])
    #expect(calls[1][.model] == "claude-opus-5")
    #expect(calls[1].iteration == "advisor_message#1")
    #expect(calls[1][.parentCall] == "msg_01VnT4kRzQw8mXb2LcYs6HpD")
  }

  // MARK: - Lines that are no responses

  private func synthetic(_ members: String, text: String = "API Error") -> String {
    #"{"type":"assistant","uuid":"5b0c-09","parentUuid":"5b0c-08","sessionId":"b7e1","#
      + #""timestamp":"2026-11-09T12:05:18.733Z",\#(members)"message":{"id":"3a7c-local","type":"message","#
      + #""model":"<synthetic>","content":[{"type":"text","text":"\#(text)"}],"stop_reason":"stop_sequence","#
      + #""usage":{"input_tokens":0,"output_tokens":0}}}"#
  }

  @Test(
    arguments: [
      (#""apiErrorStatus":529,"error":"overloaded","#, "API Error", "529"),
      (#""apiErrorStatus":null,"error":"rate_limit","#, "API Error", "429"),
      (#""error":"server_error","#, "API Error", "500"),
      (#""error":"authentication_failed","#, "API Error", "401"),
      (#""error":{"type":"request_too_large"},"#, "x", "413"), ("", "API Error: 503 {…}", "503"),
      (#""error":"unknown","#, "Connection lost", nil),
    ] as [(String, String, String?)])
  func `an error that Claude Code tells is a status without tokens and model`(
    members: String, text: String, status: String?
  ) throws {
    let record = try transcript(
      synthetic(#""isApiErrorMessage":true,"# + members, text: text))[0]
    let told = try #require(record.calls.first)
    #expect(told[.statusCode] == status)
    #expect(told[.outcome] == "errored")
    #expect(told.usage == "0/0/0/0")
    #expect(told[.model] == nil)
    #expect(told[.requestID] == "5b0c-09")
    #expect(told[.messageID] == nil)
  }

  @Test func `a failed request keeps its own id`() throws {
    let told = try transcript(
      synthetic(#""isApiErrorMessage":true,"apiErrorStatus":429,"requestId":"req_9","#))[0].calls[0]
    #expect(told[.requestID] == "req_9")
    #expect(told.requestIDIsIssued)
  }

  @Test func `what Claude Code wrote itself is no call`() throws {
    #expect(
      try transcript(synthetic(""))[0].skipReason
        == "a message that Claude Code wrote itself, without a model")
  }

  @Test(arguments: [
    #"{"type":"user","uuid":"1","sessionId":"b","message":{"role":"user","content":"hi"}}"#,
    #"{"type":"user","uuid":"1","sessionId":"b","toolUseResult":{"usage":{"input_tokens":9,"output_tokens":9}}}"#,
    #"{"type":"system","uuid":"1","sessionId":"b","subtype":"compact_boundary"}"#,
    #"{"type":"summary","summary":"x","leafUuid":"1"}"#,
    #"{"type":"file-history-snapshot","messageId":"1","snapshot":{}}"#,
    #"{"type":"queue-operation","operation":"enqueue","sessionId":"b"}"#,
    #"{"type":"cost-state","sessionId":"b","modelUsage":{"claude-opus-5-5":{"inputTokens":9}}}"#,
    #"{"type":"progress","uuid":"1","sessionId":"b","data":{"type":"bash_progress","message":"x"}}"#,
    #"{"type":"assistant","uuid":"1","sessionId":"b","message":{"role":"assistant","content":[]}}"#,
    #"{"type":"attachment","uuid":"1","sessionId":"b"}"#,
    #"{"type":"result","key":"v2:1","agentId":"a1f0","result":{"x":1}}"#,
  ])
  func `a line without usage is passed over and still a transcript's`(line: String) throws {
    #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "claude-code-transcript")
    #expect(try readLog(line)[0].skipReason == "a transcript line that is no call")
  }

  @Test func `an unknown kind of line is named, safely`() throws {
    let reasons = try transcript(
      #"{"type":"quantum-state","uuid":"1","sessionId":"b"}"#,
      #"{"type":"my secret prompt","uuid":"1","sessionId":"b"}"#,
      #"{"type":"","uuid":"1","sessionId":"b"}"#
    ).map(\.skipReason)
    #expect(
      reasons == [
        "an unknown kind of transcript line (quantum-state)", "an unknown kind of transcript line",
        "an unknown kind of transcript line",
      ])
  }

  @Test func `an unknown kind of line that tells a usage is a call`() throws {
    let line = response(#""input_tokens":6,"output_tokens":1"#)
      .replacing(#""type":"assistant""#, with: #""type":"reply""#)
    #expect(try readLog(line)[0].calls.first?.usage == "6/0/0/1")
  }

  @Test func `bad lines are rejects`() throws {
    let good = #""input_tokens":6,"output_tokens":1"#
    let records = try transcript(
      response(#""input_tokens":-6,"output_tokens":1"#),
      response(good).replacing("2026-11-09T12:05:18.733Z", with: "soon"),
      response(good).replacing(#""timestamp":"2026-11-09T12:05:18.733Z","#, with: ""))
    #expect(records[0].reason == .negativeCount(.inputTokens))
    #expect(records[1].reason == .unreadableTime)
    #expect(records[2].reason == .missingTime)
  }

  @Test func `a transcript is known behind lines that tell little`() throws {
    let log =
      #"{"type":"summary","summary":"x","leafUuid":"1"}"# + "\n\0\0\n"
      + response(#""input_tokens":6,"output_tokens":1"#)
    #expect(try readLog(log).compactMap(\.calls.first).count == 1)
  }
}
