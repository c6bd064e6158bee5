import Testing

@testable import UsageLog

/// Answers in the style of OpenAI and of SDKs, alone and inside an application's rows.
struct OpenAIUsageTests {
  private static let chat =
    #"{"id":"chatcmpl-Bx7QvTzWm3pXn5RbYc8HsF","object":"chat.completion","created":1791029122,"model":"gpt-5.6","choices":[{"index":0,"finish_reason":"stop"}],"usage":{"prompt_tokens":2310,"completion_tokens":410,"total_tokens":2720,"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":256}}}"#
  private static let response =
    #"{"id":"resp_0a91c4f7","object":"response","created_at":1791029130,"model":"gpt-5.6","usage":{"input_tokens":2310,"input_tokens_details":{"cached_tokens":1920},"output_tokens":410,"output_tokens_details":{"reasoning_tokens":256},"total_tokens":2720}}"#

  @Test(
    arguments: [
      (chat, "chatcmpl-Bx7QvTzWm3pXn5RbYc8HsF", 1_791_029_122_000),
      (response, "resp_0a91c4f7", 1_791_029_130_000),
    ] as [(String, String, Int64)])
  func `the reference's answers are read`(text: String, id: String, time: Int64) throws {
    let (format, call) = try onlyCall(text)
    #expect(format == "openai-usage")
    #expect(call.usage == "390/0/1920/410")
    #expect(call[.messageID] == id)
    #expect(call[.model] == "gpt-5.6")
    #expect(call[.statusCode] == "200")
    #expect(call[.outcome] == "succeeded")
    #expect(call.occurredAt == time)
    #expect(!call.timeIsApproximate)
  }

