/// Helicone requests, as its export tool and its API tell them.
///
/// Described in docs/formats/helicone.md.
package struct Helicone: JSONLogFormat {
  package static let name = "helicone"
  package static let summary = "Helicone requests, exported or queried"

  private let fields: CallFields
  private let embedded = EmbeddedJSON()
  private var tags: NamedTags
  private var responses: JSONCallReader
  private var promptHash = PromptHash()

  package init(options: ReadingOptions) {
    fields = CallFields(options: options)
    tags = NamedTags(options: options)
    responses = JSONCallReader(options: options)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    isRequest(record) || RowPage.holds(record, isRequest)
  }

  private static func isRequest(_ record: JSONValue) -> Bool {
    record["request_created_at"] != nil
      && (record["prompt_tokens"] != nil || record["response_status"] != nil)
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    RowPage.rows(of: value, Self.isRequest)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    guard Self.isRequest(record) else {
      output.outcome = .skipped("no request of Helicone's")
      return
    }
    embedded.begin()
    if let body = embedded.value(record["response_body"]), JSONCallReader.isAnswer(body) {
      // The response itself tells more than the gateway's counts.
      var reader = responses
      reader.read(
        message: body, fileTime: nil, into: &output,
        beside: { set(record, in: $0) }, adjust: { settle(record, &$0) })
      responses = reader
    } else {
      readRow(record, into: &output)
    }
    noteStatus(record, &output)
  }

  private mutating func readRow(_ record: JSONValue, into output: inout RecordOutput) {
    do throws(RejectionReason) {
      fields.begin()
      set(record, in: fields)
      setCounts(record, &output.notes)
      var call = try fields.call()
      settle(record, &call)
      call.settleOutcome()
      output.calls.append(call)
      output.outcome = .call
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  private mutating func set(_ record: JSONValue, in fields: CallFields) {
    fields.set(.occurredAt, record["request_created_at"])
    fields.set(.requestID, record.first("request_id", "response_id"))
    fields.set(.tenantID, record["request_user_id"])
    fields.set(.userID, record["request_user_id"])
    setProperties(embedded.value(record["request_properties"]), in: fields)
    fields.set(
      .model, record.first("response_model", "model_override", "request_model", "model"))
    if let provider = record["provider"]?.text, !provider.matches("custom") {
      fields.set(.channel, provider)
    }
    fields.set(.region, record["region"])
    fields.set(.statusCode, record["response_status"])
    fields.set(.latencyMs, record["delay_ms"])
    fields.set(.ttftMs, record["time_to_first_token"])
    fields.set(.costDollars, record.first("costUSD", "cost_usd", "cost"))
    let body = embedded.value(record["request_body"])
    fields.set(.maxTokens, body?.first("max_tokens", "max_completion_tokens"))
  }

  /// The caller's own names, and those of Helicone's headers.
  private mutating func setProperties(_ properties: JSONValue?, in fields: CallFields) {
    tags.set(properties, into: fields)
    fields.set(.sessionID, properties?["Helicone-Session-Id"])
    fields.set(.feature, properties?["Helicone-Session-Name"])
    fields.set(.promptHash, properties?["Helicone-Prompt-Id"])
  }

  private func setCounts(_ record: JSONValue, _ notes: inout [String]) {
    let prompt = record["prompt_tokens"]
    let reads = record["prompt_cache_read_tokens"]
    let writes = record["prompt_cache_write_tokens"]
    fields.set(.inputTokens, prompt)
    fields.set(.cacheReadTokens, reads)
    fields.set(.cacheCreateTokens, writes)
    fields.set(.outputTokens, record["completion_tokens"])
    let cached = (reads?.wholeCount ?? 0) + (writes?.wholeCount ?? 0)
    if cached > 0, cached <= prompt?.wholeCount ?? 0 {
      notes.append("Helicone rows that do not say whether prompt_tokens counts cached ones: kept")
    }
  }

  private mutating func settle(_ record: JSONValue, _ call: inout Call) {
    call.latencyMs =
      call.latencyMs
      ?? Durations.between(record["request_created_at"], record["response_created_at"])
    if call.latencyMs == nil, let latency = record["latency"]?.text.flatMap({ wholeNumber($0) }),
      (0...86_400_000).contains(latency)
    {
      call.latencyMs = latency
    }
    if call.prompt == nil, let messages = embedded.value(record["request_body"])?["messages"],
      messages.isArray, !messages.isEmptyContainer
    {
      call.prompt = .digits(promptHash.hash(messages))
    }
    if Self.wasCached(record) { call.wasAnsweredByProxy() }
    if let status = record["response_status"]?.wholeCount, status < 0 {
      call.outcome = status == -3 ? .canceled : status == -2 ? nil : .errored
    }
  }

  private func noteStatus(_ record: JSONValue, _ output: inout RecordOutput) {
    guard output.outcome == .call else { return }
    if let status = record["response_status"]?.wholeCount, status < 100 {
      output.notes.append("Helicone's own states in place of an HTTP status")
    }
    if Self.wasCached(record) {
      output.notes.append("answered by Helicone's own cache: calls without tokens")
    }
  }

  private static func wasCached(_ record: JSONValue) -> Bool {
    guard let original = record.first("cache_reference_id")?.text else { return false }
    return original.bytes.contains { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: "-") }
  }
}
