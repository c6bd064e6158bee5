import Testing

@testable import UsageLog

/// Which of several tellings of one thing a call believes.
struct PriorityTests {
  @Test func `the model that answered beats the model that was asked for`() throws {
    let told = try call(
      #"""
      {"ts":"2026-11-09T08:00:00Z","request":{"model":"claude-opus-5","max_tokens":1024},
       "response":{"id":"msg_01A","type":"message","model":"claude-opus-5-5","usage":{"output_tokens":87}}}
      """#)
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.maxTokens] == "1024")
  }

  @Test func `a request's model is better than none`() throws {
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","request":{"model":"claude-opus-5"},"usage":{"output_tokens":87}}"#
    )
    #expect(told[.model] == "claude-opus-5")
  }

  @Test(arguments: [
    #""created_at":"2026-11-09T09:00:00Z","occurred_at":"2026-11-09T08:00:00Z""#,
    #""occurred_at":"2026-11-09T08:00:00Z","created_at":"2026-11-09T09:00:00Z""#,
    #""logged_at":"2026-11-09T09:00:00Z","timestamp":"2026-11-09T08:00:00Z""#,
    #""metadata":{"occurred_at":"2026-11-09T09:00:00Z"},"created":"2026-11-09T08:00:00Z""#,
  ])
  func `a better name for the time wins, wherever it stands`(times: String) throws {
    let told = try call(#"{"model":"claude-opus-5-5","output_tokens":87,"# + times + "}")
    #expect(told.occurredAt == 1_794_211_200_000)
  }

  @Test(arguments: ["metadata", "context", "tags", "labels", "attributes", "extra", "properties"])
  func `a container of tags tells what the row itself does not`(container: String) throws {
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","model":"m","output_tokens":1,"feature":"support-chat",""#
        + container + #"":{"tenant":"brisk-parcel","feature":"summarise","git_sha":"3f9a1c7e"}}"#)
    #expect(told[.tenantID] == "brisk-parcel")
    #expect(told[.deploySHA] == "3f9a1c7e")
    #expect(told[.feature] == "support-chat")
  }

  @Test func `two containers may disagree, the first is believed`() throws {
    let told = try call(
      row(#""output_tokens":87,"metadata":{"service":"desk"},"tags":{"service":"gateway"}"#))
    #expect(told[.feature] == "desk")
  }

  @Test func `containers lie beside a message as well as beside a flat row`() throws {
    let told = try call(
      #"""
      {"type":"message","id":"msg_01A","ts":"2026-11-09T08:00:00Z","model":"claude-opus-5-5",
       "stop_reason":"end_turn","usage":{"output_tokens":87},"metadata":{"tenant":"brisk-parcel"}}
      """#)
    #expect(told[.tenantID] == "brisk-parcel")
  }

  @Test func `a request's metadata tells the user`() throws {
    let told = try call(
      row(#""output_tokens":87,"request":{"metadata":{"user_id":"u-124"},"model":"claude-opus-5"}"#)
    )
    #expect(told[.userID] == "u-124")
  }

  @Test func `what --set gives is weaker than anything logged`() throws {
    var options = ReadingOptions()
    options.defaults = [.tenantID: "alder-bank", .feature: "search-answers"]
    let told = try call(
      #"{"ts":"2026-11-09T08:00:00Z","model":"m","output_tokens":1,"metadata":{"team":"brisk-parcel"}}"#,
      options: options)
    #expect(told[.tenantID] == "brisk-parcel")
    #expect(told[.feature] == "search-answers")
  }

  @Test func `what --map names is stronger than any other telling`() throws {
    var options = ReadingOptions()
    options.mapped = ["Account Ref": .tenantID, "answered_by": .model, "user": .feature]
    let told = try call(
      #"""
      {"ts":"2026-11-09T08:00:00Z","tenant_id":"cobalt-air","metadata":{"account_ref":"brisk-parcel"},
       "answered_by":"claude-opus-5-5","user":"search-answers",
       "response":{"type":"message","id":"msg_01A","model":"claude-opus-5","usage":{"output_tokens":87}}}
      """#, options: options)
    #expect(told[.tenantID] == "brisk-parcel")
    #expect(told[.model] == "claude-opus-5-5")
    #expect(told[.feature] == "search-answers")
    #expect(told[.userID] == nil)
  }

  @Test(arguments: [
    #""headers":{"x-request-id":"mine","request-id":"req_01"}"#,
    #""headers":{"request-id":"req_01","x-request-id":"mine"}"#,
    #""request":{"headers":{"request-id":"mine"}},"response":{"headers":{"request-id":"req_01"}}"#,
    #""response":{"headers":{"x-request-id":"req_01"}},"request":{"headers":{"request-id":"mine"}}"#,
    #""headers":{"request-id":"req_01"},"response":{"headers":{"request-id":"req_02"}}"#,
  ])
  func `the vendor's request id beats one of the caller's`(members: String) throws {
    #expect(try call(row(members + #","output_tokens":1"#))[.requestID] == "req_01")
  }

  @Test(arguments: [
    #""body":{"id":"msg_01"},"data":{"id":"msg_02"}"#,
    #""body":{"id":"req_01"},"data":{"id":"req_02"}"#,
    #""body":{"stop_details":{"category":"a"}},"data":{"stop_details":{"category":"b"}}"#,
  ])
  func `two objects may disagree in what they hold beside fields`(members: String) throws {
    #expect(try record(row(members + #","output_tokens":1"#)).outcome == .call)
  }
}
