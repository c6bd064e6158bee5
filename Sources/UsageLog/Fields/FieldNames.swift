/// The names under which logs write each field, best first.
///
/// Case, `_`, `-`, `.` and spaces do not count, so `cacheReadInputTokens` is
/// `cache_read_input_tokens`.
///
/// To teach every flat format a new spelling, add it here.
enum FieldNames {
  static let aliases: [(field: Field, names: String)] = [
    (
      .occurredAt,
      """
      occurred_at timestamp ts time request_time requested_at start_time started_at created_at created \
      create_time datetime date logged_at @timestamp
      """
    ),
    (.requestID, "request_id x_request_id anthropic_request_id req_id response_id"),
    (.messageID, "message_id msg_id"),
    (
      .tenantID,
      """
      tenant_id tenant customer_id customer org_id organization_id organisation_id account_id account \
      client_id team_id team project_id project
      """
    ),
    (
      .feature,
      """
      feature task operation use_case purpose route endpoint prompt_name component service tag job \
      task_name job_name
      """
    ),
    (
      .deploySHA,
      "deploy_sha git_sha commit_sha commit sha deploy revision release version build app_version"
    ),
    (.model, "model model_id model_name model_version"),
    (
      .promptHash,
      "prompt_hash prompt_sha prompt_sha256 prompt_id template_hash cache_key prompt_version"
    ),
    (
      .inputTokens,
      "input_tokens uncached_input_tokens input_tokens_uncached tokens_in in_tokens input"
    ),
    (.promptTokens, "prompt_tokens tokens_prompt prompt_token_count"),
    (
      .cacheCreateTokens,
      """
      cache_create_tokens cache_creation_input_tokens cache_creation_tokens cache_write_tokens \
      cache_write_input_tokens cache_write cache_create cache_creation
      """
    ),
    (
      .cacheCreate5mTokens,
      """
      cache_create_5m_tokens ephemeral_5m_input_tokens cache_creation_5m_tokens \
      cache_write_5m_tokens cache_write_5m
      """
    ),
    (
      .cacheCreate1hTokens,
      """
      cache_create_1h_tokens ephemeral_1h_input_tokens cache_creation_1h_tokens \
      cache_write_1h_tokens cache_write_1h
      """
    ),
    (.cacheReadTokens, "cache_read_tokens cache_read_input_tokens cache_hit_tokens cache_read"),
    (
      .cachedTokens,
      """
      cached_tokens cached_input_tokens tokens_cached cached_content_token_count prompt_cache_hit_tokens
      """
    ),
    (
      .outputTokens,
      """
      output_tokens completion_tokens tokens_out out_tokens tokens_completion candidates_token_count output
      """
    ),
    (.webSearchRequests, "web_search_requests web_searches num_search_queries"),
    (.costNanos, "cost_usd_nanos cost_nanos"),
    (.costMicros, "cost_usd_micros cost_micros"),
    (.costCents, "cost_usd_cents cost_cents"),
    (.costDollars, "cost_usd total_cost_usd total_cost cost price spend"),
    (.statusCode, "status_code http_status http_status_code response_status status code"),
    (.latencyMs, "latency_ms duration_ms elapsed_ms response_time_ms took_ms"),
    (.latency, "latency duration elapsed response_time"),
    (.ttftMs, "ttft_ms time_to_first_token_ms ttft"),
    (.serviceTier, "service_tier"),
    (.speed, "speed"),
    (.inferenceGeo, "inference_geo"),
    (.channel, "channel provider"),
    (.region, "region aws_region location"),
    (.stopReason, "stop_reason finish_reason"),
    (.stopCategory, "stop_category refusal_category"),
    (.outcome, "outcome"),
    (.sessionID, "session_id session conversation_id thread_id chat_id"),
    (.userID, "user_id user end_user end_user_id"),
    (.agent, "agent agent_name agent_id"),
    (.operationID, "operation_id logical_id trace_id correlation_id"),
    (.attempt, "attempt attempt_number"),
    (.retryCount, "retry_count retry retries"),
    (.parentCall, "parent_call parent_request_id"),
    (.workspace, "workspace workspace_id workspace_name anthropic_workspace_id"),
    (.apiKey, "api_key_id api_key_name api_key_alias"),
    (.maxTokens, "max_tokens max_output_tokens max_completion_tokens"),
    (.prefixHash, "prefix_hash system_hash system_prompt_hash"),
    (.toolHash, "tool_hash tool_call_hash"),
  ]
}

extension FieldNames {
  /// Spellings under which many logs hold the prompt and the answer themselves.
  static let ambiguous = ["input", "output"]

  /// Members of usage objects that are parts or sums of what is counted, or free.
  static let uncountedUsage = [
    "total_tokens", "thinking_tokens", "reasoning_tokens", "output_tokens_details",
    "completion_tokens_details", "web_fetch_requests", "fallback_credit", "context_management",
    "audio_tokens", "text_tokens", "image_tokens", "accepted_prediction_tokens",
    "rejected_prediction_tokens", "cost_details", "is_byok", "cache_discount", "queue_time",
    "prompt_time", "completion_time", "total_time", "tool_use_prompt_token_count",
    "code_execution_requests", "tool_search_requests",
  ]
}

/// Objects inside a record that hold fields of the call, by their key.
enum Nest: String, CaseIterable {
  case usage
  case cacheCreation = "cache_creation"
  case serverToolUse = "server_tool_use"
  case iterations
  case promptDetails = "prompt_tokens_details"
  case inputDetails = "input_tokens_details"
  case stopDetails = "stop_details"
  case request, headers, params
  case messages, content, error
  case usageMetadata = "usage_metadata"
  case inputDetail = "input_token_details"
  case inputCounts = "input_tokens"
  case outputCounts = "output_tokens"
  case responseMetadata = "response_metadata"
  case choices, metrics
  case metadata, context, tags, labels, attributes, extra, properties
  case response, message, body, result, output, data, payload, log
  case responseBody = "response_body"

  /// Whether a response may stand in it as a text; what log drivers wrap is unwrapped before.
  var isResponseText: Bool {
    switch self {
    case .response, .body, .result, .responseBody: true
    default: false
    }
  }
}

extension Field {
  /// The field that a user means by a name: its own, or any of the aliases logs use.
  package init?(named name: String) {
    let wanted = normalized(name.utf8)
    let found = FieldNames.aliases.first { entry in
      entry.names.split(separator: " ").contains { normalized($0.utf8) == wanted }
    }
    guard let field = Field(rawValue: name) ?? found?.field else { return nil }
    self = field
  }
}
