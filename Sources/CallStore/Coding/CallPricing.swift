import UsageLog

/// What decides a call's cost, apart from who made it.
struct BilledFacts {
  var usage = Call.Usage()
  var occurredAt: Int64 = 0
  var statusCode: Int64?
  var outcome: Call.Outcome?
  var isRefusal = false
  var isBatch = false
  var stopCategory: String?
  /// A hidden iteration inside another call.
  var isExtra = false
}

extension BilledFacts {
  /// The cost in nano-dollars, rounded once; nil where no price is known.
  ///
  /// Unknown is never zero.
  ///
  /// A failed request without usage costs nothing, whatever its model. Where an error carries usage, the
  /// usage is priced: that is what was reported as used.
  func cost(_ plan: @autoclosure () -> PricePlan?) -> Int64? {
    if isFree { return 0 }
    guard usage.isLogged, let plan = plan() else { return nil }
    let create = usage.cacheCreate ?? 0
    let create1h = usage.cacheCreate1h ?? 0
    let tokens = TokenUsage(
      input: usage.input ?? 0, cacheWrite5m: create - create1h, cacheWrite1h: create1h,
      cacheRead: usage.cacheRead ?? 0, output: usage.output ?? 0,
      webSearches: usage.webSearches ?? 0)
    switch plan.cost(tokens, at: occurredAt) {
    case .priced(let picodollars): return nanos(fromPicos: picodollars)
    case .unpriced: return nil
    }
  }

  private var isFree: Bool {
    // The batch's rule; whoever cancels a request elsewhere pays for what it used until then.
    if outcome == .canceled || outcome == .expired, isBatch || usedNothing { return true }
    if outcome == .errored || (statusCode ?? 0) >= 400, usedNothing { return true }
    if isExtra {
      return Refusal.isFreeAttempt(
        declinedBeforeOutput: outcome == .refused, stopCategory: stopCategory, at: occurredAt)
    }
    return isRefusal
      && Refusal.isFree(
        stopReason: "refusal", stopCategory: stopCategory, producedOutput: outcome != .refused,
        at: occurredAt)
  }

  private var usedNothing: Bool {
    (usage.input ?? 0) == 0 && (usage.cacheCreate ?? 0) == 0 && (usage.cacheRead ?? 0) == 0
      && (usage.output ?? 0) == 0 && (usage.webSearches ?? 0) == 0
  }
}

/// The names a price depends on, by their codes.
struct PriceKey: Hashable {
  var model: Int64
  var channel: Int64
  var region: Int64
  var tier: Int64
  var speed: Int64
  var geo: Int64
}

/// The channel as the price catalogue spells it, for what logs call their provider.
func canonicalChannel(_ logged: String) -> String {
  let name = logged.lowercased()
  switch name {
  case "api", "direct", "claude", "claude-api", "anthropic-api", "anthropic_api", "anthropic_text",
    "1p":
    return "anthropic"
  case "aws.bedrock", "aws", "aws_bedrock", "aws-bedrock", "amazon-bedrock", "amazon_bedrock",
    "bedrock_converse", "bedrock_mantle":
    return "bedrock"
  case "vertex_ai", "vertex-ai", "google-vertex", "google_vertex", "vertexai", "gcp",
    "gcp.vertex_ai", "vertex_ai_beta", "vertex_ai-anthropic_models":
    return "vertex"
  case "azure", "azure_ai", "azure-ai", "azure.ai.inference", "az.ai.inference", "azure_text":
    return "foundry"
  case "text-completion-openai": return "openai"
  case "google", "google-ai", "google_ai", "gcp.gemini", "gcp.gen_ai", "google_genai":
    return "gemini"
  case "azure.ai.openai", "az.ai.openai": return "azure-openai"
  default: return clientChannel(name) ?? name
  }
}

/// The AI SDK names a provider's client: `anthropic.messages`, `openai.chat`, `google.vertex.chat`.
private func clientChannel(_ name: String) -> String? {
  guard name.contains(".") else { return nil }
  for (prefix, channel) in [
    ("anthropic.", "anthropic"), ("openai.", "openai"), ("google.vertex", "vertex"),
    ("vertex.", "vertex"), ("google.generative", "gemini"), ("amazon-bedrock.", "bedrock"),
  ] where name.hasPrefix(prefix) { return channel }
  return nil
}
