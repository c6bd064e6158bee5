/// The token counts of a LiteLLM row, and whether its `prompt_tokens` counts the cached ones.
///
/// It does in some versions and on some routes, and not in others:
/// - more cached tokens than prompt tokens: it cannot count them;
/// - `prompt_tokens_details.cached_tokens` is told, and all cached tokens fit: it counts them;
/// - otherwise the count stays as it is, and a note says so.
struct LiteLLMUsage {
  private let record: JSONValue
  private let usage: JSONValue?
  private let details: JSONValue?
  /// Counts some versions keep beside.
  private let additional: JSONValue?

  init(_ record: JSONValue, metadata: JSONValue?, response: JSONValue?) {
    self.record = record
    let answered = response?.object("usage")
    let kept = metadata?.object("usage_object")
    // Anthropic's own object needs no guessing.
    usage = answered.flatMap { Self.isNative($0) ? $0 : nil } ?? kept ?? answered
    details =
      usage?.object("prompt_tokens_details") ?? usage?.object("input_tokens_details")
    additional = metadata?.object("additional_usage_values")
  }

  private static func isNative(_ usage: JSONValue) -> Bool {
    usage["input_tokens"] != nil && usage["prompt_tokens"] == nil
      && usage["input_tokens_details"] == nil && usage["total_tokens"] == nil
  }

  func set(_ fields: CallFields, _ notes: inout [String]) {
    let cached = details?.first("cached_tokens")
    let read =
      usage?.first("cache_read_input_tokens") ?? cached
      ?? additional?.first("cache_read_input_tokens")
    let written =
      usage?.first("cache_creation_input_tokens")
      ?? details?.first("cache_creation_tokens", "cache_write_tokens")
      ?? additional?.first("cache_creation_input_tokens")
    fields.set(.cacheReadTokens, read)
    fields.set(.cacheCreateTokens, written)
    setSplit(fields)
    if let usage, Self.isNative(usage) {
      fields.set(.inputTokens, usage["input_tokens"])
      fields.set(.outputTokens, usage["output_tokens"])
    }
    setPrompt(
      fields, cached: cached, sum: (read?.wholeCount ?? 0) + (written?.wholeCount ?? 0), &notes)
    fields.set(
      .outputTokens,
      record.first("completion_tokens") ?? usage?.first("completion_tokens", "output_tokens"))
    fields.set(.serviceTier, usage?["service_tier"])
    fields.set(.speed, usage?["speed"])
    fields.set(.inferenceGeo, usage?["inference_geo"])
    fields.set(.webSearchRequests, usage?.object("server_tool_use")?["web_search_requests"])
  }

  private func setPrompt(
    _ fields: CallFields, cached: JSONValue?, sum: Int64, _ notes: inout [String]
  ) {
    guard !fields.has(.inputTokens),
      let prompt = record.first("prompt_tokens") ?? usage?.first("prompt_tokens", "input_tokens")
    else { return }
    let count = prompt.wholeCount ?? 0
    if sum <= count, cached?.wholeCount != nil {
      fields.set(.promptTokens, prompt)
    } else {
      fields.set(.inputTokens, prompt)
      if sum > 0, sum <= count {
        notes.append("LiteLLM rows that do not say whether prompt_tokens counts cached ones: kept")
      }
    }
  }

  private func setSplit(_ fields: CallFields) {
    let split =
      usage?.object("cache_creation") ?? details?.object("cache_creation_token_details")
    fields.set(.cacheCreate5mTokens, split?["ephemeral_5m_input_tokens"])
    fields.set(.cacheCreate1hTokens, split?["ephemeral_1h_input_tokens"])
  }
}
