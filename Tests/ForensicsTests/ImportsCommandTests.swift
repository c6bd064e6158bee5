import Foundation
import Testing

/// `imports`, `imports undo`, `merge` and `rejects retry` as they are typed.
@Suite struct ImportsCommandTests {
  private let line =
    #"{"occurred_at":"2026-11-03T09:00:00Z","request_id":"ID","model":"claude-sonnet-4-6","input_tokens":1000,"output_tokens":200}"#

  private func line(_ id: String) -> String { line.replacing("ID", with: id) + "\n" }

  @Test func `a wrong import is found in the list and taken back`() throws {
    let forensics = try ForensicsBinary()
    let good = try forensics.write(line("msg_1"), to: "good.jsonl")
    let wrong = try forensics.write(line("msg_2") + line("msg_3"), to: "wrong.jsonl")
    _ = try forensics("import", good)
    _ = try forensics("import", wrong)
    let list = try forensics("imports", "--format", "csv").output.split(separator: "\n")
    #expect(list.count == 3)
    #expect(list[1].hasPrefix("2,") && list[1].contains(",done,") && list[1].contains(wrong))
    let undone = try forensics("imports", "undo", "2")
    #expect(undone.status == 0)
    #expect(undone.output.contains("calls changed or gone  2"))
    #expect(undone.errors.contains("wrong.jsonl: counts as unread"))
    #expect(try forensics("imports", "--format", "csv").output.contains(",undone,"))
    let left = try forensics("sql", "SELECT COUNT(*) AS n FROM llm_call", "--format", "csv")
    #expect(left.output == "n\n1\n")
    let again = try forensics("imports", "undo", "2")
    #expect(again.status == 1)
    #expect(again.errors.contains("undone already"))
    #expect(try forensics("imports", "undo", "9").errors.contains("forensics imports"))
  }

  @Test func `another machine's database is brought in, and can be brought in again`() throws {
    let (here, there) = (try ForensicsBinary(), try ForensicsBinary())
    _ = try there("import", try there.write(line("msg_1"), to: "there.jsonl"))
    let first = try here("merge", there.database, "--source", "berlin", "-j")
    #expect(first.status == 0)
    #expect(first.output.contains(#""inserted":1"#))
    #expect(try here("merge", there.database, "-j").output.contains(#""duplicates":1"#))
    let labels = try here("sql", "SELECT source_label FROM llm_call", "--format", "csv")
    #expect(labels.output == "source_label\nberlin\n")
    let itself = try here("merge", here.database)
    #expect(itself.status == 1)
    #expect(itself.errors.contains("is this database or a copy of it"))
    let none = try here("merge", "nowhere.db")
    #expect(none.status == 1)
    #expect(none.errors.contains("no forensics database at"))
  }

  @Test func `rejects are tried again with the settings of now`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      line("msg_1") + line("msg_2").replacing("occurred_at", with: "wann"), to: "app.jsonl")
    #expect(try forensics("import", log).status == 2)
    #expect(try forensics("rejects", "retry").status == 2)
    let retried = try forensics("rejects", "retry", "--map", "wann=occurred_at", "-j")
    #expect(retried.status == 0)
    #expect(retried.output.contains(#""inserted":1"#))
    #expect(try forensics("rejects", "--format", "csv").output.split(separator: "\n").count == 1)
  }

  @Test func `a last line without its break waits, unless it is said to be whole`() throws {
    let forensics = try ForensicsBinary()
    let whole = line("msg_1") + line("msg_2")
    let log = try forensics.write(String(whole.dropLast(9)), to: "app.jsonl")
    let first = try forensics("import", log, "-j")
    #expect(first.status == 0)
    #expect(first.output.contains(#""inserted":1"#) && first.output.contains(#""skipped":1"#))
    let final = try forensics("import", log, "--final", "-j")
    #expect(final.output.contains(#""rejected":1"#))
    #expect(final.status == 2)
  }
}
