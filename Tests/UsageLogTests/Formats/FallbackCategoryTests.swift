import Testing

@testable import UsageLog

/// A declined attempt is judged by its own category, wherever the response tells it.
@Suite struct FallbackCategoryTests {
  @Test(arguments: [0, 1])
  func `an attempt declined before output keeps its own category`(_ output: Int) throws {
    let attempt = try declinedAttempt(
      #""output_tokens": \#(output), "stop_details": {"category": "bio"}"#)
    #expect(attempt[.outcome] == "refused")
    #expect(attempt[.stopCategory] == "bio")
  }

  @Test func `an attempt that had said something was declined in mid-stream`() throws {
    #expect(try declinedAttempt(#""output_tokens": 40"#)[.outcome] == "refused_mid_stream")
  }

  private func declinedAttempt(_ members: String) throws -> ToldCall {
    let response = try record(
      """
      {"id": "msg_1", "type": "message", "model": "claude-opus-4-8", "stop_reason": "end_turn",
       "usage": {"input_tokens": 412, "output_tokens": 264, "iterations": [
         {"type": "message", "model": "claude-fable-5", "input_tokens": 412, \(members)},
         {"type": "fallback_message", "model": "claude-opus-4-8", "input_tokens": 412,
          "output_tokens": 264}]}}
      """)
    #expect(response.calls.count == 2)
    return try #require(response.calls.last)
  }
}
