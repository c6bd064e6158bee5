import Foundation
import Testing

/// `explain` and `--explain` as people type them.
@Suite struct ExplainCommandTests {
  private func desk() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    _ = try forensics.run(["import"] + ForensicsBinary.story)
    return forensics
  }

  @Test func `two commands lead from a line of top-prompts to the log line`() throws {
    let forensics = try desk()
    let row = try forensics("top-prompts", "--as-of", "latest", "--explain", "1")
    #expect(row.status == 0)
    #expect(row.output.contains("$0.834850000, their cost"))
    let command = try #require(
      row.output.split(separator: "\n").last { $0.contains("forensics explain ") })
    let id = try #require(command.split(separator: " ").last.map(String.init))
    let call = try forensics("explain", id)
    #expect(call.status == 0)
    #expect(call.output.contains("\n  sample-data/app-calls.jsonl:1971\n"))
    for text in [row.output, call.output] {
      for line in text.split(separator: "\n") {
        #expect(line.count <= 100, "too wide: \(line)")
        #expect(!line.hasSuffix(" "))
      }
    }
  }

  @Test func `every recipe explains its first row, as text and as JSON`() throws {
    let forensics = try desk()
    for recipe in ["top-prompts", "tenant-trend", "cache-hit-ratio", "calls"] {
      let text = try forensics(recipe, "--as-of", "latest", "--explain", "1")
      #expect(text.status == 0 && !text.output.isEmpty, "\(recipe): \(text.errors)")
      let json = try forensics(recipe, "--as-of", "latest", "--explain", "1", "-j")
      let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
      #expect(object?["schema_version"] as? Int == 1)
      #expect(object?[recipe == "calls" ? "explain" : "windows"] != nil)
    }
  }

  @Test func `an unknown id fails with the way out, wrong usage is wrong usage`() throws {
    let forensics = try desk()
    let unknown = try forensics("explain", "req_nobody")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("no call is known by 'req_nobody'"))
    let format = try forensics("explain", "req_nobody", "--format", "csv")
    #expect(format.status == 64)
    #expect(format.errors.contains("--format table or json"))
    #expect(try forensics("top-prompts", "--explain", "1", "--show-sql").status == 64)
    let recipe = try forensics.write("SELECT COUNT(*) AS n FROM selected_call", to: "all.sql")
    #expect(try forensics("run", recipe, "--explain", "1").status == 64)
    let row = try forensics("top-prompts", "--as-of", "latest", "--explain", "99")
    #expect(row.status == 1)
    #expect(row.errors.contains("a number from 1 to 10"))
  }

  @Test func `an explanation goes to files by their suffix`() throws {
    let forensics = try desk()
    let text = forensics.folder.appendingPathComponent("why.txt").path
    let json = forensics.folder.appendingPathComponent("why.json").path
    let result = try forensics(
      "explain", "sample-data/app-calls.jsonl:1971", "--output", text, "--output", json)
    #expect(result.output.isEmpty && result.status == 0)
    #expect(try String(contentsOfFile: text, encoding: .utf8).hasPrefix("Call req_"))
    let calls = try ExplainedJSON(String(contentsOfFile: json, encoding: .utf8)).explain
    #expect(calls.map(\.tellings.count) == [4])
    #expect(calls[0].tellings.filter(\.decides_usage).count == 1)
  }

  @Test func `every stored call of the sample explains itself to the nano-dollar`() throws {
    let forensics = try desk()
    let keys = try forensics(
      "sql",
      "SELECT hour || '/' || printf('%016x', identity) AS key FROM llm_call WHERE identity % 9 = 0",
      "--format", "tsv"
    ).output.split(separator: "\n").dropFirst().map(String.init)
    #expect(keys.count > 100)
    let calls = try ExplainedJSON(forensics.run(["explain", "-j"] + keys).output).explain
    #expect(calls.map(\.key) == keys)
    for call in calls {
      #expect(call.stored.agrees && call.stored.cost_usd == call.cost_usd, "\(call.key)")
      #expect(!call.tellings.isEmpty)
    }
  }
}
