/// Claude Code's events and spans: each request to the API is told once by an event, and once by a span where
/// tracing is on.
struct ClaudeCodeEvents {
  private let fields: CallFields
  private var reader: JSONCallReader
  private let mapped: MappedAttributes
  private let made = MadeText()

  init(options: ReadingOptions, fields: CallFields) {
    self.fields = fields
    reader = JSONCallReader(options: options)
    mapped = MappedAttributes(options)
  }

  mutating func read(
    event record: TelemetryRecord, _ embedded: EmbeddedJSON, into output: inout RecordOutput
  ) throws(RejectionReason) {
    switch record.eventName {
    case "api_request": try readRequest(record, into: &output)
    case "api_error": try readError(record, into: &output)
    case "api_response_body": readBody(record, embedded, into: &output)
    case "api_retries_exhausted", "api_refusal":
      output.outcome = .skipped("an event beside a request that is told by itself")
    case "api_request_body":
      output.outcome = .skipped("the body of a request: its answer tells the usage")
    default: output.outcome = .skipped("an event that is no model call")
    }
  }

  mutating func read(
    span record: TelemetryRecord, into output: inout RecordOutput
  ) throws(RejectionReason) {
    guard let name = record.name, name == "claude_code.llm_request" else {
      output.outcome = .skipped("a span that is no model call")
      return
    }
    fields.set(.occurredAt, record.start)
    fields.set(.model, record.attributes.text(["model", "gen_ai.response.model"]))
    fields.set(.model, record.attributes.text("gen_ai.request.model"))
    // Of these spans alone, the response's id is the request's.
    fields.set(.requestID, record.attributes.text(["request_id", "gen_ai.response.id"]))
    fields.set(.ttftMs, record.attributes.text("ttft_ms"))
    tell(record, fields)
    var call = try fields.call()
    call.latencyMs = call.latencyMs ?? record.duration
    identify(&call, record)
    if record.hasFailed || record.attributes["success"]?.isFalse ?? false {
      fail(&call)
    } else {
      call.statusCode = call.statusCode ?? 200
    }
    finish(call, &output)
  }

  /// A request that was answered; it is logged when it is done.
  private func readRequest(
    _ record: TelemetryRecord, into output: inout RecordOutput
  ) throws(RejectionReason) {
    var call = try loggedCall(record)
    call.statusCode = call.statusCode ?? 200
    finish(call, &output)
  }

  /// A request that failed for good, after its retries.
  private func readError(
    _ record: TelemetryRecord, into output: inout RecordOutput
  ) throws(RejectionReason) {
    var call = try loggedCall(record)
    fail(&call)
    finish(call, &output)
  }

  private func loggedCall(_ record: TelemetryRecord) throws(RejectionReason) -> Call {
    fields.set(.occurredAt, record.logged)
    fields.set(.model, record.attributes.text(["model", "gen_ai.response.model"]))
    fields.set(.model, record.attributes.text("gen_ai.request.model"))
    fields.set(.requestID, record.attributes.text("request_id"))
    tell(record, fields)
    var call = try fields.call()
    call.occurredAt -= call.latencyMs ?? 0
    identify(&call, record)
    return call
  }

  private func tell(_ record: TelemetryRecord, _ fields: CallFields) {
    let own = record.attributes
    fields.set(.inputTokens, own.text(["input_tokens", "gen_ai.usage.input_tokens"]))
    fields.set(.outputTokens, own.text(["output_tokens", "gen_ai.usage.output_tokens"]))
    fields.set(.cacheReadTokens, own.text(["cache_read_tokens"] + InferenceNames.cacheRead))
    fields.set(
      .cacheCreateTokens, own.text(["cache_creation_tokens"] + InferenceNames.cacheWrite))
    fields.set(.costMicros, own.text("cost_usd_micros"))
    fields.set(.costDollars, own.text("cost_usd"))
    fields.set(.latencyMs, own.text("duration_ms"))
    fields.set(.statusCode, own.text("status_code"))
    fields.set(.speed, own.text("speed"))
    fields.set(.stopReason, own.text("stop_reason"))
    Self.place(record, fields)
  }

  /// Who asked, and in which part of Claude Code.
  private static func place(_ record: TelemetryRecord, _ fields: CallFields) {
    fields.set(
      .tenantID, record.text(["tenant.id", "team.id", "department", "organization.id"]))
    fields.set(
      .userID, record.text(["user.account_uuid", "user.account_id", "user.id", "user.email"]))
    fields.set(
      .feature,
      record.attributes.text([
        "query_source", "agent.name", "skill.name", "plugin.name", "mcp_server.name",
        "mcp_tool.name",
      ]))
    fields.set(.agent, record.attributes.text(["agent.name", "agent_id"]))
    fields.set(.sessionID, record.text(["session.id"]))
  }

  /// The API's id; else the client's; else the event's place in its session, or the span's in its trace.
  private func identify(_ call: inout Call, _ record: TelemetryRecord) {
    if call.requestID != nil {
      call.requestIDIsIssued = true
      return
    }
    let own = record.attributes
    if let id = own.text("client_request_id")?.named(upTo: Text.longestID) {
      call.requestID = id
    } else if record.kind == .span {
      call.requestID = record.place.flatMap { made.text($0) }
    } else if let session = own.text("session.id"), let number = own.text("event.sequence") {
      call.requestID = made.text("\(session.string):\(number.string)")
    }
  }

  /// A failed request used nothing that its source would tell.
  private func fail(_ call: inout Call) {
    call.outcome = .errored
    guard !call.usage.isLogged else { return }
    call.usage.input = 0
    call.usage.cacheCreate = 0
    call.usage.cacheRead = 0
    call.usage.output = 0
  }

  private func finish(_ call: Call, _ output: inout RecordOutput) {
    var call = call
    call.settleOutcome()
    output.calls.append(call)
    output.outcome = .call
  }

  /// The answer as the API gave it (`OTEL_LOG_RAW_API_BODIES`), which tells more than any event.
  private mutating func readBody(
    _ record: TelemetryRecord, _ embedded: EmbeddedJSON, into output: inout RecordOutput
  ) {
    guard let body = record.attributes["body"] else {
      output.outcome = .skipped(
        record.attributes["body_ref"] == nil
          ? "a response body that was not logged"
          : "a response body in a file of its own: import that file too")
      return
    }
    guard let message = embedded.value(body), message.isObject else {
      output.outcome = .skipped("a response body that is cut off")
      return
    }
    let (made, mapped) = (made, mapped)
    reader.read(message: message, fileTime: nil, into: &output) { fields in
      mapped.tell(record, fields)
      fields.set(.occurredAt, record.logged)
      fields.set(.requestID, record.attributes.text("request_id"))
      Self.place(record, fields)
    } adjust: { call in
      if call.requestID != nil {
        call.requestIDIsIssued = true
      } else if call.messageID == nil {
        call.requestID =
          record.attributes.text("client_request_id") ?? record.place.flatMap { made.text($0) }
      }
    }
  }
}

extension TelemetryRecord {
  /// Without the prefix that some places have.
  fileprivate var eventName: String? {
    guard let name else { return nil }
    let prefix: StaticString = "claude_code."
    return (name.hasPrefix(prefix) ? name.dropFirst(prefix.utf8CodeUnitCount) : name).string
  }
}

extension JSONValue {
  /// Exporters that know only texts write booleans as one.
  fileprivate var isFalse: Bool { node.kind == .false || text.map { $0 == "false" } ?? false }
}
