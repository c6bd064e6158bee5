import Testing

@testable import UsageLog

/// Ids decide what counts once: none may be taken for one that is not.
struct IdentityTests {
  @Test(arguments: [
    "err", "ERR", "error", "unknown", "Unknown", "", "  ", "none", "None", "null", "nil",
    "undefined",
    "n/a", "-", "0",
  ])
  func `what wrappers write for want of an id is none`(word: String) throws {
    let told = try call(
      row("\"request_id\":\"\(word)\",\"message_id\":\"\(word)\",\"output_tokens\":1"))
    #expect(told[.requestID] == nil)
    #expect(told[.messageID] == nil)
  }

  @Test func `an id that only starts like such a word is an id`() throws {
    let told = try call(row(#""request_id":"error-7","output_tokens":1"#))
    #expect(told[.requestID] == "error-7")
  }

  @Test func `a request id that starts with msg is the message's`() throws {
    let told = try call(row(#""request_id":"msg_01A","output_tokens":1"#))
    #expect(told[.messageID] == "msg_01A")
    #expect(told[.requestID] == nil)
  }

  @Test func `the message's own id beats one kept as request id`() throws {
    let told = try call(row(#""request_id":"msg_01A","message_id":"msg_01B","output_tokens":1"#))
    #expect(told[.messageID] == "msg_01B")
    #expect(told[.requestID] == nil)
  }

  @Test(
    arguments: [
      (#""id":"msg_01A""#, "msg_01A", String?.none), (#""id":"req_01A""#, nil, "req_01A"),
      (#""id":"row-17""#, nil, nil), (#""id":17"#, nil, nil),
      (#""_request_id":"req_01A""#, nil, "req_01A"), (#""x-request-id":"req_01A""#, nil, "req_01A"),
      (#""headers":{"request-id":"req_01A"}"#, nil, "req_01A"),
      (#""headers":{"Request-Id":"req_01A","X-Request-Id":"req_01A"}"#, nil, "req_01A"),
      (#""headers":{"anthropic-workspace-id":"wrkspc_01"}"#, nil, nil),
      (#""response":{"headers":{"request-id":"req_01A"}}"#, nil, "req_01A"),
      (#""id":"req_01A","request_id":"desk-7""#, nil, "desk-7"),
    ] as [(String, String?, String?)])
  func `an id counts where it can only be the call's`(
    members: String, messageID: String?, requestID: String?
  ) throws {
    let told = try call(row(members + #","output_tokens":1"#))
    #expect(told[.messageID] == messageID)
    #expect(told[.requestID] == requestID)
  }

  @Test func `a response's id is the message's, its row's id is not`() throws {
    let told = try call(
      #"""
      {"ts":"2026-11-09T08:00:00Z","id":"row-17",
       "response":{"id":"chatcmpl-9","type":"message","model":"m","usage":{"output_tokens":1}},
       "headers":{"request-id":"req_011Cm7h8","anthropic-workspace-id":"wrkspc_01"}}
      """#)
    #expect(told[.messageID] == "chatcmpl-9")
    #expect(told[.requestID] == "req_011Cm7h8")
    #expect(told[.workspace] == "wrkspc_01")
  }

  @Test func `what --set gives is never an id`() throws {
    var options = ReadingOptions()
    options.defaults = [.requestID: "req_01A", .messageID: "msg_01A"]
    let told = try call(row(#""output_tokens":1"#), options: options)
    #expect(told[.requestID] == nil)
    #expect(told[.messageID] == nil)
  }
}
