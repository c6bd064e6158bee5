import Testing

@testable import UsageLog

/// Counts as logs write them, and the ones no call can have.
struct CountTests {
  @Test(arguments: ["1200", "\"1200\"", "1200.0", "\"1200.0\"", "1.2e3", "\" 1200 \"", "12E2"])
  func `a whole number is one however it is written`(written: String) throws {
    #expect(try call(row("\"output_tokens\":\(written)")).usage == "0/0/0/1200")
  }

  @Test(arguments: ["null", "\"\"", "\" \"", "true", "[]", "{}"])
  func `what holds no number was not logged`(written: String) throws {
    let told = try call(row("\"input_tokens\":\(written),\"output_tokens\":87"))
    #expect(told.usage == "0/0/0/87")
  }

  @Test(arguments: [
    ("-1", RejectionReason.negativeCount(.outputTokens)),
    ("\"-87\"", .negativeCount(.outputTokens)),
    ("-0.5", .negativeCount(.outputTokens)), ("3.5", .notACount(.outputTokens)),
    ("1e-3", .notACount(.outputTokens)), ("\"many\"", .notACount(.outputTokens)),
    ("\"1,200\"", .notACount(.outputTokens)), ("\"NaN\"", .notACount(.outputTokens)),
    ("\"null\"", .notACount(.outputTokens)), ("\"+\"", .notACount(.outputTokens)),
    ("\"-\"", .notACount(.outputTokens)), ("\"--5\"", .notACount(.outputTokens)),
    ("1000000001", .absurdCount(.outputTokens)),
    ("9223372036854775808", .absurdCount(.outputTokens)),
    ("1e400", .absurdCount(.outputTokens)), ("-1e400", .negativeCount(.outputTokens)),
    ("99999999999.5", .absurdCount(.outputTokens)),
  ])
  func `a count that cannot be is rejected with the reason`(
    written: String, reason: RejectionReason
  ) throws {
    let read = try record(row("\"output_tokens\":\(written)"))
    #expect(read.reason == reason)
    #expect(read.calls.isEmpty)
  }

  @Test func `the largest count that is read is a billion`() throws {
    #expect(try call(row(#""output_tokens":1000000000"#)).usage == "0/0/0/1000000000")
  }

  @Test(arguments: [
    #""output_tokens":87,"output_tokens":88"#, #""usage":{"output_tokens":87,"output_tokens":88}"#,
    #""output_tokens":87,"outputTokens":88"#,
  ])
  func `two values for one count in one object are rejected`(members: String) throws {
    #expect(try record(row(members)).reason == .duplicateKey(.outputTokens))
  }

  @Test func `the same value twice is no conflict`() throws {
    #expect(try call(row(#""output_tokens":87,"output_tokens":87"#)).usage == "0/0/0/87")
  }

  @Test func `a word with two meanings is a count only where it is a number`() throws {
    let logged = try call(
      row(
        #""input":"Where is my parcel?","output":"At the depot.","prompt_tokens":12,"completion_tokens":5"#
      ))
    #expect(logged.usage == "12/0/0/5")
    #expect(try call(row(#""input":12,"output":5"#)).usage == "12/0/0/5")
    // The answer to "what is 6 times 7", not a count.
    let answer = try record(row(#""input":"6 times 7?","output":"42","status":200"#))
    #expect(answer.calls.first?.usage == "-/-/-/-")
  }

  @Test func `columns with two meanings are counts only where they hold numbers`() throws {
    let records = try readLog(
      """
      ts,model,input,output,prompt_tokens,completion_tokens
      2026-11-09T08:00:00Z,claude-opus-5-5,Where is my parcel?,At the depot.,12,5
      """)
    #expect(records.map { $0.calls.first?.usage } == ["12/0/0/5"])
    let tracker = try readLog("ts,model,input,output\n2026-11-09T08:00:00Z,claude-opus-5-5,12,5\n")
    #expect(tracker.map { $0.calls.first?.usage } == ["12/0/0/5"])
  }

  @Test(
    arguments: [
      (#""cost_usd":0.0123,"#, "12300000"), (#""cost_usd":"0.0123","#, "12300000"),
      (#""cost_usd_micros":12300,"#, "12300000"), (#""cost_cents":1.23,"#, "12300000"),
      (#""cost_usd":0.0123,"cost_usd_micros":12301,"#, "12301000"), (#""cost":"$0.0123","#, nil),
      (#""cost":-1,"#, nil), (#""cost":null,"#, nil), (#""cost":1.25e-9,"#, "1"),
      (#""cost_usd_nanos":3,"cost":9,"#, "3"),
    ] as [(String, String?)])
  func `a logged cost is kept to the nano-dollar`(members: String, nanos: String?) throws {
    #expect(try call(row(members + #""output_tokens":1"#))[.costNanos] == nanos)
  }

  @Test(
    arguments: [
      (#""latency_ms":4180"#, "4180"), (#""latency_ms":4180.7"#, "4181"),
      (#""latency":4180"#, "4180"),
      (#""latency":4.18"#, "4180"), (#""duration":0.5"#, "500"), (#""elapsed":"4.18""#, "4180"),
      (#""latency":1500.5"#, "1500"), (#""latency":-3"#, nil), (#""latency":"fast""#, nil),
      (#""latency_ms":86400001"#, nil), (#""latency_ms":9,"latency":4.18"#, "9"),
    ] as [(String, String?)])
  func `a latency is milliseconds, a fraction below a thousand seconds`(
    members: String, milliseconds: String?
  ) throws {
    #expect(try call(row(members + #","output_tokens":1"#))[.latencyMs] == milliseconds)
  }

  @Test(
    arguments: [
      (#""retry_count":0"#, "1"), (#""retry":1"#, "2"), (#""retries":"2""#, "3"),
      (#""attempt":1"#, "1"), (#""attempt":0"#, "0"), (#""attempt":3,"retry_count":5"#, "3"),
      (#""retry":true"#, nil), (#""retry_count":-1"#, nil),
    ] as [(String, String?)])
  func `retries count from nought, attempts from one`(members: String, attempt: String?) throws {
    #expect(try call(row(members + #","output_tokens":1"#))[.attempt] == attempt)
  }

  @Test func `a logged retry count is stronger than an attempt that --set gives`() throws {
    var options = ReadingOptions()
    options.defaults = [.attempt: "1"]
    let told = try call(row(#""retry_count":1,"output_tokens":1"#), options: options)
    #expect(told[.attempt] == "2")
  }
}
