import Testing

@testable import UsageLog

/// Claude Code's events and spans.
struct ClaudeCodeTelemetryTests {
  private let request: OTLPAttributes = [
    "event.timestamp": "2026-11-09T08:00:08.357Z", "event.sequence": 14, "session.id": "b7e1",
    "user.account_uuid": "u-1", "model": "claude-opus-5-5", "input_tokens": 6,
    "output_tokens": "318", "cache_read_tokens": 31870.0, "cache_creation_tokens": 2140,
    "cost_usd": 0.0453151, "cost_usd_micros": 45315, "duration_ms": 8357,
    "request_id": "req_011CVyQ7wTnLz3kRb9XsMd5P", "query_source": "repl_main_thread",
    "agent.name": "reviewer", "speed": "normal", "prompt.id": "p-1",
  ]

  @Test func `a request's event tells its call`() throws {
    let log = export(events: [event("api_request", request)])
    #expect(try withJSON(log) { LogFormats.recognise($0)?.name } == "claude-code-otel")
    let told = try #require(try readLog(log)[0].calls.first)
    #expect(told.usage == "6/2140/31870/318")
    // Logged at the end, 8,357 ms after its start.
    #expect(told.occurredAt == 1_794_211_200_000)
    #expect(told[.latencyMs] == "8357")
    #expect(told[.costNanos] == "45315000")
    #expect(told[.requestID] == "req_011CVyQ7wTnLz3kRb9XsMd5P")
    #expect(told.requestIDIsIssued)
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.feature] == "repl_main_thread")
    #expect(told[.agent] == "reviewer")
    #expect(told[.tenantID] == "payments")
    #expect(told[.userID] == "u-1")
    #expect(told[.sessionID] == "b7e1")
    #expect(told[.speed] == "normal")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
    #expect(told[.promptHash] == nil)
    #expect(told[.deploySHA] == nil)
  }

  @Test func `what stands under the conventions' names is read, too`() throws {
    let told = try #require(
      try readLog(
        export(events: [
          event(
            "api_request",
            [
              "gen_ai.response.model": "claude-sonnet-4-6", "gen_ai.usage.input_tokens": "1000",
              "gen_ai.usage.output_tokens": "500", "gen_ai.usage.cache_read_input_tokens": "200",
              "gen_ai.usage.cache_creation_input_tokens": "100",
            ])
        ]))[0].calls.first)
    #expect(told[.model] == "claude-sonnet-4-6")
    #expect(told.usage == "1000/100/200/500")
  }

  @Test func `without the event's own time the record's counts`() throws {
    let told = try readLog(
      export(events: [event("api_request", ["model": "claude-opus-5-5", "input_tokens": 1])]))[0]
    #expect(told.calls.first?.occurredAt == 1_794_211_208_357)
    #expect(told.calls.first?.usage == "1/0/0/0")
  }

  @Test func `without the api's id the client's, the session's place or the line names a request`()
    throws
  {
    let calls = try readLog(
      export(events: [
        event("api_request", ["client_request_id": "cr-1", "input_tokens": 1]),
        event("api_request", ["session.id": "b7e1", "event.sequence": 14, "input_tokens": 1]),
        event("api_request", ["input_tokens": 1]),
      ])
    ).flatMap(\.calls)
    #expect(calls.map { $0[.requestID] } == ["cr-1", "b7e1:14", nil])
    #expect(calls.allSatisfy { !$0.requestIDIsIssued })
  }

  @Test func `an error is one call without tokens`() throws {
    let records = try readLog(
      export(events: [
        event(
          "api_error",
          [
            "model": "claude-opus-5-5", "error": "Overloaded: my secret", "status_code": "529",
            "duration_ms": 64000, "attempt": 11, "request_id": "req_2",
          ]),
        event("api_error", ["model": "claude-opus-5-5", "error": "ECONNRESET", "attempt": 3]),
        event("api_retries_exhausted", ["model": "claude-opus-5-5", "error": "Overloaded"]),
        event("api_refusal", ["model": "claude-opus-5-5", "request_id": "req_3"]),
      ]))
    #expect(records.map(\.isSkipped) == [false, false, true, true])
    let told = records[0].calls[0]
    #expect(told.usage == "0/0/0/0")
    #expect(told[.statusCode] == "529")
    #expect(told[.outcome] == "errored")
    #expect(told[.latencyMs] == "64000")
    #expect(told[.model] == "claude-opus-5-5")
    #expect(!told.told.values.contains { $0.contains("secret") })
    #expect(records[1].calls[0][.statusCode] == nil)
    #expect(records[1].calls[0][.outcome] == "errored")
  }

  @Test func `an answer that was logged whole is exact`() throws {
    let body =
      #"{\\\"id\\\":\\\"msg_01Bb\\\",\\\"type\\\":\\\"message\\\",\\\"model\\\":\\\"claude-opus-5-5\\\",\\\"stop_reason\\\":\\\"end_turn\\\","#
      + #"\\\"usage\\\":{\\\"input_tokens\\\":11,\\\"cache_creation_input_tokens\\\":640,\\\"cache_creation\\\":"#
      + #"{\\\"ephemeral_1h_input_tokens\\\":640},\\\"cache_read_input_tokens\\\":34010,\\\"output_tokens\\\":95}}"#
    let plain = body.replacing(#"\\\""#, with: #"\""#)
    let records = try readLog(
      export(events: [
        event(
          "api_response_body",
          [
            "body": .init(stringLiteral: plain), "request_id": "req_3", "session.id": "b7e1",
            "query_source": "compact",
          ]),
        event("api_response_body", ["body": .init(stringLiteral: String(plain.dropLast(9)))]),
        event("api_response_body", ["body_ref": "req_4.response.json"]),
        event("api_request_body", ["body": "{}"]),
      ]))
    let told = try #require(records[0].calls.first)
    #expect(told.usage == "11/640/34010/95")
    #expect(told[.cacheCreate1hTokens] == "640")
    #expect(told[.messageID] == "msg_01Bb")
    #expect(told[.requestID] == "req_3")
    #expect(told.requestIDIsIssued)
    #expect(told[.feature] == "compact")
    #expect(
      records.dropFirst().map(\.skipReason) == [
        "a response body that is cut off",
        "a response body in a file of its own: import that file too",
        "the body of a request: its answer tells the usage",
      ])
  }

  @Test func `a request's span shares the event's id`() throws {
    let told = try readLog(
      export(
        spans: [
          span(
            [
              "model": "claude-opus-5-5", "gen_ai.system": "anthropic",
              "gen_ai.response.id": "req_011CVyQ7wTnLz3kRb9XsMd5P", "input_tokens": 6,
              "output_tokens": 318, "cache_read_tokens": 31870, "cache_creation_tokens": 2140,
              "duration_ms": 4000, "ttft_ms": 1210, "attempt": 2, "success": true,
              "stop_reason": "tool_use", "query_source": "repl_main_thread", "agent_id": "a1f0",
            ], name: "claude_code.llm_request"),
          span([:], name: "claude_code.tool"), span([:], name: "claude_code.interaction"),
        ], resource: ["service.name": "claude-code"], scope: "com.anthropic.claude_code.tracing"))
    #expect(told.map(\.isSkipped) == [false, true, true])
    let call = told[0].calls[0]
    #expect(call.usage == "6/2140/31870/318")
    #expect(call.occurredAt == 1_794_211_200_417)
    #expect(call[.requestID] == "req_011CVyQ7wTnLz3kRb9XsMd5P")
    #expect(call.requestIDIsIssued)
    #expect(call[.messageID] == nil)
    #expect(call[.latencyMs] == "4000")
    #expect(call[.ttftMs] == "1210")
    #expect(call[.agent] == "a1f0")
    #expect(call[.attempt] == nil)
  }

  @Test func `a span that failed has its status`() throws {
    let call = try readLog(
      export(
        spans: [
          span(
            ["model": "claude-opus-5-5", "success": "false", "status_code": 529],
            name: "claude_code.llm_request")
        ], scope: "com.anthropic.claude_code"))[0].calls[0]
    #expect(call[.statusCode] == "529")
    #expect(call[.outcome] == "errored")
    #expect(call.usage == "0/0/0/0")
    #expect(call[.requestID] == "6f2d0c9e41b8a7354cd1e09b7a52f310:91ab40cd27ef5513")
    #expect(call[.latencyMs] == "4180")
  }

  @Test(arguments: [
    #"{"attributes":{"event.name":"api_request","event.timestamp":"2026-11-09T08:00:08.357Z","model":"claude-opus-5-5","input_tokens":"6","output_tokens":318,"duration_ms":8357,"request_id":"req_1"}}"#,
    #"{"timestamp":"2026-11-09T08:00:08.357Z","body":"claude_code.api_request","attributes":{"event.name":"api_request","input_tokens":6,"output_tokens":"318","duration_ms":"8357","request_id":"req_1"},"resource":{"service.name":"claude-code"}}"#,
    #"{"timeUnixNano":1794211208357000000,"eventName":"claude_code.api_request","attributes":[{"key":"input_tokens","value":{"intValue":6}},{"key":"output_tokens","value":{"doubleValue":318}},{"key":"duration_ms","value":{"stringValue":"8357"}},{"key":"request_id","value":{"stringValue":"req_1"}}]}"#,
  ])
  func `events that another exporter flattened are read`(line: String) throws {
    #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "claude-code-otel")
    let told = try #require(try readLog(line)[0].calls.first)
    #expect(told.usage == "6/0/0/318")
    #expect(told.occurredAt == 1_794_211_200_000)
    #expect(told[.requestID] == "req_1")
  }

  @Test func `other events are passed over`() throws {
    let log = export(events: ["user_prompt", "tool_result", "brand_new"].map { event($0, [:]) })
    #expect(
      try readLog(log).map(\.skipReason)
        == Array(repeating: "an event that is no model call", count: 3))
  }

  @Test func `what the user maps is an attribute's name`() throws {
    var options = ReadingOptions()
    options.mapped = ["user.email": .tenantID, "service.version": .deploySHA]
    let body = #"{\"type\":\"message\",\"usage\":{\"output_tokens\":1}}"#
    let calls = try readLog(
      export(
        events: [
          event("api_request", ["user.email": "mika@lumen.example", "input_tokens": 1]),
          event(
            "api_response_body",
            ["user.email": "mika@lumen.example", "body": .init(stringLiteral: body)]),
        ], resource: ["service.name": "claude-code", "service.version": "2.1"]), options: options
    ).flatMap(\.calls)
    #expect(calls.map { $0[.tenantID] } == ["mika@lumen.example", "mika@lumen.example"])
    #expect(calls.map { $0[.deploySHA] } == ["2.1", "2.1"])
  }

  @Test func `bad events are rejects, each by itself`() throws {
    let records = try readLog(
      export(events: [
        event("api_request", ["input_tokens": -6]), event("api_request", ["input_tokens": 1.5]),
        event("api_request", ["input_tokens": 1]),
      ]))
    #expect(records.map(\.reason) == [.negativeCount(.inputTokens), .notACount(.inputTokens), nil])
    #expect(records[0].offset < records[1].offset)
  }
}
