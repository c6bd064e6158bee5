import Testing

@testable import CallStore

/// A side question repeats its parent's responses: whose they are is what the response's own line says.
@Suite struct ReplayLabelTests {
  private func line(
    _ request: String, isSidechain: Bool, output: Int = 90, beside: String = ""
  ) -> String {
    #"{"type":"assistant","uuid":"u-\#(request)","parentUuid":null,"isSidechain":\#(isSidechain),\#(beside)"#
      + #""sessionId":"s","timestamp":"2026-11-03T09:00:00.000Z","cwd":"/home/mika/desk","#
      + #""requestId":"\#(request)","message":{"id":"msg_01","type":"message","role":"assistant","#
      + #""model":"claude-opus-5-5","stop_reason":"end_turn","usage":{"input_tokens":3,"#
      + #""output_tokens":\#(output),"iterations":[{"type":"advisor_message","#
      + #""model":"claude-opus-5-5","input_tokens":7,"output_tokens":1},"#
      + #"{"type":"message","input_tokens":3,"output_tokens":\#(output)}]}}}"#
  }

  private var own: String { line("req_011CVyQ7wTnLz3kRb9XsMd5P", isSidechain: false) }
  private var replay: String {
    line(
      "req_011CVyQ8bVqNa5mTd1ZuPf7R", isSidechain: true, output: 95,
      beside: #""agentId":"a1b2","#)
  }

  @Test(arguments: [false, true]) func `a response replayed by a side question stays the parent's`(
    isReplayFirst: Bool
  ) throws {
    let desk = try Desk()
    for (name, line) in isReplayFirst
      ? [("agent.jsonl", replay), ("session.jsonl", own)]
      : [("session.jsonl", own), ("agent.jsonl", replay)]
    {
      try desk.load(name, [line])
    }
    #expect(
      try desk.rows(
        "SELECT kind, feature, agent, request_id, output_tokens FROM llm_call ORDER BY kind")
        == [
          ["advisor_message", "main", nil, nil, "1"],
          ["call", "main", nil, "req_011CVyQ7wTnLz3kRb9XsMd5P", "90"],
        ])
    #expect(try desk.wrongSums() == [])
  }

  @Test(arguments: [false, true]) func `in one file, too`(isReplayFirst: Bool) throws {
    let desk = try Desk()
    try desk.load("session.jsonl", isReplayFirst ? [replay, own] : [own, replay])
    #expect(
      try desk.rows("SELECT feature, agent FROM llm_call WHERE kind = 'call'") == [["main", nil]])
    #expect(try desk.wrongSums() == [])
  }

  @Test func `a subagent's own response keeps its agent beside its mirror`() throws {
    let desk = try Desk()
    let mirrored =
      #"{"type":"progress","uuid":"p1","sessionId":"s","timestamp":"2026-11-03T09:00:00.000Z","data":{"message":\#(line("req_011CVyQ8bVqNa5mTd1ZuPf7R", isSidechain: true, output: 95))}}"#
    try desk.load("session.jsonl", [mirrored])
    try desk.load("agent.jsonl", [replay])
    #expect(
      try desk.rows("SELECT feature, agent, output_tokens FROM llm_call WHERE kind = 'call'")
        == [["subagent", "a1b2", "95"]])
  }
}
