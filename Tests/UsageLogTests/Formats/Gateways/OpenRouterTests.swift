import Testing

@testable import UsageLog

/// OpenRouter's calls and sums.
struct OpenRouterTests {
  private let header =
    "generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,time_to_first_token_ms,api_key_disabled,api_key_name,app_name\n"
  private let golden =
    "gen-1791029122-Xk4TnQ7wLzRb9Ms,2026-10-03 12:05:22.417,0.010802,0,-0.032832,0,0,18652,633,0,18240,anthropic/claude-sonnet-5,Anthropic,standard,false,true,,end_turn,stop,3360,820,false,prod-summariser,support-bot\n"

  @Test func `a row of the activity export is read as the reference tells`() throws {
    let (format, call) = try onlyCall(header + golden)
    #expect(format == "openrouter-csv")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.requestID] == "gen-1791029122-Xk4TnQ7wLzRb9Ms")
    #expect(call[.tenantID] == "prod-summariser")
    #expect(call[.apiKey] == "prod-summariser")
    #expect(call[.feature] == "support-bot")
    #expect(call[.model] == "anthropic/claude-sonnet-5")
    #expect(call[.channel] == "openrouter")
    #expect(call[.costNanos] == "10802000")
    #expect(call[.latencyMs] == "3360")
    #expect(call[.ttftMs] == "820")
    #expect(call[.stopReason] == "end_turn")
    #expect(call[.outcome] == "succeeded")
    #expect(call.occurredAt == 1_791_029_122_417)
    #expect(call.timeIsNaive)
    #expect(try notes(of: header + golden).isEmpty)
  }

  @Test func `a cancelled row is a call that was cancelled`() throws {
    let row = golden.replacing(
      "standard,false,true,,end_turn,stop", with: "standard,true,true,acme,,")
    let call = try onlyCall(header + row).call
    #expect(call[.outcome] == "canceled")
    #expect(call[.tenantID] == "acme")
    #expect(call.usage == "412/0/18240/633")
  }

  @Test func `the bill of one's own key is told to be missing`() throws {
    let row = golden.replacing("-0.032832,0,0,", with: "-0.032832,0,0.0043,")
    #expect(
      try notes(of: header + row)
        == ["OpenRouter calls on the user's own key: their cost lacks the provider's bill"])
  }

  private let generation =
    #"{"data":{"id":"gen-1791029130-abc","total_cost":0.010802,"created_at":"2026-10-03T12:05:22.417+00:00","model":"anthropic/claude-sonnet-5","app_id":41,"cancelled":false,"latency":820,"generation_time":3360,"tokens_prompt":18000,"tokens_completion":600,"native_tokens_prompt":18652,"native_tokens_completion":633,"native_tokens_cached":18240,"finish_reason":"stop","native_finish_reason":"end_turn","is_byok":false}}"#

  @Test func `an answer of the API is told by the provider's own counts`() throws {
    for text in [generation, String(generation.dropFirst(8).dropLast())] {
      let (format, call) = try onlyCall(text)
      #expect(format == "openrouter")
      #expect(call.usage == "412/0/18240/633")
      #expect(call[.requestID] == "gen-1791029130-abc")
      #expect(call[.latencyMs] == "3360")
      #expect(call[.costNanos] == "10802000")
      #expect(call[.stopReason] == "end_turn")
    }
    let total = generation.replacing(#""latency":820"#, with: #""latency":4200"#)
    #expect(try onlyCall(total).call[.latencyMs] == "4200")
  }

  @Test func `without the provider's counts the normalised ones are taken`() throws {
    let text = generation.replacing("18652", with: "null").replacing(
      "\"native_tokens_completion\":633", with: "\"native_tokens_completion\":null"
    )
    .replacing("18240", with: "null")
    #expect(try onlyCall(text).call.usage == "18000/0/0/600")
  }

  @Test func `the sums by day are buckets`() throws {
    let text = """
      Date,Slug,Usage,BYOK Usage,Requests,Prompt Tokens,Completion Tokens,Reasoning Tokens
      2026-10-03,anthropic/claude-sonnet-5,0.04182,0,12,61240,3120,0
      2026-10-04,anthropic/claude-sonnet-5,2,0,7,44010,2204,0

      """
    let reader = try LogReader(MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(reader.formatName == "openrouter-activity-csv")
    let buckets = try reader.readAll().flatMap(\.buckets)
    #expect(buckets.map(\.usage.input) == [61240, 44010])
    #expect(buckets.map(\.usage.output) == [3120, 2204])
    #expect(buckets.map(\.amount) == ["4.182", "200"])
    #expect(buckets.map(\.requests) == [12, 7])
    #expect(buckets.map(\.startingAt) == [1_790_985_600_000, 1_791_072_000_000])
    #expect(buckets.map(\.groupedBy) == [[.model], [.model]])
    #expect(buckets.first?.dimensions == [.model: "anthropic/claude-sonnet-5"])
    #expect(buckets.allSatisfy { $0.report == .openRouterActivity })
  }

  @Test func `the API's activity is the same`() throws {
    let text =
      #"{"data":[{"date":"2026-10-03","model":"openai/gpt-5.4","model_permaslug":"openai/gpt-5.4","endpoint_id":"e-1","provider_name":"OpenAI","usage":0.015,"byok_usage_inference":0.012,"requests":5,"prompt_tokens":50,"completion_tokens":125,"reasoning_tokens":25}]}"#
    let bucket = try #require(try readLog(text).flatMap(\.buckets).first)
    #expect(bucket.amountNanos == 15_000_000)
    #expect(bucket.usage.output == 125)
    #expect(try notes(of: text).count == 2)
  }
}
