/// Reads model calls by the OpenTelemetry GenAI conventions, their older names and other instrumentations'.
struct InferenceReader {
  private let fields: CallFields
  private let input: OTelInput?
  private var promptHash = PromptHash()
  private let made = MadeText()

  init(options: ReadingOptions, fields: CallFields) {
    self.fields = fields
    input = options.otelInput
  }

  mutating func read(
    _ record: TelemetryRecord, _ embedded: EmbeddedJSON, into output: inout RecordOutput
  ) throws(RejectionReason) {
    if let why = InferenceKind.whyNoCall(record) {
      output.outcome = .skipped(why)
      return
    }
    tell(record)
    var call = try fields.call()
    identify(&call, record)
    if let rule = InclusiveInput.apply(to: &call.usage, of: record, asked: input) {
      output.notes.append(rule)
    }
    call.latencyMs = call.latencyMs ?? record.duration
    if call.prompt == nil, let messages = embedded.value(record.attributes["gen_ai.input.messages"])
    {
      call.prompt = .digits(promptHash.hash(messages))
    }
    settle(&call, record)
    output.calls.append(call)
    output.outcome = .call
  }

  private func tell(_ record: TelemetryRecord) {
    let own = record.attributes
    fields.set(.occurredAt, record.kind == .span ? record.start ?? record.end : record.logged)
    if let id = own.text(InferenceNames.responseID) {
      // Two instrumentations of one client tell one response.
      fields.set(id.hasPrefix("req_") ? .requestID : .messageID, id)
    }
    fields.set(.model, own.text(InferenceNames.model))
    fields.set(.inputTokens, own.text(InferenceNames.input))
    fields.set(.outputTokens, own.text(InferenceNames.output))
    fields.set(.cacheReadTokens, own.text(InferenceNames.cacheRead))
    fields.set(.cacheCreateTokens, own.text(InferenceNames.cacheWrite))
    fields.set(.costDollars, own.text(InferenceNames.cost))
    fields.set(.channel, own.text(InferenceNames.provider))
    fields.set(.region, record.text(["aws.region", "cloud.region"]))
    fields.set(.statusCode, own.text(InferenceNames.status))
    fields.set(.stopReason, own["gen_ai.response.finish_reasons"].flatMap(first))
    fields.set(.stopReason, own.text(InferenceNames.finish))
    fields.set(.maxTokens, own.text("gen_ai.request.max_tokens"))
    fields.set(.ttftMs, own.text("ai.response.msToFirstChunk"))
    fields.set(.tenantID, record.text(InferenceNames.tenant))
    fields.set(.userID, record.text(InferenceNames.user))
    fields.set(.feature, record.text(InferenceNames.feature))
    fields.set(.agent, own.text("gen_ai.agent.name"))
    fields.set(.deploySHA, record.text(InferenceNames.deploy))
    fields.set(.sessionID, record.text(InferenceNames.session))
  }

  /// The first element of a list; a text is one itself.
  private func first(_ list: JSONValue) -> Text? {
    guard list.isArray else { return list.text }
    return list.children.lazy.compactMap { TelemetryAttributes.content($0).text }.first
  }

  /// Without an id of its response, a call is its span's place in the trace.
  private func identify(_ call: inout Call, _ record: TelemetryRecord) {
    call.requestIDIsIssued = call.requestID?.hasPrefix("req_") ?? false
    guard call.messageID == nil, call.requestID == nil else { return }
    call.requestID = record.place.flatMap { made.text($0) }
  }

  private func settle(_ call: inout Call, _ record: TelemetryRecord) {
    if record.hasFailed {
      call.outcome = .errored
      let type = record.attributes.text("error.type")
      let code = type.flatMap { ErrorStatus.code($0) ?? wholeNumber($0) } ?? 0
      if call.statusCode == nil, (100...599).contains(code) { call.statusCode = code }
    } else {
      call.statusCode = call.statusCode ?? 200
    }
    call.settleOutcome()
  }
}
