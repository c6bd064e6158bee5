/// The columns of the table `call`, in its order.
///
/// A test holds them against the schema.
enum CallColumn: Int, CaseIterable {
  case hour, identity, occurredAt, timeIsApproximate
  case messageID, requestID
  case tenant, feature, deploy, model, modelRaw, prompt
  case inputTokens, cacheCreateTokens, cacheCreate1hTokens, cacheReadTokens, outputTokens
  case webSearchRequests, costNanos, loggedCostNanos
  case statusCode, latencyMs, ttftMs
  case serviceTier, speed, inferenceGeo, channel, region, workspace, apiKey, agent
  case stopReason, stopCategory, kind, outcome
  case session, user, operation, parentCall, attempt, maxTokens, prefixHash, toolHash
  case rowVersion, source, sourceLine

  var name: String {
    switch self {
    case .occurredAt: "occurred_at"
    case .timeIsApproximate: "time_is_approximate"
    case .messageID: "message_id"
    case .requestID: "request_id"
    case .modelRaw: "model_raw"
    case .inputTokens: "input_tokens"
    case .cacheCreateTokens: "cache_create_tokens"
    case .cacheCreate1hTokens: "cache_create_1h_tokens"
    case .cacheReadTokens: "cache_read_tokens"
    case .outputTokens: "output_tokens"
    case .webSearchRequests: "web_search_requests"
    case .costNanos: "cost_usd_nanos"
    case .loggedCostNanos: "logged_cost_usd_nanos"
    case .statusCode: "status_code"
    case .latencyMs: "latency_ms"
    case .ttftMs: "ttft_ms"
    case .serviceTier: "service_tier"
    case .inferenceGeo: "inference_geo"
    case .apiKey: "api_key"
    case .stopReason: "stop_reason"
    case .stopCategory: "stop_category"
    case .parentCall: "parent_call"
    case .maxTokens: "max_tokens"
    case .prefixHash: "prefix_hash"
    case .toolHash: "tool_hash"
    case .rowVersion: "row_version"
    case .sourceLine: "source_line"
    default: "\(self)"
    }
  }

  /// Stored as text; every other column is an integer or the code of a name.
  var isText: Bool { self == .messageID || self == .requestID || self == .parentCall }

  static let count = allCases.count

  /// Decided by the record that told most about the call, as a whole.
  static let billed: [CallColumn] = [
    .model, .modelRaw, .inputTokens, .cacheCreateTokens, .cacheCreate1hTokens, .cacheReadTokens,
    .outputTokens, .webSearchRequests, .serviceTier, .speed, .inferenceGeo, .channel, .region,
    .statusCode, .stopReason, .stopCategory, .outcome, .rowVersion,
  ]

  /// Filled by whichever record knows them first.
  static let filled: [CallColumn] = [
    .messageID, .requestID, .tenant, .feature, .deploy, .prompt, .loggedCostNanos, .latencyMs,
    .ttftMs, .workspace, .apiKey, .agent, .session, .user, .operation, .parentCall, .attempt,
    .maxTokens, .prefixHash, .toolHash,
  ]
}
