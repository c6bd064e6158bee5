/// What the attributes of a model call are called: by the current GenAI conventions, then by older ones and
/// other instrumentations.
enum InferenceNames {
  static let provider: [StaticString] = [
    "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider",
  ]
  static let model: [StaticString] = [
    "gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "ai.response.model",
    "ai.model.id", "embedding.model_name",
  ]
  static let responseID: [StaticString] = ["gen_ai.response.id", "ai.response.id"]
  static let input: [StaticString] = [
    "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt",
    "llm.usage.prompt_tokens", "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens",
  ]
  static let output: [StaticString] = [
    "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
    "llm.usage.completion_tokens", "ai.usage.outputTokens", "ai.usage.completionTokens",
  ]
  /// The names that came with the rule that input includes cached tokens.
  static let currentCache: [StaticString] = [
    "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_write.input_tokens",
  ]
  static let cacheRead: [StaticString] = [
    "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
    "gen_ai.usage.cache_read_tokens", "gen_ai.usage.details.cache_read_tokens",
    "gen_ai.usage.details.cache_read_input_tokens", "gen_ai.usage.input_tokens.cached",
    "llm.token_count.prompt_details.cache_read", "ai.usage.cachedInputTokens",
  ]
  static let cacheWrite: [StaticString] = [
    "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_tokens",
    "gen_ai.usage.details.cache_write_tokens",
    "gen_ai.usage.details.cache_creation_input_tokens", "gen_ai.usage.input_tokens.cache_write",
    "llm.token_count.prompt_details.cache_write",
  ]
  /// A breakdown of the prompt: always part of it.
  static let details: [StaticString] = [
    "llm.token_count.prompt_details.cache_read", "llm.token_count.prompt_details.cache_write",
  ]
  static let finish: [StaticString] = [
    "gen_ai.completion.0.finish_reason", "llm.finish_reason", "ai.response.finishReason",
  ]
  static let cost: [StaticString] = [
    "gen_ai.usage.cost", "gen_ai.usage.total_cost", "llm.cost.total",
  ]
  static let session: [StaticString] = ["gen_ai.conversation.id", "session.id"]
  static let tenant: [StaticString] = [
    "tenant.id", "team.id", "department", "enduser.id", "user.id",
  ]
  static let user: [StaticString] = ["enduser.id", "user.id"]
  static let feature: [StaticString] = ["gen_ai.agent.name", "service.name"]
  static let deploy: [StaticString] = [
    "service.version", "vcs.ref.head.revision", "deployment.id",
  ]
  static let status: [StaticString] = ["http.response.status_code", "http.status_code"]
}

/// Whether a span is one model call, by what its instrumentation says of it.
enum InferenceKind {
  /// Why it is none; nil where it is one.
  static func whyNoCall(_ record: TelemetryRecord) -> String? {
    let own = record.attributes
    let usesTokens = own.text(InferenceNames.input) != nil || own.text(InferenceNames.output) != nil
    if record.kind == .log { return usesTokens ? nil : "a log record that is no model call" }
    // The AI SDK's outer spans repeat the sums of the `….doGenerate` inside them.
    if let operation = own.text("ai.operationId")?.string {
      return operation.contains(".do") ? nil : parent
    }
    if let kind = own.text("openinference.span.kind") {
      if kind.matches("llm") || kind.matches("embedding") { return nil }
      return kind.matches("tool") ? tool : parent
    }
    if let kind = own.text("traceloop.span.kind") { return kind.matches("tool") ? tool : parent }
    if let operation = own.text(["gen_ai.operation.name", "llm.request.type"]) {
      return whyNoCall(operation, usesTokens)
    }
    let isRequest =
      own.text(InferenceNames.provider) != nil && own.text(InferenceNames.model) != nil
    return usesTokens || isRequest ? nil : "a span that is no model call"
  }

  private static func whyNoCall(_ operation: Text, _ usesTokens: Bool) -> String? {
    switch operation.string.lowercased() {
    case "chat", "text_completion", "generate_content", "embeddings", "completion", "embedding":
      return nil
    case "execute_tool", "tool": return tool
    case let name where name.hasPrefix("invoke_") || name.hasPrefix("create_"): return parent
    case "agent", "workflow", "task", "chain", "plan": return parent
    default: return usesTokens ? nil : "a span of another operation than a model call"
    }
  }

  static let parent = "an agent or workflow span: its model calls are spans of their own"
  static let tool = "a tool span"
}
