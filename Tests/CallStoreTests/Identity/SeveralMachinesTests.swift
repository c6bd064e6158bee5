import Foundation
import Testing

@testable import CallStore

/// Logs and databases of several machines.
@Suite struct SeveralMachinesTests {
  private let here: Desk
  private let there: Desk

  init() throws {
    here = try Desk()
    there = try Desk()
  }

  private func merge(_ other: Desk, into desk: Desk, label: String = "") throws -> ImportSummary {
    var options = ImportOptions()
    options.now = Desk.now
    options.label = label
    let summary = try DatabaseMerge(into: desk.file, options: options).merge(other.file)
    #expect(summary.addsUp)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
    return summary
  }

  @Test func `a merged database's calls count once, and merging it again changes nothing`() throws {
    try here.load("app.jsonl", [answer("msg_1"), answer("msg_2")])
    try there.load("gateway.jsonl", [answer("msg_2", ["user_id": "ana"]), answer("msg_3")])
    #expect(try merge(there, into: here).outcomes == [2, 1, 1, 0, 0, 0])
    #expect(
      try here.list("SELECT message_id, user_id, source_file LIKE '%app%' FROM llm_call ORDER BY 1")
        == "msg_1 NULL 1, msg_2 ana 1, msg_3 NULL 0")
    let before = try here.contents()
    #expect(try merge(there, into: here).outcomes == [2, 0, 0, 2, 0, 0])
    #expect(difference(before, try here.contents()) == [])
  }

  @Test func `merging again follows what changed there`() throws {
    try there.load("app.jsonl", [answer("msg_1", ["output_tokens": 2])])
    _ = try merge(there, into: here)
    try there.append("app.jsonl", [answer("msg_1"), answer("msg_2")])
    try there.load("app.jsonl")
    _ = try merge(there, into: here)
    #expect(difference(try there.contents(), try here.contents()) == [])
    _ = try ImportUndo(there.file).undo(2, at: Desk.now)
    _ = try merge(there, into: here)
    #expect(difference(try there.contents(), try here.contents()) == [])
  }

  @Test func `databases that merged each other agree and settle`() throws {
    try here.load("app.jsonl", [answer("msg_1"), answer("msg_2")])
    try there.load("gateway.jsonl", [answer("msg_2", ["output_tokens": 7]), answer("msg_3")])
    _ = try merge(there, into: here)
    _ = try merge(here, into: there)
    let columns = "SELECT message_id, output_tokens FROM llm_call ORDER BY 1"
    #expect(try here.list(columns) == "msg_1 200, msg_2 200, msg_3 200")
    let agreed = try here.list(columns)
    #expect(try there.list(columns) == agreed)
    let before = try here.contents()
    #expect(try merge(there, into: here).updated == 0)
    #expect(difference(before, try here.contents()) == [])
  }

  @Test func `a merge is undone like any import`() throws {
    try here.load("app.jsonl", [answer("msg_1")])
    let before = try here.contents()
    try there.load("app.jsonl", [answer("msg_1", ["feature": "search"]), answer("msg_2")])
    _ = try merge(there, into: here)
    _ = try ImportUndo(here.file).undo(2, at: Desk.now)
    #expect(difference(before, try here.contents()) == [])
  }

  @Test func `a database is not merged into itself or a copy of it`() throws {
    try here.load("app.jsonl", [answer("msg_1")])
    let copy = DatabaseFile(path: here.path("copy.db"))
    try FileManager.default.copyItem(atPath: here.file.path, toPath: copy.path)
    #expect(throws: StoreError.sameDatabase(copy.path)) {
      try DatabaseMerge(into: here.file, options: ImportOptions()).merge(copy)
    }
  }

  @Test func `equal lines and paths of labelled machines are kept apart`() throws {
    let line = answer()
    try here.load("app.jsonl", [line, line])
    // A copy on the same machine is the same two calls.
    try here.load("copy.jsonl", [line, line])
    #expect(try here.number("SELECT COUNT(*) FROM llm_call") == 2)
    try here.load("app.jsonl") { $0.label = "web-2" }
    #expect(try here.number("SELECT COUNT(*) FROM llm_call") == 4)
    #expect(try here.load("app.jsonl", with: { $0.label = "web-2" }).records == 0)
    #expect(
      try here.list("SELECT source_label, COUNT(*) FROM llm_call GROUP BY 1 ORDER BY 1")
        == " 2, web-2 2")
  }

  @Test func `a merged database's logs can be labelled`() throws {
    try there.load("app.jsonl", [answer("msg_1")])
    _ = try merge(there, into: here, label: "berlin")
    #expect(try here.list("SELECT DISTINCT source_label FROM llm_call") == "berlin")
  }
}
