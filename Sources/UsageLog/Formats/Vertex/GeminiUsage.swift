/// Gemini's `usageMetadata`: the prompt's count includes cached tokens; thoughts and tool results are
/// counted beside the candidates and the prompt.
struct GeminiUsage {
  private let counts: JSONValue
  private let thoughts: Int64
  private let toolPrompt: Int64

  /// - Throws: why its counts are none.
  init?(_ metadata: JSONValue?) throws(RejectionReason) {
    guard let metadata, metadata.isObject else { return nil }
    counts = metadata
    thoughts =
      try tokenCount(
        (metadata["thoughtsTokenCount"] ?? metadata["thoughts_token_count"])?.text, .outputTokens)
      ?? 0
    toolPrompt =
      try tokenCount(
        (metadata["toolUsePromptTokenCount"] ?? metadata["tool_use_prompt_token_count"])?.text,
        .inputTokens) ?? 0
  }

  func set(_ fields: CallFields) {
    fields.set(.promptTokens, counts["promptTokenCount"] ?? counts["prompt_token_count"])
    fields.set(
      .cachedTokens, counts["cachedContentTokenCount"] ?? counts["cached_content_token_count"])
    fields.set(.outputTokens, counts["candidatesTokenCount"] ?? counts["candidates_token_count"])
  }

  func settle(_ call: inout Call) {
    if toolPrompt > 0 { call.usage.input = (call.usage.input ?? 0) + toolPrompt }
    if thoughts > 0 { call.usage.output = (call.usage.output ?? 0) + thoughts }
  }
}
