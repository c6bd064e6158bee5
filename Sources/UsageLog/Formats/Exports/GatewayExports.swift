/// The CSV exports of the gateways and observability tools whose JSON is read too.
package enum LiteLLMExport: RowExport {
  package typealias Records = LiteLLM
  package static let name = "litellm-csv"
  package static let summary = "LiteLLM's spend logs or daily tables as CSV"
  package static let columns = """
    request_id id call_type api_key spend response_cost total_tokens prompt_tokens completion_tokens \
    startTime endTime completionStartTime request_duration_ms response_time model model_id model_group \
    custom_llm_provider api_base user metadata cache_hit cache_key request_tags team_id organization_id \
    end_user messages response session_id status agent_id proxy_server_request error_information \
    date api_requests cache_read_input_tokens cache_creation_input_tokens
    """

  package static func isHeader(_ columns: Set<String>) -> Bool {
    columns.isSuperset(of: ["request_id", "call_type", "spend"])
      || columns.isSuperset(of: ["date", "spend", "api_requests", "prompt_tokens"])
  }
}

package enum LangfuseExport: RowExport {
  package typealias Records = Langfuse
  package static let name = "langfuse-csv"
  package static let summary = "Langfuse observations exported as CSV"
  package static let columns = """
    id type traceId trace_id projectId project_id environment parentObservationId startTime start_time \
    endTime end_time completionStartTime completion_start_time name level statusMessage version release \
    model provided_model_name internalModelId modelParameters model_parameters input output metadata \
    promptName prompt_name promptVersion prompt_version latency timeToFirstToken time_to_first_token \
    usageDetails usage_details costDetails cost_details providedUsageDetails inputUsage outputUsage \
    totalUsage totalCost total_cost traceName trace_name userId user_id sessionId session_id
    """

  package static func isHeader(_ columns: Set<String>) -> Bool {
    columns.contains("usagedetails") || columns.contains("usage_details")
      || columns.isSuperset(of: ["traceid", "starttime", "totalcost"])
      || columns.isSuperset(of: ["trace_id", "start_time", "total_cost"])
  }
}

package enum HeliconeExport: RowExport {
  package typealias Records = Helicone
  package static let name = "helicone-csv"
  package static let summary = "Helicone requests exported as CSV"
  package static let columns = """
    request_id request_created_at request_body request_path request_user_id request_properties request_model \
    model_override response_id response_created_at response_status response_model response_body provider \
    delay_ms latency time_to_first_token total_tokens prompt_tokens prompt_cache_write_tokens \
    prompt_cache_read_tokens completion_tokens cost costUSD model cache_reference_id
    """

  package static func isHeader(_ columns: Set<String>) -> Bool {
    columns.isSuperset(of: ["request_created_at", "prompt_tokens"])
      && (columns.contains("response_id") || columns.contains("request_id"))
  }
}

package enum OpenRouterExport: RowExport {
  package typealias Records = OpenRouter
  package static let name = "openrouter-csv"
  package static let summary = "OpenRouter's activity export, a row per call"
  package static let columns = """
    generation_id created_at cost_total byok_usage_inference tokens_prompt tokens_completion \
    tokens_reasoning tokens_cached model_permaslug provider_name variant cancelled streamed user \
    finish_reason_raw finish_reason_normalized generation_time_ms time_to_first_token_ms \
    api_key_name app_name native_tokens_prompt native_tokens_completion native_tokens_cached
    """

  package static func isHeader(_ columns: Set<String>) -> Bool {
    columns.isSuperset(of: ["generation_id", "tokens_prompt", "cost_total"])
  }
}

package enum OpenRouterActivityExport: RowExport {
  package typealias Records = OpenRouter
  package static let name = "openrouter-activity-csv"
  package static let summary = "OpenRouter's activity export, a row per day"
  package static let columns = """
    date slug usage byok_usage requests prompt_tokens completion_tokens reasoning_tokens
    """

  package static func isHeader(_ columns: Set<String>) -> Bool {
    columns.isSuperset(of: ["date", "slug", "usage", "requests", "prompt_tokens"])
  }
}
