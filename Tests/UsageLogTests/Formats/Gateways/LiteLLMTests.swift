import Testing

@testable import UsageLog

/// LiteLLM's spend logs and logged payloads.
struct LiteLLMTests {
  /// The format reference's row.
  private static let golden =
    #"{"request_id":"chatcmpl-4b7e0f52-91aa-4c1d-8f60-2f4d7a1b9c33","call_type":"acompletion","api_key":"88dc28d0f030c55ed4ab77ed8faf098196cb1c05","spend":0.010802,"total_tokens":19285,"prompt_tokens":18652,"completion_tokens":633,"startTime":"2026-10-03 12:05:22.417000","endTime":"2026-10-03 12:05:26.597000","model":"claude-sonnet-5","model_group":"sonnet","custom_llm_provider":"anthropic","user":"default_user_id","metadata":"{\"user_api_key_team_alias\":\"payments\",\"usage_object\":{\"prompt_tokens\":18652,\"completion_tokens\":633,\"cache_read_input_tokens\":18240,\"cache_creation_input_tokens\":0,\"prompt_tokens_details\":{\"cached_tokens\":18240}}}","cache_hit":"None","request_tags":"[\"summarise\"]","end_user":"acme","team_id":"t-41","status":"success"}"#

  /// A row with these members beside what every row has.
  private func row(_ members: String) -> String {
    #"{"call_type":"acompletion","startTime":"2026-10-03T12:05:22.417Z","endTime":"2026-10-03T12:05:26.597Z","model":"claude-sonnet-5","#
      + (members.contains("\"spend\"") ? "" : #""spend":0.01,"#) + members + "}"
  }

  private func usage(_ prompt: Int, _ members: String) -> String {
    #""prompt_tokens":\#(prompt),"completion_tokens":633,"metadata":{"usage_object":{\#(members)}}"#
  }

  @Test func `a spend log's row is read as the reference tells`() throws {
    let (format, call) = try onlyCall(Self.golden)
    #expect(format == "litellm")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.messageID] == "chatcmpl-4b7e0f52-91aa-4c1d-8f60-2f4d7a1b9c33")
    #expect(call[.requestID] == nil)
    #expect(call[.tenantID] == "acme")
    #expect(call[.feature] == "summarise")
    #expect(call[.model] == "claude-sonnet-5")
    #expect(call[.channel] == "anthropic")
    #expect(call[.apiKey] == "88dc28d0f030c55ed4ab77ed8faf098196cb1c05")
    #expect(call[.userID] == "default_user_id")
    #expect(call[.costNanos] == "10802000")
    #expect(call[.latencyMs] == "4180")
    #expect(call[.statusCode] == "200")
    #expect(call[.outcome] == "succeeded")
    #expect(call.occurredAt == 1_791_029_122_417)
    #expect(call.timeIsNaive)
    #expect(try notes(of: Self.golden).isEmpty)
  }

  @Test(arguments: [
    // More cached tokens than prompt tokens: they cannot be inside.
    (412, #""cache_read_input_tokens":18240"#, "412/0/18240/633", false),
    (
      412, #""cache_read_input_tokens":300,"cache_creation_input_tokens":200"#, "412/200/300/633",
      false
    ),
    // The details tell of cached tokens, and all of them fit: inside.
    (18652, #""prompt_tokens_details":{"cached_tokens":18240}"#, "412/0/18240/633", false),
    (
      1000,
      #""cache_read_input_tokens":300,"cache_creation_input_tokens":200,"prompt_tokens_details":{"cached_tokens":300}"#,
      "500/200/300/633", false
    ),
    (
      1000, #""cache_creation_input_tokens":200,"prompt_tokens_details":{"cached_tokens":0}"#,
      "800/200/0/633", false
    ),
    // Neither: kept, and said.
    (1000, #""cache_read_input_tokens":300"#, "1000/0/300/633", true),
    (
      1000, #""cache_read_input_tokens":300,"prompt_tokens_details":{"cached_tokens":null}"#,
      "1000/0/300/633", true
    ),
    (1000, #""prompt_tokens_details":null"#, "1000/0/0/633", false),
    (1000, #""cache_read_input_tokens":0,"cache_creation_input_tokens":0"#, "1000/0/0/633", false),
  ])
  func `cached tokens are taken out of the prompt where they are inside`(
    prompt: Int, members: String, usage: String, isGuess: Bool
  ) throws {
    let text = row(self.usage(prompt, members))
    #expect(try onlyCall(text).call.usage == usage)
    #expect(
      try notes(of: text)
        == (isGuess
          ? ["LiteLLM rows that do not say whether prompt_tokens counts cached ones: kept"] : []))
  }

  @Test func `a response's own usage needs no rule`() throws {
    let call = try onlyCall(
      row(
        #""request_id":"msg_01A","prompt_tokens":12409,"completion_tokens":905,"metadata":{},"response":"{\"id\":\"msg_01A\",\"usage\":{\"input_tokens\":121,\"cache_creation_input_tokens\":2048,\"cache_read_input_tokens\":10240,\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":2048},\"output_tokens\":905,\"service_tier\":\"priority\",\"server_tool_use\":{\"web_search_requests\":2}}}""#
      )
    ).call
    #expect(call.usage == "121/2048/10240/905")
    #expect(call[.cacheCreate1hTokens] == "2048")
    #expect(call[.messageID] == "msg_01A")
    #expect(call[.serviceTier] == "priority")
    #expect(call[.webSearchRequests] == "2")
  }

  @Test(arguments: [#""True""#, #""true""#, "true"])
  func `a hit in LiteLLM's own cache is a call without tokens or cost`(hit: String) throws {
    let text = row(
      #""request_id":"chatcmpl-7","response":{"id":"chatcmpl-7"},"cache_hit":\#(hit),"spend":0.0,"#
        + usage(18652, #""cache_read_input_tokens":18240"#))
    let call = try onlyCall(text).call
    #expect(call.usage == "0/0/0/0")
    #expect(call[.costNanos] == "0")
    #expect(call[.outcome] == "succeeded")
    // The response is another call's.
    #expect(call[.messageID] == nil)
    #expect(call[.requestID] == "chatcmpl-7")
    #expect(try notes(of: text).contains("answered by LiteLLM's own cache: calls without tokens"))
  }

  @Test(arguments: [#""None""#, #""False""#, "null", "false"])
  func `what is no hit keeps its tokens`(hit: String) throws {
    let call = try onlyCall(row(#""cache_hit":\#(hit),"# + usage(88, ""))).call
    #expect(call.usage == "88/0/0/633")
  }

  @Test(
    arguments: [
      (#""error_information":{"error_code":"429","error_class":"RateLimitError"}"#, "429"),
      (#""error_information":{"error_code":529}"#, "529"),
      (#""error_information":{"error_code":""}"#, nil), (#""error_information":null"#, nil),
    ] as [(String, String?)])
  func `a failure is a call that failed`(error: String, status: String?) throws {
    let members =
      #""request_id":"u-1","status":"failure","spend":0,"prompt_tokens":0,"completion_tokens":0"#
    for text in [row(members + #","metadata":{\#(error)}"#), row(members + "," + error)] {
      let call = try onlyCall(text).call
      #expect(call[.outcome] == "errored")
      #expect(call[.statusCode] == status)
      #expect(call.usage == "0/0/0/0")
    }
  }

  @Test(arguments: [
    (#""end_user":"a","team_id":"t""#, "a"), (#""end_user":"","team_id":"t""#, "t"),
    (#""end_user":"","team_id":"t","metadata":{"user_api_key_team_alias":"pay"}"#, "pay"),
    (#""end_user":null,"team_id":null,"user":"u""#, "u"),
    (#""metadata":{"user_api_key_user_id":"m"}"#, "m"),
  ])
  func `the tenant is the end user, else the team, else the user`(members: String, tenant: String)
    throws
  {
    #expect(try onlyCall(row(#""prompt_tokens":1,"# + members)).call[.tenantID] == tenant)
  }

  @Test(arguments: [
    (#""request_tags":["User-Agent: x","sort"],"agent_id":"g""#, "sort"),
    (#""request_tags":"[]","metadata":"{\"user_api_key_alias\":\"desk\"}","agent_id":"g""#, "desk"),
    (#""agent_id":"g""#, "g"),
  ])
  func `the feature is the first tag, else the key's alias, else the agent`(
    members: String, feature: String
  ) throws {
    #expect(try onlyCall(row(#""prompt_tokens":1,"# + members)).call[.feature] == feature)
  }

  @Test func `names of spend_logs_metadata are taken, a key in the clear is not`() throws {
    let call = try onlyCall(
      row(
        #""prompt_tokens":1,"api_key":"sk-1234","metadata":{"spend_logs_metadata":{"git_sha":"9f1c2ab","input_tokens":7}}"#
      )
    ).call
    #expect(call[.deploySHA] == "9f1c2ab")
    #expect(call[.apiKey] == nil)
    #expect(call.usage == "1/0/0/0")
  }

  @Test(arguments: ["1791029122.417,1791029126.597", #""1791029122.417","1791029126.597""#])
  func `a logged payload has epochs in seconds`(times: String) throws {
    let parts = times.split(separator: ",")
    let call = try onlyCall(
      #"{"id":"chatcmpl-9","trace_id":"tr-1","call_type":"acompletion","response_cost":1.0802e-2,"startTime":\#(parts[0]),"endTime":\#(parts[1]),"completionStartTime":"1791029123.237","model":"anthropic/claude-sonnet-5","prompt_tokens":18652,"completion_tokens":633,"status":"success","metadata":{"user_api_key_hash":"88dc","usage_object":{"prompt_tokens_details":{"cached_tokens":18240}}},"model_parameters":{"max_tokens":2048},"cache_hit":null}"#
    ).call
    #expect(call.occurredAt == 1_791_029_122_417)
    #expect(!call.timeIsNaive)
    #expect(call[.latencyMs] == "4180")
    #expect(call[.ttftMs] == "820")
    #expect(call[.costNanos] == "10802000")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.operationID] == "tr-1")
    #expect(call[.apiKey] == "88dc")
    #expect(call[.maxTokens] == "2048")
  }

  @Test func `the duration is the row's, else between its times, else response_time`() throws {
    let counts = #""prompt_tokens":1,"#
    #expect(try onlyCall(row(counts + #""request_duration_ms":77"#)).call[.latencyMs] == "77")
    let open = row(counts + #""response_time":1.25"#).replacing("endTime", with: "ended")
    #expect(try onlyCall(open).call[.latencyMs] == "1250")
  }

  @Test(
    arguments: [
      (
        #""messages":"[{\"role\": \"user\", \"content\": \"Write tonight's digest of open tickets.\"}]""#,
        "#80c98f8523fd1c61"
      ),
      (
        #""proxy_server_request":"{\"messages\":[{\"role\":\"user\",\"content\":\"Write tonight's digest of open tickets.\"}]}","messages":"{}""#,
        "#80c98f8523fd1c61"
      ),
      (
        #""messages":[{"role":"user","content":"redacted-by-litellm"}],"cache_key":"c0ffee""#,
        "c0ffee"
      ),
      (#""messages":{},"cache_key":"Cache OFF""#, nil),
    ] as [(String, String?)])
  func `a prompt that is stored is hashed, else the cache's key names it`(
    members: String, hash: String?
  ) throws {
    #expect(try onlyCall(row(#""prompt_tokens":1,"# + members)).call[.promptHash] == hash)
  }

  @Test func `bad counts and times are rejects`() throws {
    #expect(
      try readLog(row(#""prompt_tokens":-1"#)).map(\.reason) == [.negativeCount(.inputTokens)])
    #expect(
      try readLog(row(#""prompt_tokens":1"#).replacing("2026-10-03T12", with: "soon")).map(\.reason)
        == [.unreadableTime])
    #expect(
      try readLog(#"{"call_type":"x","spend":0,"prompt_tokens":1}"#).map(\.reason)
        == [.missingTime])
  }

  @Test func `a page of the proxy's own interface is its rows`() throws {
    let page = #"{"data":[\#(Self.golden),\#(Self.golden)],"total":2,"page":1}"#
    #expect(try readLog(page).map { $0.calls.count } == [1, 1])
    #expect(try readLog("[\(Self.golden),\n\(Self.golden)]").map { $0.calls.count } == [1, 1])
  }

  // MARK: - Daily tables

  private let daily =
    #"{"id":"x","user_id":"u-1","date":"2026-10-03","api_key":"88dc","model":"claude-sonnet-5","custom_llm_provider":"anthropic","mcp_namespaced_tool_name":"","prompt_tokens":1214,"completion_tokens":2255,"cache_read_input_tokens":32640,"cache_creation_input_tokens":20,"spend":1.23456e-1,"api_requests":7,"successful_requests":6,"failed_requests":1}"#

  @Test func `a daily row is a bucket`() throws {
    let bucket = try #require(try readLog(daily).flatMap(\.buckets).first)
    #expect(bucket.report == .liteLLMDaily)
    #expect(bucket.startingAt == 1_790_985_600_000)
    #expect(bucket.endingAt == 1_791_072_000_000)
    #expect(bucket.dimensions[.model] == "claude-sonnet-5")
    #expect(bucket.dimensions[.apiKeyID] == "88dc")
    #expect(bucket.dimensions[UsageBucket.Dimension(rawValue: "user_id")] == "u-1")
    #expect(bucket.groupedBy.count == 5)
    #expect(bucket.usage.input == 1214)
    #expect(bucket.usage.cacheRead == 32640)
    #expect(bucket.usage.cacheCreate == 20)
    #expect(bucket.usage.output == 2255)
    #expect(bucket.requests == 7)
    #expect(bucket.amount == "12.3456")
    #expect(bucket.amountNanos == 123_456_000)
    #expect(bucket.currency == "USD")
    #expect(try notes(of: daily).isEmpty)
    #expect(try notes(of: daily.replacing("32640", with: "640")).count == 1)
  }

  @Test func `a daily row that cannot be read is a reject`() throws {
    #expect(
      try readLog(daily.replacing("2026-10-03", with: "soon")).map(\.reason)
        == [.missingBucketBounds])
    #expect(
      try readLog(daily.replacing("1.23456e-1", with: "\"much\"")).map(\.reason)
        == [.unreadableAmount])
  }
}
