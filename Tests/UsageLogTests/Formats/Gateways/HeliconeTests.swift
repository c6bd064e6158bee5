import Testing

@testable import UsageLog

/// Helicone's requests.
struct HeliconeTests {
  /// The format reference's row.
  private static let golden =
    #"{"request_id":"0b7e4f52-91aa-4c1d-8f60-2f4d7a1b9c33","request_created_at":"2026-10-03T12:05:22.417Z","request_path":"https://api.anthropic.com/v1/messages","request_user_id":"acme","request_properties":{"feature":"summarise"},"request_model":"claude-sonnet-5","response_id":"c4a1","response_created_at":"2026-10-03T12:05:26.597Z","response_status":200,"response_model":"claude-sonnet-5-20260630","provider":"ANTHROPIC","delay_ms":4180,"time_to_first_token":820,"prompt_tokens":412,"prompt_cache_write_tokens":0,"prompt_cache_read_tokens":18240,"completion_tokens":633,"total_tokens":1045,"costUSD":0.010802}"#

  @Test func `a request is read as the reference tells`() throws {
    let (format, call) = try onlyCall(Self.golden)
    #expect(format == "helicone")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.requestID] == "0b7e4f52-91aa-4c1d-8f60-2f4d7a1b9c33")
    #expect(call[.tenantID] == "acme")
    #expect(call[.feature] == "summarise")
    #expect(call[.model] == "claude-sonnet-5-20260630")
    #expect(call[.channel] == "ANTHROPIC")
    #expect(call[.latencyMs] == "4180")
    #expect(call[.ttftMs] == "820")
    #expect(call[.costNanos] == "10802000")
    #expect(call[.statusCode] == "200")
    #expect(call.occurredAt == 1_791_029_122_417)
    #expect(try notes(of: Self.golden).isEmpty)
  }

  @Test func `counts that may hold cached tokens are kept and told`() throws {
    let text = Self.golden.replacing(#""prompt_tokens":412"#, with: #""prompt_tokens":20000"#)
    #expect(try onlyCall(text).call.usage == "20000/0/18240/633")
    #expect(try notes(of: text).count == 1)
  }

  @Test(
    arguments: [
      ("-1", "errored"), ("-2", nil), ("-3", "canceled"), ("-4", "errored"), ("0", nil),
      ("429", "errored"),
    ] as [(String, String?)])
  func `a status of Helicone's own is none`(status: String, outcome: String?) throws {
    let text = Self.golden.replacing(
      #""response_status":200"#, with: #""response_status":\#(status)"#)
    let call = try onlyCall(text).call
    #expect(call[.statusCode] == (status == "429" ? "429" : nil))
    #expect(call[.outcome] == outcome)
    #expect(try notes(of: text).count == (status == "429" ? 0 : 1))
  }

  @Test func `a response that was logged tells more than the counts`() throws {
    let text =
      Self.golden.dropLast()
      + #","response_body":{"id":"msg_01H","type":"message","model":"claude-sonnet-5","content":[{}],"stop_reason":"end_turn","usage":{"input_tokens":121,"cache_read_input_tokens":10240,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":2048},"output_tokens":905}},"request_body":"{\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":\"Write tonight's digest of open tickets.\"}]}"}"#
    let call = try onlyCall(String(text)).call
    #expect(call.usage == "121/2048/10240/905")
    #expect(call[.cacheCreate1hTokens] == "2048")
    #expect(call[.messageID] == "msg_01H")
    #expect(call[.stopReason] == "end_turn")
    #expect(call[.tenantID] == "acme")
    #expect(call[.maxTokens] == "4096")
    #expect(call[.promptHash] == "#80c98f8523fd1c61")
    #expect(call[.latencyMs] == "4180")
  }

  @Test func `a hit in Helicone's own cache is a call without tokens`() throws {
    let text =
      Self.golden.dropLast() + #","cache_reference_id":"8c1f2a00-91aa-4c1d-8f60-2f4d7a1b9c33"}"#
    #expect(try onlyCall(String(text)).call.usage == "0/0/0/0")
    let none =
      Self.golden.dropLast() + #","cache_reference_id":"00000000-0000-0000-0000-000000000000"}"#
    #expect(try onlyCall(String(none)).call.usage == "412/0/18240/633")
  }

  @Test func `bad rows are rejects`() throws {
    #expect(
      try readLog(Self.golden.replacing("633", with: "-633")).map(\.reason)
        == [.negativeCount(.outputTokens)])
  }
}
