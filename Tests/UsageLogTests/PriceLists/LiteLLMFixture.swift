@testable import UsageLog

/// LiteLLM's list in small, with the real one's quirks; figures as of 24 July 2026.
enum LiteLLMFixture {
  static let text = #"""
    {
      "sample_spec": {"mode": "one of: chat, embedding", "input_cost_per_token": 0.0},
      "1024-x-1024/dall-e-2": {"litellm_provider": "openai", "mode": "image_generation"},
      "claude-opus-4-8": {
        "cache_creation_input_token_cost": 6.25e-06,
        "cache_creation_input_token_cost_above_1hr": 1e-05,
        "cache_read_input_token_cost": 5e-07,
        "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
        "litellm_provider": "anthropic", "mode": "chat",
        "provider_specific_entry": {"us": 1.1, "fast": 2.0},
        "search_context_cost_per_query": {
          "search_context_size_low": 0.01, "search_context_size_high": 0.01}
      },
      "claude-sonnet-4-5-20250929": {
        "cache_creation_input_token_cost": 3.75e-06,
        "cache_creation_input_token_cost_above_1hr": 6e-06,
        "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 1.2e-05,
        "cache_read_input_token_cost": 3e-07,
        "cache_read_input_token_cost_above_200k_tokens": 6e-07,
        "input_cost_per_token": 3e-06, "input_cost_per_token_above_200k_tokens": 6e-06,
        "output_cost_per_token": 1.5e-05, "output_cost_per_token_above_200k_tokens": 2.25e-05,
        "litellm_provider": "anthropic", "mode": "chat"
      },
      "claude-3-opus-20240229": {
        "cache_creation_input_token_cost": 1.875e-05,
        "cache_creation_input_token_cost_above_1hr": 6e-06,
        "cache_read_input_token_cost": 1.5e-06,
        "input_cost_per_token": 1.5e-05, "output_cost_per_token": 7.5e-05,
        "litellm_provider": "anthropic", "mode": "chat", "deprecation_date": "2026-05-01"
      },
      "anthropic.claude-opus-4-8": {
        "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
        "litellm_provider": "bedrock_converse", "mode": "chat"},
      "us.anthropic.claude-opus-4-8": {
        "input_cost_per_token": 5.5e-06, "output_cost_per_token": 2.75e-05,
        "litellm_provider": "bedrock_converse", "mode": "chat",
        "search_context_cost_per_query": {"search_context_size_medium": 0.01}},
      "eu.anthropic.claude-opus-4-8": {
        "cache_read_input_token_cost": 5.5e-07,
        "input_cost_per_token": 5.5e-06, "output_cost_per_token": 2.75e-05,
        "litellm_provider": "bedrock_converse", "mode": "chat"},
      "global.anthropic.claude-opus-4-8": {
        "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
        "litellm_provider": "bedrock_converse", "mode": "chat"},
      "us.anthropic.claude-haiku-4-5-20251001-v1:0": {
        "input_cost_per_token": 1.1e-06, "output_cost_per_token": 5.5e-06,
        "litellm_provider": "bedrock_converse", "mode": "chat"},
      "apac.anthropic.claude-haiku-4-5-20251001-v1:0": {
        "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
        "litellm_provider": "bedrock_converse", "mode": "chat"},
      "bedrock/us-gov-east-1/anthropic.claude-haiku-4-5-20251001-v1:0": {
        "input_cost_per_token": 1.2e-06, "output_cost_per_token": 6e-06,
        "litellm_provider": "bedrock", "mode": "chat"},
      "bedrock/eu-central-1/anthropic.claude-v1": {
        "input_cost_per_token": 8e-06, "output_cost_per_token": 2.4e-05,
        "litellm_provider": "bedrock", "mode": "chat"},
      "bedrock/us-west-2/1-month-commitment/anthropic.claude-v1": {
        "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
        "litellm_provider": "bedrock", "mode": "chat"},
      "vertex_ai/claude-sonnet-4-5@20250929": {
        "input_cost_per_token": 3e-06, "input_cost_per_token_batches": 1.5e-06,
        "output_cost_per_token": 1.5e-05, "output_cost_per_token_batches": 7.5e-06,
        "litellm_provider": "vertex_ai-anthropic_models", "mode": "chat"},
      "vertex_ai/claude-haiku-4-5": {
        "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
        "litellm_provider": "vertex_ai-anthropic_models", "mode": "chat"},
      "vertex_ai/claude-3-5-haiku@20241022": {
        "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
        "litellm_provider": "vertex_ai-anthropic_models", "mode": "chat"},
      "azure_ai/claude-opus-4-8": {
        "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
        "litellm_provider": "azure_ai", "mode": "chat"},
      "openrouter/anthropic/claude-opus-4.8": {
        "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05,
        "litellm_provider": "openrouter", "mode": "chat"},
      "gpt-5-nano": {
        "cache_read_input_token_cost": 5e-09, "input_cost_per_token": 5e-08,
        "input_cost_per_token_priority": 2.5e-06, "output_cost_per_token": 4e-07,
        "litellm_provider": "openai", "mode": "chat"},
      "gemini/gemini-2.5-flash": {
        "input_cost_per_token": 3e-07, "input_cost_per_audio_token": 1e-06,
        "output_cost_per_token": 2.5e-06, "output_cost_per_reasoning_token": 2.5e-06,
        "cache_read_input_token_cost": 3e-08, "litellm_provider": "gemini", "mode": "chat"},
      "gemini/gemini-3-pro": {
        "input_cost_per_token": 2e-06, "input_cost_per_token_above_200k_tokens": 4e-06,
        "output_cost_per_token": 1.2e-05, "output_cost_per_token_above_200k_tokens": 1.8e-05,
        "cache_creation_input_token_cost_above_200k_tokens": 2.5e-07,
        "litellm_provider": "gemini", "mode": "chat"},
      "databricks/databricks-claude-3-7-sonnet": {
        "input_cost_per_token": 2.9999900000000002e-06,
        "output_cost_per_token": 3.7000000000000005e-05,
        "litellm_provider": "databricks", "mode": "chat"},
      "wandb/openai/gpt-oss-20b": {
        "input_cost_per_token": 0.005, "output_cost_per_token": 0.02,
        "litellm_provider": "wandb", "mode": "chat"},
      "sonar": {
        "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06,
        "input_cost_per_request": 0.005, "litellm_provider": "perplexity", "mode": "chat"},
      "dashscope/qwen-plus": {
        "tiered_pricing": [{"input_cost_per_token": 4e-07}],
        "litellm_provider": "dashscope", "mode": "chat"},
      "text-embedding-3-small": {
        "input_cost_per_token": 2e-08, "litellm_provider": "openai", "mode": "embedding"},
      "github_copilot/gpt-5": {
        "input_cost_per_token": 0.0, "output_cost_per_token": 0.0,
        "litellm_provider": "github_copilot", "mode": "chat"},
      "odd-text": {
        "input_cost_per_token": "3e-06", "output_cost_per_token": 1e-06,
        "litellm_provider": "openai", "mode": "chat"}
    }
    """#

  static func read(_ text: String = text, day: String = "2026-07-24") throws -> PriceFile {
    try PriceFile.read(
      Array(text.utf8), name: "prices.json", observed: instant(day), catalogue: .shipped())
  }
}

extension PriceFile {
  func row(_ provider: String, _ canonical: String) -> PriceRow? {
    rows.first { PricedModel($0) == PricedModel(provider: provider, canonical: canonical) }
  }

  func reason(_ name: String) -> String? { passedOver.first { $0.name == name }?.reason }
}
