import Testing

@testable import UsageLog

struct CallTimeTests {
  @Test(arguments: [
    (#""ts":"yesterday""#, RejectionReason.unreadableTime),
    (#""ts":"2026-02-30""#, .unreadableTime),
    (#""ts":12"#, .unreadableTime), (#""ts":"1969-12-31T23:59:59Z""#, .timeOutOfRange),
    (#""ts":0"#, .unreadableTime), (#""ts":1262303999"#, .timeOutOfRange),
    (#""ts":4102444800"#, .timeOutOfRange), (#""ts":"2100-01-01T00:00:00Z""#, .timeOutOfRange),
    (#""ts":null"#, .missingTime), (#""ts":"""#, .missingTime), (#""x":1"#, .missingTime),
  ])
  func `a call without a time it can have is rejected`(member: String, reason: RejectionReason)
    throws
  {
    let read = try record("{\(member),\"model\":\"claude-opus-5-5\",\"output_tokens\":87}")
    #expect(read.reason == reason)
    #expect(read.reason?.text.contains("yesterday") == false)
  }

  @Test(arguments: [
    ("2010-01-01T00:00:00Z", Int64(1_262_304_000_000)), ("4102444799.999", 4_102_444_799_999),
  ])
  func `times from 2010 to 2099 are read`(written: String, milliseconds: Int64) throws {
    let told = try call("{\"ts\":\"\(written)\",\"model\":\"m\",\"output_tokens\":87}")
    #expect(told.occurredAt == milliseconds)
    #expect(!told.timeIsApproximate)
  }

  @Test func `a naive time is UTC, or what the user says it is`() throws {
    let json = #"{"ts":"2026-11-09T09:00:00","model":"m","output_tokens":87}"#
    let plain = try call(json)
    #expect(plain.occurredAt == 1_794_214_800_000)
    #expect(plain.timeIsNaive)
    var options = ReadingOptions()
    options.naiveOffset = { naive in naive == 1_794_214_800_000 ? 3_600_000 : 0 }
    let local = try call(json, options: options)
    #expect(local.occurredAt == 1_794_211_200_000)
    #expect(local.timeIsNaive)
  }

  @Test func `a time the user gave stands in and is marked as approximate`() throws {
    var options = ReadingOptions()
    options.defaults = [.occurredAt: "2026-11-09T08:00:00Z"]
    let told = try call(#"{"model":"claude-opus-5-5","output_tokens":87}"#, options: options)
    #expect(told.occurredAt == 1_794_211_200_000)
    #expect(told.timeIsApproximate)
  }

  @Test func `a response without a time takes its file's, marked as approximate`() throws {
    let told = try call(
      #"{"type":"message","id":"msg_01A","model":"m","usage":{"output_tokens":87}}"#)
    #expect(told.occurredAt == fileTime)
    #expect(told.timeIsApproximate)
  }
}
