import Testing

@testable import UsageLog

/// Batches of OpenAI's, Google's and Amazon's other models.
struct OtherBatchTests {
  @Test func `a batch object is no call: its usage is its results'`() throws {
    let batch =
      #"{"id":"batch_1","object":"batch","endpoint":"/v1/responses","status":"completed","created_at":1794211200,"request_counts":{"total":2,"completed":2,"failed":0},"usage":{"input_tokens":3533,"output_tokens":9,"total_tokens":3542}}"#
    for text in [batch, #"{"object":"list","data":[\#(batch)],"has_more":false}"#] {
      let records = try readLog(text)
      #expect(records.map(\.skipReason) == ["a batch object, which sums up its results"])
    }
  }

  @Test func `Vertex AI's batch of Claude answers is read at the batch price`() throws {
    let records = try readLog(
      #"{"custom_id":"r-1","request":{"messages":[],"max_tokens":50},"response":{"id":"msg_vrtx_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":7}},"status":""}"#
    )
    #expect(records.usages == ["9/0/0/7"])
    #expect(records.told(.serviceTier) == ["batch"])
    #expect(records.told(.messageID) == ["msg_vrtx_1"])
  }

  @Test func `Gemini's batch lines are calls, with the file's time where they have none`() throws {
    let response =
      #"{"candidates":[],"usageMetadata":{"promptTokenCount":15,"candidatesTokenCount":4},"modelVersion":"gemini-2.5-flash"}"#
    let records = try readLog(
      #"{"key":"r-1","response":\#(response)}"# + "\n"
        + #"{"status":"","processed_time":"2026-11-09T08:00:00.000+00:00","request":{"contents":[]},"response":\#(response)}"#
    )
    #expect(records.usages == ["15/0/0/4", "15/0/0/4"])
    #expect(records.told(.serviceTier) == ["batch", "batch"])
    #expect(records.flatMap(\.calls).map(\.occurredAt) == [fileTime, 1_794_211_200_000])
  }

  @Test(
    "a Bedrock batch of Llama or Titan answers has their counts",
    arguments: [
      (
        #"{"generation":"…","prompt_token_count":15,"generation_token_count":12,"stop_reason":"stop"}"#,
        "15/0/0/12"
      ),
      (
        #"{"inputTextTokenCount":9,"results":[{"tokenCount":30,"completionReason":"FINISH"}]}"#,
        "9/0/0/30"
      ),
    ])
  func ownNames(answer: String, usage: String) throws {
    let records = try readLog(#"{"recordId":"REC1","modelInput":{},"modelOutput":\#(answer)}"#)
    #expect(records.usages == [usage])
  }
}
