import Foundation
import Testing

/// What came in, and out again: `imports`, `rejects` and `merge` as people meet them.
@Suite struct LogCommandTests {
  private func call(_ id: Int, _ model: String = "claude-sonnet-5-5") -> String {
    #"{"ts":"2026-11-03T09:00:00Z","request_id":"req_\#(id)","model":"\#(model)","#
      + #""input_tokens":1000,"output_tokens":100}"# + "\n"
  }

  @Test func `an import that is undone says what it took with it, as it was printed before`() throws
  {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let undone = try forensics("imports", "undo", "1")
    #expect(undone.status == 0)
    #expect(undone.output.contains("calls changed or gone  2,178\n"))
    #expect(undone.output.contains("cost changed by        -$32.484500\n"))
    #expect(undone.errors.contains("app-calls.jsonl: counts as unread"))
    let imports = try forensics("imports", "--format", "csv").output
    #expect(imports.contains(",undone,sample-data/app-calls.jsonl,1,2178,2178,"))
    #expect(try forensics("imports", "undo", "1").errors.contains("undone already"))
    #expect(try forensics("imports", "undo", "2").errors.contains("there is no import 2"))
  }

  @Test func `another machine's database is merged once, however often`() throws {
    let forensics = try ForensicsBinary()
    let other = try ForensicsBinary()
    _ = try forensics("import", "-", input: call(1) + call(2))
    _ = try other("import", "-", input: call(2) + call(3))
    let merged = try forensics("merge", other.database)
    #expect(merged.output.hasPrefix("read 2 records from 1 database in "))
    #expect(merged.output.contains("inserted            1"))
    #expect(try forensics("merge", other.database).output.contains("inserted            0"))
    let calls = try forensics("sql", "SELECT COUNT(*) AS n FROM llm_call", "--format", "csv")
    #expect(calls.output == "n\n3\n")
  }

  @Test(arguments: ["no-such.db", "sample-data/calls.csv"])
  func `what is no database is not merged, and does not ask for an import`(_ other: String) throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "-", input: call(1))
    let result = try forensics("merge", other)
    #expect(result.status == 1)
    #expect(result.errors.contains("there is no forensics database at '"))
    #expect(result.errors.contains("name the one of another machine"))
  }

  @Test func `rejects are read once more when a setting is mended`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      call(1) + call(2).replacing(#""ts":"2026-11-03T09:00:00Z","#, with: ""), to: "app.jsonl")
    #expect(try forensics("import", log).status == 2)
    let retried = try forensics("rejects", "retry")
    #expect(retried.status == 2)
    #expect(retried.output.hasPrefix("read 1 record from 1 file"))
    let mended = try forensics("rejects", "retry", "--set", "occurred_at=2026-11-03T09:00:01Z")
    #expect(mended.status == 0)
    #expect(mended.output.contains("inserted            1"))
    #expect(try !forensics("rejects", "--format", "csv").output.contains("app.jsonl"))
  }
}
