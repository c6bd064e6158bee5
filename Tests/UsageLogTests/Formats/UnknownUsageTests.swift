import Testing

@testable import UsageLog

/// What a usage object counts that nobody knows of yet is said, not swallowed.
struct UnknownUsageTests {
  private func notes(_ usage: String) throws -> [String] {
    let log =
      #"{"id":"msg_1","type":"message","model":"claude-opus-5-5","usage":{"input_tokens":1,"output_tokens":2,\#(usage)}}"#
    let reader = try LogReader(MemoryInput(Array(log.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(try reader.next())
    #expect(reader.output.outcome == .call)
    return reader.output.notes
  }

  @Test func `a number under an unknown key is noted`() throws {
    #expect(
      try notes(#""new_tokens":5"#) == ["usage field 'new_tokens' is not known and was not counted"]
    )
    #expect(
      try notes(#""cache_creation":{"ephemeral_1d_input_tokens":9}"#) == [
        "usage field 'ephemeral_1d_input_tokens' is not known and was not counted"
      ])
    #expect(
      try notes(#""a\nb{c":5"#) == ["usage field 'a_nb_c' is not known and was not counted"]
        || notes(#""a\nb{c":5"#) == ["usage field 'a_b_c' is not known and was not counted"])
  }

  @Test(arguments: [
    #""new_tokens":0"#, #""new_tokens":null"#, #""new_tier":"gold""#, #""total_tokens":3"#,
    #""output_tokens_details":{"thinking_tokens":1}"#,
    #""server_tool_use":{"web_search_requests":1,"web_fetch_requests":2}"#,
    #""cache_creation":{"ephemeral_5m_input_tokens":1,"ephemeral_1h_input_tokens":2}"#,
    #""service_tier":"standard","inference_geo":"us","speed":null"#,
  ])
  func `what is known or counts nothing is not`(usage: String) throws {
    #expect(try notes(usage) == [])
  }

  @Test func `numbers outside of a usage are nobody's business`() throws {
    let log = Story.line(1).dropLast() + #","shard":7,"metadata":{"n":5}}"#
    let reader = try LogReader(MemoryInput(Array(log.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(try reader.next())
    #expect(reader.output.notes == [])
  }
}
