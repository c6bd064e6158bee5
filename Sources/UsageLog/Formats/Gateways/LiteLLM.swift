/// What the LiteLLM proxy logs: `LiteLLM_SpendLogs` rows, `StandardLoggingPayload`s of its callbacks, and the
/// `LiteLLM_Daily*Spend` tables, which are sums.
///
/// Described in docs/formats/litellm.md.
package struct LiteLLM: JSONLogFormat {
  package static let name = "litellm"
  package static let summary = "LiteLLM spend logs, logged payloads and daily tables"

  private let fields: CallFields
  private let embedded = EmbeddedJSON()
  private var tags: NamedTags
  private var promptHash = PromptHash()

  package init(options: ReadingOptions) {
    fields = CallFields(options: options)
    tags = NamedTags(options: options)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    isRow(record) || RowPage.holds(record, isRow)
  }

  private static func isRow(_ record: JSONValue) -> Bool {
    isCall(record) || LiteLLMDaily.isRow(record)
  }

  private static func isCall(_ record: JSONValue) -> Bool {
    record["call_type"] != nil && (record["spend"] != nil || record["response_cost"] != nil)
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    RowPage.rows(of: value, Self.isRow)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    if Self.isCall(record) {
      do throws(RejectionReason) {
        try readCall(record, into: &output)
      } catch {
        output.clear()
        output.outcome = .rejected(error)
      }
    } else if LiteLLMDaily.isRow(record) {
      LiteLLMDaily.read(record, into: &output)
    } else {
      output.outcome = .skipped("no row of LiteLLM's")
    }
  }

  private mutating func readCall(
    _ record: JSONValue, into output: inout RecordOutput
  ) throws(RejectionReason) {
    embedded.begin()
    fields.begin()
    let metadata = embedded.value(record["metadata"])
    let response = embedded.value(record["response"])
    fields.set(.occurredAt, record.first("startTime", "start_time", "endTime"))
    setIdentity(record, response)
    setPlaces(record, metadata)
    setResult(record, metadata)
    LiteLLMUsage(record, metadata: metadata, response: response).set(fields, &output.notes)
    var call = try fields.call()
    call.latencyMs =
      call.latencyMs ?? Durations.between(record["startTime"], record["endTime"])
      ?? Durations.seconds(record["response_time"])
    setFirstToken(record, &call)
    setPrompt(record, &call)
    if record["cache_hit"]?.isTrue == true {
      call.wasAnsweredByProxy()
      output.notes.append("answered by LiteLLM's own cache: calls without tokens")
    }
    call.settleOutcome()
    output.calls.append(call)
    output.outcome = .call
  }

  private func setIdentity(_ record: JSONValue, _ response: JSONValue?) {
    for id in [record.first("request_id", "id")?.text, response?["id"]?.text] {
      guard let id else { continue }
      fields.set(id.isResponseID ? .messageID : .requestID, id)
    }
    fields.set(.requestID, record.first("litellm_call_id", "call_id"))
    fields.set(.operationID, record["trace_id"])
    fields.set(.sessionID, record["session_id"])
  }

  private mutating func setPlaces(_ record: JSONValue, _ metadata: JSONValue?) {
    fields.set(.tenantID, record["end_user"])
    fields.set(.tenantID, metadata?["user_api_key_end_user_id"])
    fields.set(.tenantID, metadata?["user_api_key_team_alias"])
    fields.set(.tenantID, record.first("team_id") ?? metadata?["user_api_key_team_id"])
    fields.set(.tenantID, record.first("user") ?? metadata?["user_api_key_user_id"])
    fields.set(.userID, record.first("user") ?? metadata?["user_api_key_user_id"])
    fields.set(.feature, firstTag(embedded.value(record["request_tags"])))
    fields.set(.feature, metadata?["user_api_key_alias"])
    fields.set(.feature, record["agent_id"])
    fields.set(.agent, record["agent_id"])
    if let key = (record.first("api_key") ?? metadata?.first("user_api_key_hash", "user_api_key"))?
      .text, !key.hasPrefix("sk-")
    {
      fields.set(.apiKey, key)
    }
    fields.set(.model, record.first("model", "model_group"))
    fields.set(.channel, record["custom_llm_provider"])
    tags.set(embedded.value(metadata?["spend_logs_metadata"]), into: fields)
    tags.set(embedded.value(metadata?["requester_metadata"]), into: fields)
  }

  /// The proxy adds the caller's user agent to the tags that the caller gave.
  private func firstTag(_ tags: JSONValue?) -> Text? {
    guard let tags, tags.isArray else { return nil }
    return tags.children.lazy.compactMap { $0.text }
      .first { !$0.trimmed.isEmpty && !$0.hasPrefix("User-Agent:") }
  }

  private func setResult(_ record: JSONValue, _ metadata: JSONValue?) {
    fields.set(.costDollars, record.first("spend", "response_cost"))
    fields.set(.latencyMs, record["request_duration_ms"])
    let error =
      embedded.value(record["error_information"]) ?? embedded.value(metadata?["error_information"])
    if let code = error?["error_code"], code.wholeCount != nil { fields.set(.statusCode, code) }
    fields.set(.statusCode, record.first("status") ?? metadata?["status"])
    let parameters =
      embedded.value(record["model_parameters"]) ?? embedded.value(record["proxy_server_request"])
    fields.set(.maxTokens, parameters?.first("max_tokens", "max_completion_tokens"))
  }

  /// Calls that are not streamed have their first token at their end.
  private func setFirstToken(_ record: JSONValue, _ call: inout Call) {
    guard let first = Durations.between(record["startTime"], record["completionStartTime"]),
      let whole = call.latencyMs, first < whole
    else { return }
    call.ttftMs = first
  }

  private mutating func setPrompt(_ record: JSONValue, _ call: inout Call) {
    guard call.prompt == nil else { return }
    let messages = [
      embedded.value(record["messages"]),
      embedded.value(record["proxy_server_request"]).flatMap { embedded.value($0["messages"]) },
    ].lazy.compactMap { $0 }.first { $0.isArray && !$0.isEmptyContainer && !isRedacted($0) }
    if let messages {
      call.prompt = .digits(promptHash.hash(messages))
    } else if let key = record["cache_key"]?.text?.named(upTo: Text.longestID), !key.isEmpty,
      !key.matches("cache off"), !key.matches("none")
    {
      call.prompt = PromptKey(key)
    }
  }

  /// With message logging off, all prompts are the same word.
  private func isRedacted(_ messages: JSONValue) -> Bool {
    messages.children.contains { $0["content"]?.text.map { $0 == "redacted-by-litellm" } ?? false }
  }
}

extension Call {
  /// Makes it a call that a gateway answered from a cache of its own: no provider was asked, and nothing billed.
  ///
  /// The response is an earlier one, whose id must not make the two one call.
  mutating func wasAnsweredByProxy() {
    usage = Usage()
    usage.input = 0
    usage.cacheCreate = 0
    usage.cacheRead = 0
    usage.output = 0
    loggedCostNanos = 0
    if statusCode == nil { outcome = outcome ?? .succeeded }
    requestID = requestID ?? messageID
    messageID = nil
  }
}
