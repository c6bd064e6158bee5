import Foundation
import Testing

@testable import forensics

/// An interrupted fetch goes on where it stopped, and only where that is true to the report.
@Suite struct FetchResumeTests {
  private func api(
    _ faults: [Int: LoopbackServer.Turn] = [:]
  ) throws -> LoopbackServer {
    try ReportAPI("admin-cost-report.json", pageSize: 5, faults: faults).server
  }

  private func pages(_ server: LoopbackServer) -> [String?] {
    server.seen.map { ReportAPI.query($0.line)["page"]?.first }
  }

  /// The report as one uninterrupted fetch brings it.
  private func whole() throws -> String {
    let desk = try FetchDesk()
    _ = try desk.fetch(desk.question(.adminCost, at: try api()))
    return desk.report
  }

  @Test func `what failed goes on behind the pages that are there`() throws {
    let desk = try FetchDesk()
    let server = try api([3: .answer(500)])
    let question = desk.question(.adminCost, at: server)
    #expect(try desk.fetch(question, tries: 1).error.contains("2 pages are kept"))
    // The program died while it wrote the third page.
    let partial = try FileHandle(forWritingTo: URL(fileURLWithPath: desk.path + ".partial"))
    try partial.seekToEnd()
    try partial.write(contentsOf: Data(#"{"data": [{"starting_at":"2026-11-11T00"#.utf8))
    try partial.close()
    let result = try desk.fetch(question)
    #expect(result.said == ["going on behind 2 pages of an earlier run"])
    #expect(result.outcome?.keptPages == 2)
    #expect(pages(server) == [nil, "page_5", "page_10", "page_10"])
    #expect(try desk.report == whole())
    #expect(desk.state.isEmpty)
  }

  @Test func `another question does not go on with these pages, nor does --force`() throws {
    let desk = try FetchDesk()
    let server = try api([2: .answer(500), 4: .answer(500)])
    _ = try desk.fetch(desk.question(.adminCost, at: server), tries: 1)
    _ = try desk.fetch(
      desk.question(.adminCost, at: server, groupBy: ["workspace_id"]), tries: 1)
    _ = try desk.fetch(
      desk.question(.adminCost, at: server, groupBy: ["workspace_id"]), isForced: true)
    #expect(pages(server) == [nil, "page_5", nil, "page_5", nil, "page_5", "page_10"])
    #expect(try desk.report == whole())
  }

  @Test func `pages that have grown old are fetched anew, unless their figures are settled`() throws
  {
    let server = try api([2: .answer(500), 7: .answer(500)])
    let fresh = try FetchDesk()
    let question = fresh.question(.adminCost, at: server)
    _ = try fresh.fetch(question, tries: 1)
    let result = try fresh.fetch(question, now: FetchDesk.now + 2 * FetchDesk.day)
    #expect(result.said.first?.contains("figures have moved since: all anew") == true)
    #expect(result.outcome?.keptPages == 0)
    let settled = try FetchDesk()
    _ = try settled.fetch(question, now: FetchDesk.now + 5 * FetchDesk.day, tries: 1)
    let later = try settled.fetch(question, now: FetchDesk.now + 50 * FetchDesk.day)
    #expect(later.outcome?.keptPages == 1)
  }

  @Test func `a token that is not taken any more begins anew, once the first page is there`() throws
  {
    let desk = try FetchDesk()
    let server = try api([
      3: .answer(500), 4: ReportAPI.error(400, "invalid_request_error", "page: expired"),
      5: .answer(500), 6: ReportAPI.error(400, "invalid_request_error", "page: expired"),
    ])
    let question = desk.question(.adminCost, at: server)
    _ = try desk.fetch(question, tries: 1)
    // Refused, and then the server fails: nothing is lost by it.
    _ = try desk.fetch(question, tries: 1)
    #expect(desk.partial.split(separator: "\n").count == 2)
    let result = try desk.fetch(question)
    #expect(result.said.contains("127.0.0.1 does not know the next page any more (400): all anew"))
    #expect(try desk.report == whole())
    #expect(result.outcome?.state.pages == 3)
  }

  @Test func `pages that are made anew while they are read are read anew, twice at most`() throws {
    let desk = try FetchDesk()
    let server = try api([2: .answer(410)])
    let result = try desk.fetch(desk.question(.adminCost, at: server))
    #expect(pages(server) == [nil, "page_5", nil, "page_5", "page_10"])
    #expect(result.outcome?.state.rows == 513)
    let restless = try api([2: .answer(410), 4: .answer(410), 6: .answer(410)])
    let failed = try desk.fetch(desk.question(.adminCost, at: restless))
    #expect(failed.error.contains("answered 410: the pages were made anew"))
  }

  @Test func `a wrong question is not asked again without its token`() throws {
    let desk = try FetchDesk()
    let server = try api([1: .answer(400)])
    _ = try desk.fetch(desk.question(.adminCost, at: server))
    #expect(server.seen.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).isEmpty)
  }

  @Test func `two organisations do not share a file`() throws {
    let desk = try FetchDesk()
    let foreign = LoopbackServer.Turn.answer(
      200, headers: ["anthropic-organization-id: org-alder-bank"],
      body: #"{"data":[{"results":[]}],"has_more":false,"next_page":null}"#)
    let result = try desk.fetch(desk.question(.adminCost, at: try api([2: foreign])))
    #expect(result.error.contains("another organisation's"))
    #expect(desk.partial.split(separator: "\n").count == 1)
  }

  @Test func `a file says when its first page was fetched`() throws {
    let desk = try FetchDesk()
    let server = try api([2: .answer(500)])
    let question = desk.question(.adminCost, at: server)
    _ = try desk.fetch(question, tries: 1)
    _ = try desk.fetch(question, now: FetchDesk.now + 3_600_000)
    let written = try FileManager.default.attributesOfItem(atPath: desk.path)
    #expect(
      (written[.modificationDate] as? Date)?.timeIntervalSince1970
        == Double(FetchDesk.now) / 1000)
    #expect((written[.posixPermissions] as? Int) == 0o600)
  }

  @Test func `settled is what was fetched when its figures did not move any more`() throws {
    let desk = try FetchDesk()
    let server = try api()
    let question = desk.question(.adminCost, at: server)
    let report = FetchReport(question: question, path: desk.path)
    #expect(!report.isSettled)
    _ = try desk.fetch(question, now: FetchDesk.now + FetchDesk.day - 1)
    #expect(!report.isSettled)
    _ = try desk.fetch(question, now: FetchDesk.now + FetchDesk.day)
    #expect(report.isSettled)
    let analytics = ReportQuestion(
      .analyticsCost, since: question.since, until: question.until, base: server.url)
    #expect(!FetchReport(question: analytics, path: desk.path).isSettled)
  }
}
