import Foundation
import Testing

/// `forensics audit` on the made-up company of November.
@Suite struct AuditCommandTests {
  private let forensics: ForensicsBinary

  init() throws {
    forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
  }

  private func audit(_ more: String...) throws -> ForensicsBinary.Result {
    try forensics.run(["audit", "--as-of", "latest"] + more)
  }

  @Test func `an audit is written in the format of each file's suffix`() throws {
    let files = ["txt", "md", "json", "html"].map {
      forensics.folder.appendingPathComponent("audit.\($0)").path
    }
    let result = try forensics.run(
      ["audit", "--as-of", "latest"] + files.flatMap { ["--output", $0] })
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
    let starts = try files.map { try String(contentsOfFile: $0, encoding: .utf8).prefix(9) }
    #expect(starts == ["Audit of ", "# Audit o", "{\n  \"sche", "<!doctype"])
    #expect(try audit("--output", "audit.pdf").status == 64)
  }

  @Test func `an audit beside itself has changed nothing; a later one names what is gone`() throws {
    let file = forensics.folder.appendingPathComponent("before.json").path
    #expect(try audit("--output", file).status == 0)
    func since(_ more: String...) throws -> AuditJSONDocument.Since {
      let result = try forensics.run(
        ["audit", "--as-of", "latest", "--format", "json", "--baseline", file] + more)
      let document = try JSONDecoder().decode(
        AuditJSONDocument.self, from: Data(result.output.utf8))
      return try #require(document.since_baseline)
    }
    let same = try since()
    #expect(same.realised_month_usd == 0 && same.levers.isEmpty && same.cautions.isEmpty)
    let earlier = try since("--until", "2026-11-12", "--minimum", "0.01")
    #expect(earlier.cautions.count == 1)
    #expect(earlier.levers.contains { $0.id == "cache/summarise" && $0.change == "better" })
    #expect(earlier.levers.contains { $0.id == "storm/85bce1e35ceab3e9" && $0.change == "gone" })
    #expect(earlier.realised_month_usd > 1)
  }

  @Test func `what cannot be compared, and what is no amount, is said`() throws {
    let odd = try forensics.write("{}", to: "odd.json")
    let result = try audit("--baseline", odd)
    #expect(result.status == 1)
    #expect(result.errors.contains("is no audit"))
    #expect(try audit("--baseline", "nowhere.json").errors.contains("check the path"))
    #expect(try audit("--minimum", "-1").status == 64)
  }

  @Test func `a window without calls has no levers and says where the calls are`() throws {
    let result = try forensics("audit", "--since", "2025-01-01", "--until", "2025-02-01")
    #expect(result.status == 0)
    #expect(result.output.contains("no lever was found"))
    #expect(result.errors.contains("the newest is of 2026-11-15"))
  }

  @Test func `names from logs are escaped in HTML and Markdown`() throws {
    let line = { (n: Int) in
      #"{"occurred_at":"2026-11-10T00:00:0\#(n % 10)Z","request_id":"x\#(n)","feature":"<b>a|b</b>","#
        + #""model":"claude-opus-5-5","input_tokens":100000,"output_tokens":10,"status_code":499}"#
        + "\n"
    }
    let log = try forensics.write((0..<20).map(line).joined(), to: "odd.jsonl")
    _ = try forensics("import", log)
    let html = try audit("--format", "html").output
    #expect(html.contains("&lt;b&gt;a|b&lt;/b&gt;"))
    #expect(!html.contains("<b>a"))
    #expect(!html.contains("<script"))
    let markdown = try audit("--format", "markdown").output
    #expect(markdown.contains(#"\<b\>a\|b\</b\>"#))
  }
}
