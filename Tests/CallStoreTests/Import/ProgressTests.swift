import Foundation
import Testing

@testable import CallStore

/// What the progress bar is told while the help desk's logs are read.
@Suite struct ProgressTests {
  private func progress(_ desk: Desk, _ names: String...) throws -> [ImportProgress] {
    var told: [ImportProgress] = []
    var options = ImportOptions()
    options.now = Desk.now
    options.callsPerCommit = 40
    let paths = names.map {
      ImportPath(path: desk.path($0), shown: $0, isExplicit: true)
    }
    _ = try Importer(into: desk.file, options: options).run(paths) { told.append($0) }
    return told
  }

  private func lines(_ range: Range<Int>) -> [String] {
    range.map { answer("msg_\($0)") }
  }

  @Test func `it ends where the files end, compressed or not`() throws {
    let desk = try Desk()
    try desk.write("plain.jsonl", lines(0..<300))
    try desk.write("old.jsonl.gz", gzipped: lines(300..<600))
    let told = try progress(desk, "plain.jsonl", "old.jsonl.gz")
    let last = try #require(told.last)
    #expect(last.readBytes == last.totalBytes)
    #expect(told.allSatisfy { $0.readBytes <= $0.totalBytes })
    #expect(told.count > 3)
  }

  @Test func `what was read before counts as read when a log has grown`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", lines(0..<500))
    try desk.append("app.jsonl", lines(500..<520))
    let told = try progress(desk, "app.jsonl")
    let last = try #require(told.last)
    #expect(last.readBytes == last.totalBytes)
  }
}
