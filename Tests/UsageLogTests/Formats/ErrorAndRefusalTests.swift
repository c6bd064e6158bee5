import Testing

@testable import UsageLog

struct ErrorAndRefusalTests {
  @Test(arguments: [
    ("invalid_request_error", "400"), ("authentication_error", "401"), ("billing_error", "402"),
    ("permission_error", "403"), ("not_found_error", "404"), ("conflict_error", "409"),
    ("request_too_large", "413"), ("rate_limit_error", "429"), ("api_error", "500"),
    ("timeout_error", "504"), ("overloaded_error", "529"), ("brand_new_error", String?.none),
  ])
  func `an error body tells its status`(type: String, status: String?) throws {
    let body =
      #"{"type":"error","error":{"type":"\#(type)","message":"secret"},"request_id":"req_01A"}"#
    for json in [body, #"{"ts":"2026-11-09T08:00:00Z","tenant":"cobalt-air","response":\#(body)}"#]
    {
      let told = try call(json)
      #expect(told[.statusCode] == status)
      #expect(told[.outcome] == "errored")
      #expect(told[.requestID] == "req_01A")
      #expect(told.usage == "-/-/-/-")
      #expect(told.timeIsApproximate == json.hasPrefix("{\"type"))
    }
  }

  @Test func `a logged status is better than one concluded from the type`() throws {
    let told = try call(row(#""status":503,"error":{"type":"overloaded_error"}"#))
    #expect(told[.statusCode] == "503")
  }

  @Test(
    arguments: [
      (#""error":"timeout","request_id":"r1""#, "errored"),
      (#""error":{"type":"api_error"}"#, "errored"),
      (#""error":null,"status":200"#, "succeeded"), (#""error":"","status":200"#, "succeeded"),
      (#""error":{},"status":200"#, "succeeded"), (#""error":[],"status":200"#, "succeeded"),
      (#""error":false,"status":200"#, "succeeded"), (#""status":429"#, "errored"),
      (#""status":"error""#, "errored"), (#""status":"failed""#, "errored"),
      (#""status":"success""#, "succeeded"), (#""status":"OK""#, "succeeded"),
      (#""status":"completed""#, "succeeded"), (#""status":"in_progress""#, nil),
      (#""status":"200""#, "succeeded"), (#""status":99"#, nil), (#""status":600"#, nil),
      (#""stop_reason":"end_turn""#, "succeeded"), (#""outcome":"canceled""#, "canceled"),
      (#""outcome":"won""#, nil),
    ] as [(String, String?)])
  func `how a call ended is told by its status, error and stop reason`(
    members: String, outcome: String?
  ) throws {
    #expect(try call(row(members + #","output_tokens":0"#))[.outcome] == outcome)
  }

  @Test(arguments: [
    (#""content":[],"usage":{"output_tokens":1}"#, "refused"),
    (#""content":[],"usage":{"output_tokens":0}"#, "refused"),
    (#""content":[{"type":"text","text":"I"}],"usage":{"output_tokens":20}"#, "refused_mid_stream"),
    (#""content":null,"usage":{"output_tokens":20}"#, "refused_mid_stream"),
    (#""usage":{"output_tokens":0}"#, "refused"),
    (#""usage":{"output_tokens":20}"#, "refused_mid_stream"),
  ])
  func `a refusal without content was refused before any output`(members: String, outcome: String)
    throws
  {
    let told = try call(
      #"""
      {"ts":"2026-11-03T06:26:45Z","response":{"id":"msg_01A","type":"message","model":"claude-opus-5-5",
       "stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber"},\#(members)}}
      """#)
    #expect(told[.outcome] == outcome)
    #expect(told[.stopCategory] == "cyber")
    #expect(told[.statusCode] == "200")
  }
}
