import Testing

@testable import UsageLog

/// Langfuse's observations inside a trace, and as a client sends them.
struct LangfuseTraceTests {
  private func observation(_ id: String, _ type: String, _ members: String) -> String {
    #"{"id":"\#(id)","type":"\#(type)","traceId":"t-1","startTime":"2026-11-09T08:00:00.000Z","name":"step","model":"claude-sonnet-5",\#(members)}"#
  }

  private var observations: String {
    "["
      + [
        observation("o-1", "AGENT", #""usageDetails":{"input":412,"output":633}"#),
        observation("o-2", "GENERATION", #""usageDetails":{"input":400,"output":600}"#),
        observation("o-3", "GENERATION", #""usageDetails":{"input":12,"output":33}"#),
      ].joined(separator: ",\n") + "]"
  }

  @Test(
    "a trace's observations are calls of its user, downloaded or answered by the API",
    arguments: [
      #"{"trace":{"id":"t-1","name":"sort","userId":"brisk-parcel","sessionId":"s-1"},"observations":"#,
      #"{"id":"t-1","name":"sort","userId":"brisk-parcel","sessionId":"s-1","timestamp":"2026-11-09T08:00:00.000Z","observations":"#,
    ])
  func traces(start: String) throws {
    let records = try readLog(start + observations + "}")
    #expect(records.usages == ["400/0/0/600", "12/0/0/33"])
    #expect(records.told(.requestID) == ["o-2", "o-3"])
    #expect(records.told(.tenantID) == ["brisk-parcel", "brisk-parcel"])
    #expect(records.told(.sessionID) == ["s-1", "s-1"])
    #expect(records.told(.feature) == ["sort", "sort"])
  }

  @Test func `a trace says nothing of the observations behind it`() throws {
    let trace = #"{"trace":{"id":"t-1","userId":"brisk-parcel"},"observations":\#(observations)}"#
    let alone = observation("o-9", "GENERATION", #""usageDetails":{"input":1,"output":2}"#)
    #expect(try readLog(trace + "\n" + alone).told(.tenantID).last == .some(nil))
  }

  @Test(
    "what stands around other observations sums up theirs", arguments: ["AGENT", "CHAIN", "SPAN"])
  func parents(type: String) throws {
    let records = try readLog(
      observation("o-1", type, #""usageDetails":{"input":412,"output":633}"#))
    #expect(records.map(\.skipReason) == ["an observation of no model call"])
  }

  @Test func `what a client sends at once is read event by event`() throws {
    let records = try readLog(
      #"""
      {"batch":[
      {"id":"e-1","type":"trace-create","timestamp":"2026-11-09T08:00:01.000Z","body":{"id":"t-1","name":"sort"}},
      {"id":"e-2","type":"generation-create","timestamp":"2026-11-09T08:00:01.000Z","body":{"id":"o-1","traceId":"t-1","startTime":"2026-11-09T08:00:00.000Z","model":"claude-sonnet-5","usageDetails":{"input":10,"output":20,"total":30}}},
      {"id":"e-3","type":"generation-update","timestamp":"2026-11-09T08:00:02.000Z","body":{"id":"o-2","traceId":"t-1","model":"claude-sonnet-5","usage":{"input":1,"output":2,"unit":"TOKENS"}}}
      ],"metadata":{"batch_size":3}}
      """#)
    #expect(records.usages == ["10/0/0/20", "1/0/0/2"])
    #expect(records.told(.requestID) == ["o-1", "o-2"])
    // 2026-11-09T08:00:00Z, and the time at which the update was sent.
    #expect(
      records.flatMap(\.calls).map(\.occurredAt) == [1_794_211_200_000, 1_794_211_202_000])
  }

  @Test(
    "details in OpenInference's names are parts of the counts beside them",
    arguments: [
      (
        #""input":190,"prompt_details.cache_read":90,"output":164,"completion_details.reasoning":60,"total":354"#,
        "100/0/90/164"
      ),
      (
        #""input":190,"prompt_details.cache_read":90,"prompt_details.cache_write":20,"output":4"#,
        "80/20/90/4"
      ),
      (#""input":190,"details.cache_read_tokens":90,"output":4"#, "100/0/90/4"),
    ])
  func details(usage: String, told: String) throws {
    #expect(
      try readLog(observation("o-1", "GENERATION", "\"usageDetails\":{\(usage)}")).usages == [told])
  }
}
