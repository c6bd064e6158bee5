import Testing

@testable import UsageLog

/// What may be kept as a name: a text that cannot be content.
struct NameTests {
  private func told(_ value: String, as name: String) throws -> ToldCall {
    try call(row(#""output_tokens":1,"\#(name)":"\#(value)""#))
  }

  @Test(arguments: ["feature", "task", "component", "agent", "stop_reason", "region", "speed"])
  func `a name has at most 128 bytes`(name: String) throws {
    let field = try #require(Field(named: name))
    let longest = String(repeating: "n", count: 128)
    #expect(try told(longest, as: name)[field] == longest)
    #expect(try told(longest + "n", as: name)[field] == nil)
    #expect(try told(String(repeating: "ü", count: 65), as: name)[field] == nil)
  }

  @Test(arguments: [
    "request_id", "message_id", "session_id", "user", "trace_id", "parent_call", "prompt_id",
    "prefix_hash", "tool_hash",
  ])
  func `an id or a hash has at most 256 bytes`(name: String) throws {
    let field = try #require(Field(named: name))
    let longest = String(repeating: "1f", count: 128)
    #expect(try told(longest, as: name)[field] == longest)
    #expect(try told(longest + "1", as: name)[field] == nil)
  }

  @Test(arguments: [#"\n"#, #"\r"#, #"\t"#, #"\u0000"#, #"\u001b"#, #"\u007f"#])
  func `a control character makes a text content`(escape: String) throws {
    for name in ["feature", "user", "session_id", "prompt_id", "request_id"] {
      let field = try #require(Field(named: name))
      #expect(try told("Dear all,\(escape)thanks", as: name)[field] == nil, "\(name)")
      #expect(try told("\(escape) ", as: name)[field] == nil)
    }
  }

  @Test func `line breaks around a name are no part of it`() throws {
    #expect(try told(#"support-chat\n"#, as: "feature")[.feature] == "support-chat")
  }

  @Test func `an iteration's type and model are names too`() throws {
    let told = try record(
      row(
        #"""
        "usage":{"output_tokens":1,"iterations":[{"type":"message","output_tokens":1},
         {"type":"a\nb","model":"c\nd","output_tokens":2}]}
        """#))
    #expect(told.calls.map(\.iteration) == [nil, "#1"])
    #expect(told.calls.map { $0[.model] } == ["claude-opus-5-5", "claude-opus-5-5"])
  }
}
