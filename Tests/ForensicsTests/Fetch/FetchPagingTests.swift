import Foundation
import Testing

@testable import forensics

/// Page after page, against a server that behaves as documented.
@Suite struct FetchPagingTests {
  @Test func `every page is asked for with the token of the one before, and kept as a line`() throws
  {
    let api = try ReportAPI("admin-cost-report.json", pageSize: 4)
    let desk = try FetchDesk()
    let result = try desk.fetch(desk.question(.adminCost, at: api.server))
    #expect(result.error == "")
    let state = try #require(result.outcome?.state)
    #expect(state.pages == 4)
    #expect(state.elements == 15)
    #expect(state.rows == 513)
    #expect(result.outcome?.keptPages == 0)
    let queries = api.server.seen.map { ReportAPI.query($0.line) }
    #expect(queries.map { $0["page"]?.first } == [nil, "page_4", "page_8", "page_12"])
    #expect(desk.report.split(separator: "\n").count == 4)
    #expect(Set(queries.map { $0["starting_at"] }) == [["2026-11-01T00:00:00Z"]])
    #expect(Set(queries.map { $0["ending_at"] }) == [["2026-11-16T00:00:00Z"]])
    #expect(desk.partial.isEmpty)
    #expect(desk.state.isEmpty)
  }

  @Test func `a usage report is asked for in the largest pages, by what a price depends on`() throws
  {
    let api = try ReportAPI("admin-usage-report.json")
    let desk = try FetchDesk()
    #expect(try desk.fetch(desk.question(.adminUsage, at: api.server)).outcome != nil)
    let seen = try #require(api.server.seen.first)
    #expect(seen.line.hasPrefix("GET /v1/organizations/usage_report/messages?"))
    #expect(seen.headers["x-api-key"] == ReportAPI.key)
    #expect(seen.headers["anthropic-beta"] == nil)
    let query = ReportAPI.query(seen.line)
    #expect(query["limit"] == ["31"])
    #expect(query["bucket_width"] == ["1d"])
    #expect(
      query["group_by[]"]
        == ["workspace_id", "model", "service_tier", "context_window", "inference_geo"])
  }

  @Test(arguments: [(BucketWidth.hour, "168"), (.minute, "1440")])
  func `hours and minutes have pages of their own size`(_ width: BucketWidth, _ limit: String)
    throws
  {
    let api = try ReportAPI("admin-usage-report.json")
    let desk = try FetchDesk()
    _ = try desk.fetch(desk.question(.adminUsage, at: api.server, width: width))
    let query = ReportAPI.query(api.server.seen.first?.line ?? "")
    #expect(query["limit"] == [limit])
    #expect(query["bucket_width"] == [width.rawValue])
  }

  @Test func `speed is in beta, and its header is sent only when it is asked for`() throws {
    let api = try ReportAPI("admin-usage-report.json")
    let desk = try FetchDesk()
    let question = desk.question(.adminUsage, at: api.server, groupBy: ["speed", "model"])
    _ = try desk.fetch(question)
    #expect(api.server.seen.first?.headers["anthropic-beta"] == "fast-mode-2026-02-01")
    #expect(question.groupBy == ["model", "speed"])
  }

  @Test func `analytics take 31 days at once, so that longer ranges are asked for in pieces`()
    throws
  {
    let api = try ReportAPI("formats/analytics-report-usage.json")
    let desk = try FetchDesk()
    let question = ReportQuestion(
      .analyticsUsage, since: FetchDesk.now - 70 * FetchDesk.day, until: FetchDesk.now,
      base: api.server.url)
    let result = try desk.fetch(question)
    #expect(result.error == "")
    let queries = api.server.seen.map { ReportAPI.query($0.line) }
    #expect(
      queries.map { $0["starting_at"]?.first }
        == ["2026-09-07T00:00:00Z", "2026-10-08T00:00:00Z", "2026-11-08T00:00:00Z"])
    #expect(queries.last?["ending_at"] == ["2026-11-16T00:00:00Z"])
    #expect(queries[0]["time_bucket_width"] == ["1d"])
    #expect(queries[0]["limit"] == nil)
    #expect(
      api.server.seen.allSatisfy {
        $0.headers["anthropic-beta"] == "analytics-usage-cost-2026-08-24"
      })
    // The rows of October are in the first piece; the others are pages without any.
    #expect(result.outcome?.state.rows == 6)
    #expect(result.outcome?.state.pages == 3)
  }

  @Test func `a page too large for one record of a log is kept in several`() throws {
    let elements = try ReportAPI.elements(of: "admin-usage-report.json").map(\.json)
    let body =
      #"{"data":[\#(elements.joined(separator: ",\n"))],"has_more":false,"#
      + #""data_refreshed_at":"2026-11-16T02:00:00Z","next_page":null}"#
    let whole = try FetchedPage(Array(body.utf8), fetchedAt: 0)
    let split = try FetchedPage(Array(body.utf8), fetchedAt: 0, largestLine: 20_000)
    #expect(whole.lines.count { $0 == 0x0A } == 1)
    let lines = String(decoding: split.lines, as: UTF8.self).split(separator: "\n")
    #expect(lines.count > 2)
    let pages = try lines.map { try FetchedPage(Array($0.utf8), fetchedAt: 1) }
    #expect(pages.reduce(0) { $0 + $1.elements } == whole.elements)
    #expect(pages.reduce(0) { $0 + $1.rows } == whole.rows)
    #expect(lines.allSatisfy { $0.contains(#""data_refreshed_at":"2026-11-16T02:00:00Z""#) })
    // What is stamped is not stamped again.
    #expect(
      pages.allSatisfy {
        String(decoding: $0.lines, as: UTF8.self).contains("1970-01-01T00:00:00.000Z")
      })
  }
}
