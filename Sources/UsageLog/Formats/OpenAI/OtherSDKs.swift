/// How SDKs other than Anthropic's count, where names alone do not tell.
struct OtherSDKs {
  /// The input counts the cached tokens, though those stand beside it in Anthropic's names.
  private var inputCountsCached = false
  /// Gemini's thoughts, which the candidates' tokens do not count.
  private var thoughts: JSONValue?
  /// Gemini's prompts of tools, which the prompt's tokens do not count.
  private var toolPrompt: JSONValue?
  /// The request's id as AWS gave it.
  private var issuedID: Text?

  /// Takes what a nested object tells beside the fields that its own names give.
  mutating func take(_ value: JSONValue, in nest: Nest, into values: FieldValues, rank: UInt8) {
    switch nest {
    case .usageMetadata: takeGemini(value)
    case .inputDetail: takeInputDetail(value, in: values, rank: rank)
    case .inputCounts: takeInputCounts(value, in: values, rank: rank)
    case .outputCounts:
      values.set(.outputTokens, rank: rank, value["total"]?.text, in: value.index)
    case .responseMetadata: takeResponseMetadata(value, in: values, rank: rank)
    case .choices:
      let reason = value.children.lazy.compactMap { $0["finish_reason"]?.text }.first
      values.set(.stopReason, rank: rank, reason, in: value.index)
    default: break
    }
  }

  private mutating func takeGemini(_ usage: JSONValue) {
    thoughts = usage.first("thoughtsTokenCount", "thoughts_token_count") ?? thoughts
    toolPrompt = usage.first("toolUsePromptTokenCount", "tool_use_prompt_token_count") ?? toolPrompt
  }

  /// LangChain's and the Vercel AI SDK's parts of an input that counts them all.
  private mutating func takeInputDetail(_ detail: JSONValue, in values: FieldValues, rank: UInt8) {
    if let rest = detail.first("noCacheTokens")?.text {
      values.set(.inputTokens, rank: rank, rest, in: detail.index)
    } else {
      inputCountsCached = true
    }
  }

  /// The Vercel AI SDK's `inputTokens` as its providers tell it.
  private func takeInputCounts(_ counts: JSONValue, in values: FieldValues, rank: UInt8) {
    values.set(.cacheReadTokens, rank: rank, counts["cacheRead"]?.text, in: counts.index)
    values.set(.cacheCreateTokens, rank: rank, counts["cacheWrite"]?.text, in: counts.index)
    if let rest = counts.first("noCache")?.text {
      values.set(.inputTokens, rank: rank, rest, in: counts.index)
    } else {
      values.set(.promptTokens, rank: rank, counts["total"]?.text, in: counts.index)
    }
  }

  /// boto3's `ResponseMetadata`, or LangChain's `response_metadata`.
  private mutating func takeResponseMetadata(
    _ metadata: JSONValue, in values: FieldValues, rank: UInt8
  ) {
    guard metadata.isObject else { return }
    let here = metadata.index
    // What an application logs beside it is stronger.
    let weak = min(rank, 120) + 30
    if let id = metadata["RequestId"]?.text {
      issuedID = id
      values.set(.requestID, rank: rank, id, in: here)
    }
    values.set(.statusCode, rank: weak, metadata["HTTPStatusCode"]?.text, in: here)
    values.set(
      .model, rank: weak, metadata.first("model_name", "model", "model_id")?.text, in: here)
    let reason = metadata.first("stop_reason", "finish_reason", "stopReason")
    values.set(.stopReason, rank: weak, reason?.text, in: here)
    if let id = metadata["id"]?.text, id.isResponseID {
      values.set(.messageID, rank: rank, id, in: here)
    }
  }

  func setInput(_ fields: CallFields) {
    if inputCountsCached { fields.values.reread(.inputTokens, as: .promptTokens) }
  }

  func settle(_ call: inout Call) throws(RejectionReason) {
    if let count = try tokenCount(toolPrompt?.text, .inputTokens) {
      call.usage.input = (call.usage.input ?? 0) + count
    }
    if let count = try tokenCount(thoughts?.text, .outputTokens) {
      call.usage.output = (call.usage.output ?? 0) + count
    }
    // OpenRouter's own records know the call by it.
    if call.requestID?.hasPrefix("gen-") == true { call.requestIDIsIssued = true }
    if let issuedID, call.requestID.map({ $0 == issuedID }) == true {
      call.requestIDIsIssued = true
      call.channel = call.channel ?? Text.literal("bedrock")
    }
  }
}
