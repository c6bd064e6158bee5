/// What a key or column of a log can mean.
///
/// The raw value names it in `--map COLUMN=FIELD` and `--set FIELD=VALUE`.
package enum Field: String, CaseIterable, Sendable {
  case occurredAt = "occurred_at"
  case requestID = "request_id"
  case messageID = "message_id"
  case tenantID = "tenant_id"
  case feature = "feature"
  case deploySHA = "deploy_sha"
  case model = "model"
  case promptHash = "prompt_hash"
  case inputTokens = "input_tokens"
  /// Counts the whole prompt, cached tokens included (OpenAI's meaning).
  case promptTokens = "prompt_tokens"
  case cacheCreateTokens = "cache_create_tokens"
  case cacheCreate5mTokens = "cache_create_5m_tokens"
  case cacheCreate1hTokens = "cache_create_1h_tokens"
  case cacheReadTokens = "cache_read_tokens"
  /// Cached tokens that the input or prompt count includes (OpenAI's meaning).
  case cachedTokens = "cached_tokens"
  case outputTokens = "output_tokens"
  case webSearchRequests = "web_search_requests"
  case costNanos = "cost_usd_nanos"
  case costMicros = "cost_usd_micros"
  case costCents = "cost_usd_cents"
  case costDollars = "cost_usd"
  case statusCode = "status_code"
  case latencyMs = "latency_ms"
  /// A duration whose unit is not in its name.
  case latency = "latency"
  case ttftMs = "ttft_ms"
  case serviceTier = "service_tier"
  case speed = "speed"
  case inferenceGeo = "inference_geo"
  case channel = "channel"
  case region = "region"
  case stopReason = "stop_reason"
  case stopCategory = "stop_category"
  case outcome = "outcome"
  case sessionID = "session_id"
  case userID = "user_id"
  case agent = "agent"
  case operationID = "operation_id"
  case attempt = "attempt"
  /// Attempts before this one; `attempt` itself counts from one.
  case retryCount = "retry_count"
  case parentCall = "parent_call"
  case workspace = "workspace"
  case apiKey = "api_key"
  case maxTokens = "max_tokens"
  case prefixHash = "prefix_hash"
  case toolHash = "tool_hash"

  /// Position in `allCases`, for tables indexed by field.
  var index: Int { Self.indices[self] ?? 0 }

  private static let indices = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
