import Testing

@testable import UsageLog

/// Results of Bedrock's batch inference jobs.
struct BedrockBatchTests {
  private let golden =
    #"{"recordId":"REC0000017","modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":512,"messages":[{"role":"user","content":"…"}]},"modelOutput":{"id":"msg_bdrk_01Qx2VnT7kRzLw4MbYc9HsPd","type":"message","model":"claude-haiku-4-5-20251001","stop_reason":"end_turn","usage":{"input_tokens":730,"output_tokens":208}}}"#

  @Test func `a record is a call at the batch price`() throws {
    let told = try #require(try readLog(golden).first?.calls.first)
    #expect(told.usage == "730/0/0/208")
    #expect(told[.messageID] == "msg_bdrk_01Qx2VnT7kRzLw4MbYc9HsPd")
    #expect(told[.requestID] == nil)
    #expect(told[.serviceTier] == "batch")
    #expect(told[.channel] == "bedrock")
    #expect(told[.model] == "claude-haiku-4-5-20251001")
    #expect(told[.maxTokens] == "512")
    #expect(told[.statusCode] == "200")
    #expect(told[.promptHash] != nil)
    #expect(told.timeIsApproximate)
    let standard = golden.replacing(
      #""output_tokens":208"#, with: #""output_tokens":208,"service_tier":"standard""#)
    #expect(try readLog(standard).told(.serviceTier) == ["batch"])
  }

  @Test func `a prompt has the articles' hash`() throws {
    let text = golden.replacing(
      #"{"role":"user","content":"…"}"#,
      with: #"{"content":"Write tonight's digest of open tickets.","role":"user"}"#)
    #expect(try readLog(text).told(.promptHash) == ["#80c98f8523fd1c61"])
  }

  @Test(
    arguments: [
      (#"{"errorCode":400,"errorMessage":"my secret"}"#, "400"),
      (#"{"errorCode":"ThrottlingException","errorMessage":"my secret"}"#, "429"),
      (#"{"errorCode":"new","errorMessage":"my secret"}"#, nil),
    ] as [(String, String?)])
  func `a failed record is a call that used nothing`(error: String, status: String?) throws {
    let records = try readLog(
      #"{"recordId":"REC1","modelInput":{"messages":[]},"error":\#(error)}"#)
    #expect(records.usages == ["0/0/0/0"])
    #expect(records.told(.statusCode) == [status])
    #expect(records.told(.outcome) == ["errored"])
    #expect(records.told(.requestID) == [nil])
  }

  @Test func `Converse answers of a job are read`() throws {
    let records = try readLog(
      #"{"recordId":"REC1","modelInput":{"messages":[]},"modelOutput":{"output":{"message":{"role":"assistant"}},"stopReason":"end_turn","usage":{"inputTokens":9,"outputTokens":8,"totalTokens":17}}}"#
    )
    #expect(records.usages == ["9/0/0/8"])
  }

  @Test func `a manifest and a job's requests hold no calls`() throws {
    let records = try readLog(
      #"""
      {"totalRecordCount":2,"processedRecordCount":2,"successRecordCount":1,"errorRecordCount":1,"inputTokenCount":730,"outputTokenCount":208}
      {"recordId":"REC0000017","modelInput":{"messages":[]}}
      """#)
    #expect(
      records.map(\.outcome) == [
        .skipped("a batch job's manifest, which counts its records"),
        .skipped("a batch job's request without its result"),
      ])
  }

  @Test func `a bad count is a reject`() throws {
    #expect(
      try readLog(golden.replacing("730", with: "7.5")).reasons == [.notACount(.inputTokens)])
  }
}