  @Test(arguments: [chat, response])
  func `inside an application's row the row's own time and names count`(answer: String) throws {
    for row in [
      #"{"ts":"2026-10-03T12:05:21.417Z","tenant":"acme","duration_ms":900,"response":\#(answer)}"#,
      #"{"response":{"status_code":200,"body":\#(answer)},"tenant":"acme","duration_ms":900,"ts":"2026-10-03T12:05:21.417Z"}"#,
    ] {
      let (format, call) = try onlyCall(row)
      #expect(format == "application-json")
      #expect(call.usage == "390/0/1920/410")
      #expect(call[.tenantID] == "acme")
      #expect(call[.latencyMs] == "900")
      #expect(call[.messageID]?.hasSuffix(answer == Self.chat ? "HsF" : "c4f7") == true)
      #expect(call.occurredAt == 1_791_029_121_417)
    }
    let untimed = try onlyCall(#"{"tenant":"acme","response":\#(answer)}"#).call
    #expect(untimed.occurredAt / 100_000 == 17_910_291)
    let beside = try onlyCall(#"{"ts":"2026-10-03T12:05:21.417Z","# + answer.dropFirst())
    #expect(beside.format == "application-json")
    #expect(beside.call.occurredAt == 1_791_029_121_417)
    #expect(beside.call.usage == "390/0/1920/410")
  }

  @Test(arguments: [
    // LangChain: the input is the sum of all kinds.
    (
      #""usage_metadata":{"input_tokens":18652,"output_tokens":633,"total_tokens":19285,"input_token_details":{"cache_read":18240,"cache_creation":0}}"#,
      "412/0/18240/633"
    ),
    (
      #""usage_metadata":{"input_token_details":{"cache_creation":5300},"input_tokens":5396,"output_tokens":41}"#,
      "96/5300/0/41"
    ),
    // The Vercel AI SDK, version 6, 5, and as its providers tell it.
    (
      #""usage":{"inputTokens":18652,"inputTokenDetails":{"noCacheTokens":400,"cacheReadTokens":18240,"cacheWriteTokens":12},"outputTokens":633,"outputTokenDetails":{"textTokens":600,"reasoningTokens":33},"totalTokens":19285,"cachedInputTokens":18240}"#,
      "400/12/18240/633"
    ),
    (
      #""usage":{"inputTokens":18652,"inputTokenDetails":{"cacheReadTokens":18240},"outputTokens":633,"totalTokens":19285}"#,
      "412/0/18240/633"
    ),
    (
      #""usage":{"inputTokens":18652,"outputTokens":633,"totalTokens":19285,"cachedInputTokens":18240}"#,
      "412/0/18240/633"
    ),
    (
      #""usage":{"inputTokens":{"total":18652,"noCache":412,"cacheRead":18240,"cacheWrite":0},"outputTokens":{"total":633,"text":600,"reasoning":33}}"#,
      "412/0/18240/633"
    ),
    (
      #""usage":{"inputTokens":{"total":18652,"cacheRead":18240},"outputTokens":{"total":633}}"#,
      "412/0/18240/633"
    ),
    (
      #""usage":{"inputTokens":9,"outputTokens":9,"raw":{"input_tokens":412,"cache_read_input_tokens":18240,"cache_creation_input_tokens":7,"output_tokens":633}}"#,
      "412/7/18240/633"
    ),
    (
      #""usage":{"inputTokens":9,"outputTokens":9,"raw":{"prompt_tokens":2310,"completion_tokens":410,"prompt_tokens_details":{"cached_tokens":1920}}}"#,
      "390/0/1920/410"
    ),
    // Bedrock Converse: the input is without the cached tokens.
    (
      #""usage":{"inputTokens":412,"outputTokens":633,"totalTokens":19285,"cacheReadInputTokens":18240,"cacheWriteInputTokens":0}"#,
      "412/0/18240/633"
    ),
    // Gemini: the prompt counts cached tokens, the candidates do not count thoughts.
    (
      #""usageMetadata":{"promptTokenCount":2310,"candidatesTokenCount":154,"cachedContentTokenCount":1920,"thoughtsTokenCount":256,"totalTokenCount":2720}"#,
      "390/0/1920/410"
    ),
    (
      #""usageMetadata":{"promptTokenCount":100,"toolUsePromptTokenCount":20,"candidatesTokenCount":10}"#,
      "120/0/0/10"
    ),
    // OpenAI's, with one number under both names, and with writes.
    (
      #""usage":{"input_tokens":2310,"prompt_tokens":2310,"output_tokens":410,"input_tokens_details":{"cached_tokens":1920}}"#,
      "390/0/1920/410"
    ),
    (
      #""usage":{"prompt_tokens":2310,"completion_tokens":410,"prompt_tokens_details":{"cached_tokens":1920,"cache_write_tokens":300}}"#,
      "90/300/1920/410"
    ),
    (
      #""usage":{"prompt_tokens":2310,"completion_tokens":410,"prompt_cache_hit_tokens":1920,"prompt_cache_miss_tokens":390}"#,
      "390/0/1920/410"
    ),
    (#""usage":{"prompt_tokens":2310,"total_tokens":2310}"#, "2310/0/0/0"),
  ])
  func `an application's row is read by the rules of the SDK whose counts it holds`(
    members: String, usage: String
  ) throws {
    for text in [
      #"{"ts":"2026-10-03T12:05:22Z","model":"m","tenant":"acme",\#(members)}"#,
      #"{"ts":"2026-10-03T12:05:22Z","model":"m","tenant":"acme","response":{\#(members)}}"#,
    ] {
      let (format, call) = try onlyCall(text)
      #expect(format == "application-json")
      #expect(call.usage == usage)
      #expect(call[.tenantID] == "acme")
    }
  }

  @Test func `a Converse response tells its request, status and duration`() throws {
    let converse =
      #"{"ResponseMetadata":{"RequestId":"7d2c1f0e-5a44","HTTPStatusCode":200,"RetryAttempts":0},"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn","usage":{"inputTokens":37,"outputTokens":412,"totalTokens":449},"metrics":{"latencyMs":4180}}"#
    let bare = try onlyCall(converse)
    #expect(bare.format == "openai-usage")
    #expect(bare.call.timeIsApproximate)
    let wrapped = try onlyCall(
      #"{"timestamp":"2026-10-03T12:05:22Z","model":"us.anthropic.claude-sonnet-5","response":\#(converse)}"#
    )
    for call in [bare.call, wrapped.call] {
      #expect(call.usage == "37/0/0/412")
      #expect(call[.requestID] == "7d2c1f0e-5a44")
      #expect(call[.statusCode] == "200")
      #expect(call[.latencyMs] == "4180")
      #expect(call[.stopReason] == "end_turn")
      #expect(call[.channel] == "bedrock")
    }
  }

  @Test func `a LangChain message is known by the response's id`() throws {
    let (format, call) = try onlyCall(
      #"{"content":"…","type":"ai","id":"run--1","response_metadata":{"id":"msg_01A","model":"claude-sonnet-5","stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":9}},"usage_metadata":{"input_tokens":18652,"output_tokens":633,"input_token_details":{"cache_read":18240}}}"#
    )
    #expect(format == "openai-usage")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.messageID] == "msg_01A")
    #expect(call[.model] == "claude-sonnet-5")
    #expect(call.timeIsApproximate)
  }

  @Test func `Gemini's and the Vercel AI SDK's results stand for themselves`() throws {
    let gemini = try onlyCall(
      #"{"candidates":[{"content":{}}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":6},"modelVersion":"gemini-3.8-flash","responseId":"r-1","createTime":"2026-10-03T12:05:22.417Z"}"#
    )
    #expect(gemini.format == "openai-usage")
    #expect(gemini.call.usage == "5/0/0/6")
    #expect(gemini.call[.model] == "gemini-3.8-flash")
    #expect(gemini.call[.requestID] == "r-1")
    #expect(gemini.call.occurredAt == 1_791_029_122_417)
    let vercel = try onlyCall(
      #"{"text":"…","finishReason":"stop","usage":{"inputTokens":5,"outputTokens":6,"totalTokens":11},"response":{"id":"msg_01V","modelId":"claude-sonnet-5","timestamp":"2026-10-03T12:05:22.417Z"}}"#
    )
    #expect(vercel.format == "openai-usage")
    #expect(vercel.call.usage == "5/0/0/6")
    #expect(vercel.call[.messageID] == "msg_01V")
    #expect(vercel.call.occurredAt == 1_791_029_122_417)
  }

  @Test func `batch output is of the batch tier`() throws {
    let text =
      #"{"id":"batch_req_1","custom_id":"t-17","response":{"status_code":200,"request_id":"x","body":\#(Self.chat)},"error":null}"#
    let records = try readLog(
      text
        + #"{"id":"batch_req_2","custom_id":"t-18","response":null,"error":{"code":"batch_expired"}}"#
    )
    #expect(records.map(\.outcome) == [.call, .skipped("a batch request that was not answered")])
    let call = try #require(records.first?.calls.first)
    #expect(call.usage == "390/0/1920/410")
    #expect(call[.serviceTier] == "batch")
    #expect(call[.requestID] == "batch_req_1")
  }

  @Test func `embeddings, text completions and lists are read`() throws {
    let embedding =
      #"{"object":"list","data":[{"object":"embedding","embedding":[0.1]}],"model":"text-embedding-3","usage":{"prompt_tokens":8,"total_tokens":8}}"#
    #expect(try onlyCall(embedding).call.usage == "8/0/0/0")
    let text =
      #"{"id":"cmpl-1","object":"text_completion","created":1791029122,"model":"m","choices":[],"usage":{"prompt_tokens":42,"completion_tokens":16}}"#
    #expect(try onlyCall(text).call.usage == "42/0/0/16")
    let list = #"{"object":"list","data":[\#(Self.chat),\#(text)],"has_more":false}"#
    #expect(try readLog(list).flatMap(\.calls).map(\.usage) == ["390/0/1920/410", "42/0/0/16"])
  }

  @Test func `OpenRouter's id joins its own records`() throws {
    let call = try onlyCall(
      Self.chat.replacing("chatcmpl-Bx7QvTzWm3pXn5RbYc8HsF", with: "gen-1-abc")
    ).call
    #expect(call[.requestID] == "gen-1-abc")
    #expect(call[.messageID] == nil)
  }

  @Test func `bad counts are rejects`() throws {
    #expect(
      try readLog(Self.chat.replacing("410", with: "-410")).map(\.reason)
        == [.negativeCount(.outputTokens)])
    #expect(
      try readLog(
        #"{"candidates":[],"usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":-1},"modelVersion":"m"}"#
      ).map(\.reason) == [.negativeCount(.outputTokens)])
  }
}
