import Foundation
import Testing

/// `forensics import --claude-code`: transcripts where Claude Code keeps them.
@Suite struct TranscriptFolderTests {
  private func line(_ id: Int, output: Int = 10) -> String {
    #"{"type":"assistant","uuid":"u\#(id)","parentUuid":null,"sessionId":"s","timestamp":"2026-11-03T09:00:00Z","#
      + #""requestId":"req_\#(id)","message":{"id":"msg_\#(id)","type":"message","model":"claude-opus-5-5","#
      + #""stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":\#(output)}}}"# + "\n"
  }

  private func calls(_ forensics: ForensicsBinary) throws -> String {
    try forensics("sql", "SELECT COUNT(*) AS n FROM llm_call", "--format", "csv").output
  }

  @Test func `both folders below the home folder are read, with subagents and without other files`()
    throws
  {
    let forensics = try ForensicsBinary()
    _ = try forensics.write(line(1), to: ".claude/projects/-home-mika-desk/s.jsonl")
    _ = try forensics.write(
      line(2), to: ".claude/projects/-home-mika-desk/s/subagents/agent-a1.jsonl")
    _ = try forensics.write(
      "{}", to: ".claude/projects/-home-mika-desk/s/subagents/agent-a1.meta.json")
    _ = try forensics.write(
      #"{"type":"started","key":"k","agentId":"a1"}"#,
      to: ".claude/projects/-home-mika-desk/s/journal.jsonl")
    _ = try forensics.write("", to: ".claude/projects/-home-mika-desk/empty.jsonl")
    _ = try forensics.write(line(3), to: ".config/claude/projects/x/s.jsonl")
    let result = try forensics("import", "--claude-code")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try calls(forensics) == "n\n3\n")
    #expect(!result.errors.contains("meta.json"))
    #expect(try forensics("import", "--claude-code").output.hasPrefix("nothing new"))
  }

  @Test func `CLAUDE_CONFIG_DIR names folders instead`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics.write(line(1), to: ".claude/projects/x/s.jsonl")
    _ = try forensics.write(line(2), to: "one/projects/x/s.jsonl")
    _ = try forensics.write(line(3), to: "two/x/s.jsonl")
    let home = forensics.folder.path
    let result = try forensics(
      "import", "--claude-code", environment: ["CLAUDE_CONFIG_DIR": "\(home)/one, \(home)/two/"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try calls(forensics) == "n\n2\n")
  }

  @Test func `other logs can be named beside it`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics.write(line(1), to: "xdg/claude/projects/x/s.jsonl")
    let other = try forensics.write(line(2), to: "other.jsonl")
    let result = try forensics(
      "import", "--claude-code", other,
      environment: ["XDG_CONFIG_HOME": forensics.folder.path + "/xdg"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try calls(forensics) == "n\n2\n")
  }

  @Test func `without transcripts it says where it looked`() throws {
    let forensics = try ForensicsBinary()
    let result = try forensics("import", "--claude-code")
    #expect(result.status == 1)
    #expect(result.errors.contains(forensics.folder.path + "/.claude/projects"))
    #expect(result.errors.contains(forensics.folder.path + "/.config/claude/projects"))
    #expect(result.errors.contains("CLAUDE_CONFIG_DIR"))
  }

  @Test func `the rule for the input of spans can be given`() throws {
    func input(_ words: String...) throws -> String {
      let forensics = try ForensicsBinary()
      let log = try forensics.write(
        #"{"traceId":"a","spanId":"b","name":"chat","startTimeUnixNano":"1794211200417000000","attributes":["#
          + #"{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},"#
          + #"{"key":"gen_ai.provider.name","value":{"stringValue":"anthropic"}},"#
          + #"{"key":"gen_ai.usage.input_tokens","value":{"intValue":"500"}},"#
          + #"{"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"400"}}]}"# + "\n",
        to: "spans.jsonl")
      let result = try forensics.run(["import", log] + words)
      #expect(result.status == 0)
      #expect(result.errors.contains("input_tokens"))
      return try forensics("sql", "SELECT input_tokens AS n FROM llm_call", "--format", "csv")
        .output
    }
    #expect(try input() == "n\n100\n")
    #expect(try input("--otel-input=excludes") == "n\n500\n")
    #expect(try input("--otel-input", "includes") == "n\n100\n")
  }
}
