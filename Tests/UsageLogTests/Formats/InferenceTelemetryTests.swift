import Testing

@testable import UsageLog

/// Spans of the OpenTelemetry GenAI conventions.
struct InferenceTelemetryTests {
  private func read(
    _ attributes: OTLPAttributes, resource: OTLPAttributes = ["service.name": "lumen-answer"],
    rest: String = #""status":{}"#, _ options: ReadingOptions = ReadingOptions()
  ) throws -> ReadRecord {
    try #require(
      try readLog(
        export(spans: [span(attributes, rest: rest)], resource: resource), options: options
      ).first)
  }

  private func call(
    _ attributes: OTLPAttributes, resource: OTLPAttributes = ["service.name": "lumen-answer"],
    rest: String = #""status":{}"#
  ) throws -> ToldCall {
    try #require(try read(attributes, resource: resource, rest: rest).calls.first)
  }

  @Test func `a span tells its call`() throws {
    let told = try call(
      [
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": "claude-sonnet-5", "gen_ai.response.id": "msg_01Kd7QvTzWm3",
        "gen_ai.usage.input_tokens": 18652, "gen_ai.usage.cache_read.input_tokens": 18240,
        "gen_ai.usage.cache_write.input_tokens": 0, "gen_ai.usage.output_tokens": 633,
        "gen_ai.usage.reasoning.output_tokens": 500, "gen_ai.response.finish_reasons": ["end_turn"],
        "gen_ai.request.max_tokens": 4096, "gen_ai.conversation.id": "c-1",
        "gen_ai.agent.name": "answer", "gen_ai.usage.cost": 0.0123,
      ],
      resource: [
        "service.name": "lumen-answer", "service.version": "9f1c2ab", "tenant.id": "brisk-parcel",
      ])
    #expect(told.usage == "412/0/18240/633")
    #expect(told.occurredAt == 1_794_211_200_417)
    #expect(told[.latencyMs] == "4180")
    #expect(told[.messageID] == "msg_01Kd7QvTzWm3")
    #expect(told[.requestID] == nil)
    #expect(told[.model] == "claude-sonnet-5")
    #expect(told[.channel] == "anthropic")
    #expect(told[.stopReason] == "end_turn")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
    #expect(told[.maxTokens] == "4096")
    #expect(told[.sessionID] == "c-1")
    #expect(told[.tenantID] == "brisk-parcel")
    #expect(told[.feature] == "answer")
    #expect(told[.agent] == "answer")
    #expect(told[.deploySHA] == "9f1c2ab")
    #expect(told[.costNanos] == "12300000")
  }

  /// Every alias of the table, one at a time.
  @Test(
    arguments: [
      ("gen_ai.usage.prompt_tokens", "50/0/0/0"), ("llm.token_count.prompt", "50/0/0/0"),
      ("ai.usage.promptTokens", "50/0/0/0"), ("gen_ai.usage.completion_tokens", "0/0/0/50"),
      ("llm.token_count.completion", "0/0/0/50"),
    ])
  func `counts under older names are read`(name: String, usage: String) throws {
    let attributes: OTLPAttributes = [
      "gen_ai.operation.name": "chat", name: 50, "gen_ai.system": "openai",
    ]
    #expect(try call(attributes).usage == usage)
  }

  @Test(
    arguments: [
      ("gen_ai.usage.cache_read.input_tokens", "60/0/40/0"),
      ("gen_ai.usage.cache_read_input_tokens", "60/0/40/0"),
      ("gen_ai.usage.cache_read_tokens", "60/0/40/0"),
      ("gen_ai.usage.details.cache_read_tokens", "60/0/40/0"),
      ("llm.token_count.prompt_details.cache_read", "60/0/40/0"),
      ("gen_ai.usage.cache_write.input_tokens", "60/40/0/0"),
      ("gen_ai.usage.cache_creation.input_tokens", "60/40/0/0"),
      ("gen_ai.usage.cache_creation_input_tokens", "60/40/0/0"),
      ("gen_ai.usage.details.cache_write_tokens", "60/40/0/0"),
      ("gen_ai.usage.input_tokens.cache_write", "60/40/0/0"),
      ("llm.token_count.prompt_details.cache_write", "60/40/0/0"),
    ])
  func `cached tokens under older names are read`(name: String, usage: String) throws {
    let attributes: OTLPAttributes = [
      "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
      "gen_ai.usage.input_tokens": 100, name: 40,
    ]
    #expect(try call(attributes).usage == usage)
  }

  @Test func `models under older names are read`() throws {
    for name in ["gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "ai.model.id"] {
      let attributes: OTLPAttributes = ["llm.token_count.prompt": 1, name: "claude-haiku-5-5"]
      #expect(try call(attributes)[.model] == "claude-haiku-5-5", "\(name)")
    }
    #expect(
      try call([
        "gen_ai.operation.name": "chat", "gen_ai.request.model": "claude-opus-5",
        "gen_ai.response.model": "claude-sonnet-5",
      ])[.model] == "claude-sonnet-5")
  }

  // MARK: - Whether input includes cached tokens

  private let older: OTLPAttributes = [
    "gen_ai.operation.name": "chat", "gen_ai.system": "anthropic",
    "gen_ai.usage.input_tokens": 500, "gen_ai.usage.cache_read_input_tokens": 400,
    "gen_ai.usage.output_tokens": 1,
  ]
  private let current: OTLPAttributes = [
    "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
    "gen_ai.usage.input_tokens": 500, "gen_ai.usage.cache_read.input_tokens": 400,
    "gen_ai.usage.output_tokens": 1,
  ]

  @Test func `cached tokens that exceed the input are not in it`() throws {
    let record = try read([
      "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
      "gen_ai.usage.input_tokens": 3, "gen_ai.usage.cache_read.input_tokens": 400,
      "gen_ai.usage.cache_creation.input_tokens": 20,
    ])
    #expect(record.calls[0].usage == "3/20/400/0")
    #expect(record.notes == ["input_tokens is less than the cached tokens, so it excludes them"])
  }

  @Test func `an older instrumentation of Anthropic's API excludes them, others include them`()
    throws
  {
    let old = try read(older)
    #expect(old.calls[0].usage == "500/0/400/1")
    #expect(old.notes.first?.contains("taken to exclude") == true)
    let new = try read(current)
    #expect(new.calls[0].usage == "100/0/400/1")
    #expect(new.notes.first?.contains("taken to include") == true)
    let other = try read([
      "gen_ai.operation.name": "chat", "gen_ai.system": "openai", "gen_ai.usage.input_tokens": 500,
      "gen_ai.usage.cache_read_input_tokens": 400,
    ])
    #expect(other.calls[0].usage == "100/0/400/0")
  }

  @Test func `OpenLLMetry includes them under the older names`() throws {
    // Its counts of one prompt of 1,167 tokens, of which 1,163 came from the cache.
    let told: OTLPAttributes = [
      "gen_ai.system": "Anthropic", "gen_ai.request.model": "claude-opus-5",
      "gen_ai.usage.input_tokens": 1167, "gen_ai.usage.cache_read_input_tokens": 1163,
      "gen_ai.usage.output_tokens": 1,
    ]
    let log = export(spans: [span(told)], scope: "opentelemetry.instrumentation.anthropic")
    #expect(try readLog(log)[0].calls.first?.usage == "4/0/1163/1")
  }

  @Test func `the user's word decides what the counts allow`() throws {
    var options = ReadingOptions()
    options.otelInput = .includes
    #expect(try read(older, options).calls[0].usage == "100/0/400/1")
    options.otelInput = .excludes
    let record = try read(current, options)
    #expect(record.calls[0].usage == "500/0/400/1")
    #expect(record.notes == ["input_tokens excludes cached tokens, as --otel-input says"])
  }

  @Test func `nothing cached, no rule`() throws {
    #expect(
      try read(["gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 5]).notes.isEmpty)
  }

  // MARK: - Which spans count

  @Test(
    arguments: [
      (["gen_ai.operation.name": "invoke_agent", "gen_ai.usage.input_tokens": 9], "agent"),
      (["gen_ai.operation.name": "create_agent"], "agent"),
      (["gen_ai.operation.name": "invoke_workflow"], "agent"),
      (["gen_ai.operation.name": "execute_tool"], "tool"),
      (["gen_ai.operation.name": "retrieval"], "another operation"),
      (["openinference.span.kind": "CHAIN", "llm.token_count.prompt": 9], "agent"),
      (["openinference.span.kind": "TOOL"], "tool"),
      (["traceloop.span.kind": "workflow", "gen_ai.usage.input_tokens": 9], "agent"),
      (["ai.operationId": "ai.generateText", "ai.usage.promptTokens": 9], "agent"),
      (["http.request.method": "POST", "http.response.status_code": 200], "no model call"),
      ([:], "no model call"),
    ] as [(OTLPAttributes, String)])
  func `spans around a call are passed over`(attributes: OTLPAttributes, why: String) throws {
    #expect(try read(attributes).skipReason?.contains(why) == true, "\(attributes)")
  }

  @Test(
    arguments: [
      ["gen_ai.operation.name": "embeddings", "gen_ai.usage.input_tokens": 9],
      ["gen_ai.operation.name": "generate_content"], ["gen_ai.operation.name": "text_completion"],
      ["openinference.span.kind": "LLM"], ["llm.request.type": "chat"],
      ["ai.operationId": "ai.generateText.doGenerate", "ai.usage.promptTokens": 9],
      ["gen_ai.system": "anthropic", "gen_ai.request.model": "claude-opus-5"],
      ["gen_ai.usage.input_tokens": 9],
      ["gen_ai.operation.name": "ask", "gen_ai.usage.input_tokens": 9],
    ] as [OTLPAttributes])
  func `spans of model calls count`(attributes: OTLPAttributes) throws {
    #expect(try read(attributes).outcome == .call)
  }

  // MARK: - Identity, errors, places

  @Test(
    arguments: [
      ("msg_01A", "msg_01A", nil, false), ("chatcmpl-1", "chatcmpl-1", nil, false),
      ("req_01A", nil, "req_01A", true),
      ("unknown", nil, "6f2d0c9e41b8a7354cd1e09b7a52f310:91ab40cd27ef5513", false),
    ] as [(String, String?, String?, Bool)])
  func `the response's id names the call`(
    id: String, message: String?, request: String?, isIssued: Bool
  ) throws {
    let told = try call([
      "gen_ai.operation.name": "chat", "gen_ai.response.id": .init(stringLiteral: id),
    ])
    #expect(told[.messageID] == message)
    #expect(told[.requestID] == request)
    #expect(told.requestIDIsIssued == isIssued)
  }

  @Test(
    arguments: [
      (["http.response.status_code": 429], #""status":{"code":2,"message":"secret"}"#, "429"),
      (["error.type": "overloaded_error"], #""status":{"code":2}"#, "529"),
      (["error.type": "503"], #""status":{}"#, "503"),
      (["error.type": "RateLimitError"], #""status":{"code":2}"#, nil),
      ([:], #""status":{"code":"STATUS_CODE_ERROR"}"#, nil),
    ] as [(OTLPAttributes, String, String?)])
  func `a span that failed is an errored call`(
    attributes: OTLPAttributes, rest: String, status: String?
  ) throws {
    let all: OTLPAttributes
    if let (name, value) = attributes.first {
      all = ["gen_ai.operation.name": "chat", "gen_ai.request.model": "x", name: value]
    } else {
      all = ["gen_ai.operation.name": "chat", "gen_ai.request.model": "x"]
    }
    let told = try call(all, rest: rest)
    #expect(told[.statusCode] == status)
    #expect(told[.outcome] == "errored")
  }

  @Test func `a refusal is one`() throws {
    let told = try call([
      "gen_ai.operation.name": "chat", "gen_ai.response.finish_reasons": ["refusal"],
      "gen_ai.usage.output_tokens": 0,
    ])
    #expect(told[.outcome] == "refused")
  }

  @Test func `places are looked for in the span, then in its resource`() throws {
    let told = try call(
      ["gen_ai.operation.name": "chat", "enduser.id": "e-1"],
      resource: [
        "service.name": "lumen-digest", "team.id": "payments", "vcs.ref.head.revision": "abc1234",
        "deployment.id": "d-1",
      ])
    #expect(told[.tenantID] == "payments")
    #expect(told[.userID] == "e-1")
    #expect(told[.feature] == "lumen-digest")
    #expect(told[.deploySHA] == "abc1234")
  }

  @Test func `what the user maps is an attribute's name`() throws {
    var options = ReadingOptions()
    options.mapped = ["customer.tier": .tenantID, "k8s.pod": .deploySHA]
    let told = try #require(
      try read(
        ["gen_ai.operation.name": "chat", "customer.tier": "gold", "tenant.id": "x"],
        resource: ["k8s.pod": "pod-7"], options
      ).calls.first)
    #expect(told[.tenantID] == "gold")
    #expect(told[.deploySHA] == "pod-7")
  }

  @Test func `messages that were captured are hashed, never kept`() throws {
    let told = try call([
      "gen_ai.operation.name": "chat",
      "gen_ai.input.messages": #"[{\"role\":\"user\",\"content\":\"hello\"}]"#,
    ])
    let same = try record(
      row(#""output_tokens":1,"messages":[{"role":"user","content":"hello"}]"#)
    ).calls[0]
    #expect(told[.promptHash] == same[.promptHash])
    #expect(told[.promptHash]?.hasPrefix("#") == true)
  }

  // MARK: - Containers

  @Test func `each span keeps the resource it came with, in old containers too`() throws {
    let first = export(
      spans: [span(["gen_ai.operation.name": "chat"])], resource: ["tenant.id": "alder-bank"])
    let second = export(
      spans: [span(["gen_ai.operation.name": "chat"], id: "2")],
      resource: ["tenant.id": "fern-market"]
    ).replacing("scopeSpans", with: "instrumentationLibrarySpans")
      .replacing(#""scope":"#, with: #""instrumentationLibrary":"#)
    let both =
      first.dropLast(3) + "," + second.dropFirst(#"{"resourceSpans":["#.count)
    #expect(
      try readLog(String(both)).flatMap(\.calls).map { $0[.tenantID] } == [
        "alder-bank", "fern-market",
      ])
  }

  @Test func `a span by itself and one of a console exporter are read`() throws {
    let alone = span(["gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 7])
    let printed = #"""
      {"name":"chat","context":{"trace_id":"0x6F2D","span_id":"0x91AB","trace_state":"[]"},
       "kind":"SpanKind.CLIENT","parent_id":null,"start_time":"2026-11-09T08:00:00.417000Z",
       "end_time":"2026-11-09T08:00:04.597000Z","status":{"status_code":"ERROR"},
       "attributes":{"gen_ai.operation.name":"chat","gen_ai.usage.input_tokens":7},
       "resource":{"attributes":{"service.name":"lumen-answer"}}}
      """#
    for line in [alone, printed] {
      #expect(try withJSON(line) { LogFormats.recognise($0)?.name } == "otel-genai")
    }
    let told = try readLog(printed)[0].calls[0]
    #expect(told.usage == "7/0/0/0")
    #expect(told[.requestID] == "6f2d:91ab")
    #expect(told[.latencyMs] == "4180")
    #expect(told[.outcome] == "errored")
    #expect(told[.feature] == "lumen-answer")
    #expect(try readLog(alone)[0].calls[0].usage == "7/0/0/0")
  }

  @Test func `log records with a usage are calls`() throws {
    let log =
      #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1794211200417000000","#
      + #""traceId":"AB","spanId":"CD","eventName":"gen_ai.client.inference.operation.details","attributes":"#
      + json(["gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 7])
      + #"},{"timeUnixNano":"1794211200417000000","body":{"stringValue":"hello"},"attributes":[]}]}]}]}"#
    let records = try readLog(log)
    #expect(records[0].calls.first?.usage == "7/0/0/0")
    #expect(records[0].calls.first?[.requestID] == "ab:cd")
    #expect(records[1].skipReason == "a log record that is no model call")
  }

  @Test func `a collector's line in another log is unpacked`() throws {
    let log =
      row(#""request_id":"a","input_tokens":1,"output_tokens":1"#) + "\n"
      + export(
        spans: [span(["gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 7])],
        resource: ["tenant.id": "alder-bank"])
      + export(events: [event("api_request", ["input_tokens": 3])])
      + row(#""request_id":"b","input_tokens":2,"output_tokens":1"#) + "\n"
    let calls = try readLog(log).flatMap(\.calls)
    #expect(calls.map(\.usage) == ["1/0/0/1", "7/0/0/0", "3/0/0/0", "2/0/0/1"])
    #expect(calls[1][.tenantID] == "alder-bank")
  }

  @Test func `protobuf and length prefixes are refused with a way out`() throws {
    let payload: [UInt8] =
      [0x0A, 0x20, 0x0A, 0x1E, 0x0A, 0x1C, 0x0A, 0x0C] + Array("service.name".utf8)
      + [0x12, 0x0C, 0x0A, 0x0A] + Array("lumen-desk".utf8)
    let zstd: [UInt8] = [0, 0, 0, 40, 0x28, 0xB5, 0x2F, 0xFD] + payload
    for bytes in [payload, [0, 0, 0, UInt8(payload.count)] + payload, zstd] {
      #expect(throws: LogError.protobuf) { try readLog(bytes) }
    }
    #expect(try readLog("\n\n\n\n" + row(#""output_tokens":1"#)).count == 1)
    #expect(try readLog("\0\0\0\0" + row(#""output_tokens":1"#)).count == 1)
  }
}
