/// Langfuse observations: the UI's export (camelCase), the blob storage export (snake_case), or the API's pages.
///
/// Described in docs/formats/langfuse.md.
package struct Langfuse: JSONLogFormat {
  package static let name = "langfuse"
  package static let summary = "Langfuse observations, exported by the UI or to blob storage"

  private let fields: CallFields
  private let embedded = EmbeddedJSON()
  private let promptName = JoinedText()
  private var tags: NamedTags
  private var promptHash = PromptHash()
  /// What the observations read now belong to, where it stands beside them.
  private var trace: JSONValue?

  package init(options: ReadingOptions) {
    fields = CallFields(options: options)
    tags = NamedTags(options: options)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    isObservation(record) || LangfusePack(record, isObservation) != nil
  }

  private static func isObservation(_ record: JSONValue) -> Bool {
    if record["usageDetails"] != nil || record["usage_details"] != nil { return true }
    guard record["traceId"] != nil || record["trace_id"] != nil, let type = record["type"]?.text
    else { return false }
    return types.contains { type == $0 }
  }

  private static let types: [StaticString] = [
    "GENERATION", "SPAN", "EVENT", "EMBEDDING", "AGENT", "TOOL", "CHAIN", "RETRIEVER",
    "EVALUATOR", "GUARDRAIL",
  ]

  /// Whether it stands around others: what it sums up is told by each of those, too.
  private static func isAround(_ record: JSONValue) -> Bool {
    guard let type = record["type"]?.text else { return false }
    return type == "AGENT" || type == "CHAIN" || type == "SPAN" || type == "EVENT"
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    let pack = LangfusePack(value, Self.isObservation)
    trace = pack?.trace
    return pack?.observations
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    embedded.begin()
    if let event = LangfusePack.Event(record) {
      read(event.body, sentAt: event.time, isGeneration: event.isGeneration, into: &output)
    } else if Self.isObservation(record) {
      let isGeneration = record["type"]?.text.map { $0 == "GENERATION" } ?? true
      read(record, sentAt: nil, isGeneration: isGeneration, into: &output)
    } else {
      output.outcome = .skipped("no observation of Langfuse's")
    }
  }

  private mutating func read(
    _ record: JSONValue, sentAt: JSONValue?, isGeneration: Bool, into output: inout RecordOutput
  ) {
    let usage = LangfuseUsage(record, embedded)
    let isError = record["level"]?.text.map { $0 == "ERROR" } ?? false
    guard !Self.isAround(record) else {
      output.outcome = .skipped("an observation of no model call")
      return
    }
    guard record.first("model", "provided_model_name", "providedModelName") != nil,
      usage.isTold || (isError && isGeneration)
    else {
      output.outcome = .skipped(
        isGeneration ? "a generation without a model and usage" : "an observation of no model call")
      return
    }
    do throws(RejectionReason) {
      let call = try call(record, usage, sentAt: sentAt, isError: isError, &output.notes)
      output.calls.append(call)
      output.outcome = .call
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  private mutating func call(
    _ record: JSONValue, _ usage: LangfuseUsage, sentAt: JSONValue?, isError: Bool,
    _ notes: inout [String]
  ) throws(RejectionReason) -> Call {
    fields.begin()
    setPlaces(record)
    fields.set(.occurredAt, sentAt)
    setResult(record)
    usage.setInput(fields, &notes)
    var call = try fields.call()
    try usage.settle(&call, &notes)
    let start = record.first("startTime", "start_time")
    call.latencyMs =
      call.latencyMs ?? Durations.seconds(record["latency"])
      ?? Durations.between(start, record.first("endTime", "end_time"))
    call.ttftMs =
      call.ttftMs ?? Durations.seconds(record.first("timeToFirstToken", "time_to_first_token"))
      ?? Durations.between(start, record.first("completionStartTime", "completion_start_time"))
    setPrompt(record, &call)
    if isError {
      call.outcome = .errored
    } else if call.statusCode == nil {
      call.statusCode = 200
    }
    call.settleOutcome()
    return call
  }

  private mutating func setPlaces(_ record: JSONValue) {
    fields.set(.occurredAt, record.first("startTime", "start_time"))
    fields.set(.requestID, record["id"])
    fields.set(.operationID, record.first("traceId", "trace_id"))
    fields.set(
      .sessionID, record.first("sessionId", "session_id") ?? trace?.first("sessionId", "session_id")
    )
    let user = record.first("userId", "user_id") ?? trace?.first("userId", "user_id")
    fields.set(.userID, user)
    fields.set(.tenantID, user)
    fields.set(
      .feature,
      record.first("traceName", "trace_name") ?? trace?.first("name") ?? record.first("name"))
    fields.set(
      .deploySHA, record.first("version", "release") ?? trace?.first("version", "release"))
    fields.set(.model, record.first("model", "provided_model_name", "providedModelName"))
    if let name = record.first("promptName", "prompt_name")?.text {
      let version = record.first("promptVersion", "prompt_version")?.text
      fields.set(
        .promptHash, version.map { promptName.join(name, UInt8(ascii: "@"), $0) } ?? name)
    }
    tags.set(embedded.value(record["metadata"]), into: fields)
    tags.set(embedded.value(trace?["metadata"]), into: fields)
    fields.set(.tenantID, record["environment"])
  }

  private func setResult(_ record: JSONValue) {
    let costs = embedded.value(record.first("costDetails", "cost_details"))
    fields.set(
      .costDollars,
      record.first("totalCost", "total_cost", "calculatedTotalCost") ?? costs?["total"])
    let parameters = embedded.value(record.first("modelParameters", "model_parameters"))
    fields.set(.maxTokens, parameters?.first("max_tokens", "maxTokens", "max_completion_tokens"))
  }

  private mutating func setPrompt(_ record: JSONValue, _ call: inout Call) {
    guard call.prompt == nil, let input = embedded.value(record["input"]) else { return }
    let messages = input.isArray ? input : input["messages"]
    guard let messages, messages.isArray, !messages.isEmptyContainer else { return }
    call.prompt = .digits(promptHash.hash(messages))
  }
}
