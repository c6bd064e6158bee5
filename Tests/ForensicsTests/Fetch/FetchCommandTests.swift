import Foundation
import Testing

@testable import forensics

/// `fetch` as it is typed, and what `import` makes of its files.
@Suite struct FetchCommandTests {
  private func fetch(
    _ forensics: ForensicsBinary, _ api: LoopbackServer, _ more: String...,
    report: String = "admin-cost", environment: [String: String] = [:]
  ) throws -> ForensicsBinary.Result {
    let result = try forensics.run(
      ["fetch", report, "--since", "2026-11-01", "--until", "2026-11-16", "--base-url", api.url]
        + more, in: forensics.folder,
      environment: ["ANTHROPIC_ADMIN_KEY": ReportAPI.key].merging(environment) { $1 })
    try expectNoKey(in: forensics, result)
    return result
  }

  /// The key is nowhere: not in what is printed, nor in any file.
  private func expectNoKey(in forensics: ForensicsBinary, _ result: ForensicsBinary.Result) throws {
    #expect(!(result.output + result.errors).contains(ReportAPI.key))
    for name in try FileManager.default.subpathsOfDirectory(atPath: forensics.folder.path)
    where name != "key" {
      let file = forensics.folder.appendingPathComponent(name)
      let data = (try? Data(contentsOf: file)) ?? Data()
      #expect(data.range(of: Data(ReportAPI.key.utf8)) == nil, "\(name)")
    }
  }

  private let buckets = """
    SELECT report, starting_at, ending_at, grouped_by, model, workspace_id, description, token_type, \
    service_tier, context_window, inference_geo, input_tokens, cache_create_tokens, cache_read_tokens, \
    output_tokens, amount, amount_usd_nanos FROM usage_bucket ORDER BY 1, 2, 3, 5, 6, 7, 8, 9, 10, 11
    """

  @Test(arguments: ["usage", "cost"])
  func `what was fetched becomes the buckets of the sample`(_ report: String) throws {
    let sample = "admin-\(report)-report.json"
    let (direct, fetched) = (try ForensicsBinary(), try ForensicsBinary())
    #expect(try direct("import", "sample-data/" + sample).status == 0)
    let api = try ReportAPI(sample, pageSize: 4)
    let result = try fetch(fetched, api.server, report: "admin-" + report)
    #expect(result.status == 0)
    let file = result.output.trimmingCharacters(in: .newlines)
    #expect(file.hasPrefix("admin-\(report)_2026-11-01_2026-11-16"))
    #expect(result.errors.contains("4 pages, 15 days, "))
    #expect(result.errors.contains("next: forensics import \(file)\n"))
    let imported = try fetched("import", file, in: fetched.folder)
    #expect(imported.status == 0, "\(imported.errors)")
    let rows = try fetched("sql", buckets, "--format", "csv").output
    #expect(rows == (try direct("sql", buckets, "--format", "csv").output))
    #expect(rows.split(separator: "\n").count == (report == "usage" ? 119 : 514))
  }

  @Test func `analytics become the buckets of their sample as well`() throws {
    let sample = "formats/analytics-report-cost.json"
    let (direct, fetched) = (try ForensicsBinary(), try ForensicsBinary())
    #expect(try direct("import", "sample-data/" + sample).status == 0)
    let api = try ReportAPI(sample, pageSize: 3)
    let result = try fetched.run(
      [
        "fetch", "analytics-cost", "--since", "2026-10-01", "--until", "2026-10-31", "--base-url",
        api.server.url,
      ], in: fetched.folder,
      environment: ["ANTHROPIC_ADMIN_KEY": "wrong", "ANTHROPIC_ANALYTICS_KEY": ReportAPI.key])
    #expect(result.errors.contains("3 pages, 7 rows"))
    #expect(try fetched("import", fetched.folder.path).status == 0)
    let rows = try fetched("sql", buckets, "--format", "csv").output
    #expect(rows == (try direct("sql", buckets, "--format", "csv").output))
  }

  @Test func `a figure that was revised in the middle of a file is not missed`() throws {
    let forensics = try ForensicsBinary()
    let elements = try ReportAPI.elements(of: "admin-cost-report.json").map(\.json)
    func page(_ elements: [String]) -> LoopbackServer.Turn {
      .answer(
        200,
        body: #"{"data":[\#(elements.joined(separator: ","))],"has_more":false,"next_page":null}"#)
    }
    var revised = elements
    let place = try #require(revised[7].firstRange(of: /"amount":"[0-9]/))
    // As long as before, far from both ends.
    revised[7].replaceSubrange(place, with: #""amount":"9"#)
    #expect(revised[7] != elements[7])
    let server = try LoopbackServer(page(elements), page(revised))
    let sum = "SELECT SUM(amount_usd_nanos) AS n FROM usage_bucket"
    var sums: [String] = []
    for _ in 1...2 {
      let file = try fetch(forensics, server, "--force").output.trimmingCharacters(in: .newlines)
      #expect(try forensics("import", file, in: forensics.folder).status == 0)
      sums.append(try forensics("sql", sum, "--format", "csv").output)
    }
    #expect(sums[0] != sums[1])
  }

  @Test func `a range without usage is an answer too`() throws {
    let forensics = try ForensicsBinary()
    let server = try LoopbackServer(
      .answer(
        200,
        body: #"{"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","#
          + #""results":[]}],"has_more":false,"next_page":null}"#))
    let result = try fetch(forensics, server)
    #expect(result.errors.contains("1 page, 1 day, 0 rows"))
    #expect(result.errors.contains("the answer has 1 of the 15 days that were asked for"))
    let file = result.output.trimmingCharacters(in: .newlines)
    #expect(try forensics("import", file, in: forensics.folder).status == 0)
  }

  @Test func `a fetch that was killed goes on where it was`() throws {
    let forensics = try ForensicsBinary()
    let api = try ReportAPI("admin-cost-report.json", pageSize: 5, faults: [2: .silence])
    let process = Process()
    process.executableURL = ForensicsBinary.program
    process.arguments = [
      "fetch", "admin-cost", "--since", "2026-11-01", "--until", "2026-11-16", "--base-url",
      api.server.url,
    ]
    process.currentDirectoryURL = forensics.folder
    process.environment = ["HOME": forensics.folder.path, "ANTHROPIC_ADMIN_KEY": ReportAPI.key]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = Date(timeIntervalSinceNow: 20)
    while api.server.seen.count < 2, Date() < deadline { usleep(10_000) }
    // While it runs, nobody else writes the same.
    #expect(try fetch(forensics, api.server).status == 75)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let result = try fetch(forensics, api.server, "-j")
    #expect(result.status == 0)
    #expect(result.errors.contains("going on behind 1 page of an earlier run"))
    #expect(result.output.contains(#""pages":3,"kept_pages":1,"buckets":15,"rows":513,"#))
    #expect(api.server.seen.count == 4)
  }

  @Test func `what is settled is not fetched again, unless it is wanted`() throws {
    let forensics = try ForensicsBinary()
    let refusal = ReportAPI.error(403, "x", "no")
    let api = try ReportAPI("admin-cost-report.json", pageSize: 8, faults: [4: refusal])
    let first = try fetch(forensics, api.server, "-j")
    #expect(first.output.contains(#""fetched":true,"final":true"#))
    let second = try fetch(forensics, api.server, "-j")
    #expect(second.output.contains(#""fetched":false,"final":true,"pages":null"#))
    #expect(second.errors.contains("its figures no longer move; --force fetches it again"))
    #expect(api.server.seen.count == 2)
    #expect(try fetch(forensics, api.server, "--force").status == 1)
    // What was begun goes on, though an older file is there.
    let third = try fetch(forensics, api.server, "-j")
    #expect(third.output.contains(#""pages":2,"kept_pages":1"#))
    #expect(api.server.seen.count == 5)
    let names = try FileManager.default.contentsOfDirectory(atPath: forensics.folder.path)
    #expect(!names.contains { $0.contains("partial") })
  }

  @Test func `a key file is private`() throws {
    let forensics = try ForensicsBinary()
    let api = try ReportAPI("admin-cost-report.json")
    let file = try forensics.write(ReportAPI.key + "\n", to: "key")
    func mode(_ mode: Int) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }
    try mode(0o644)
    let open = try fetch(forensics, api.server, "--key-file", file)
    #expect(open.status == 1)
    #expect(open.errors.contains("chmod 600 \(file)"))
    #expect(api.server.seen.isEmpty)
    try mode(0o600)
    let result = try fetch(
      forensics, api.server, "--key-file", file, environment: ["ANTHROPIC_ADMIN_KEY": "another"])
    #expect(result.status == 0)
    _ = try forensics.write("", to: "key")
    try mode(0o600)
    for (name, what) in [("nowhere", "cannot be read"), ("key", "holds no key")] {
      let none = try fetch(forensics, api.server, "--force", "--key-file", name)
      #expect(none.status == 1)
      #expect(none.errors.contains(what))
    }
  }

  @Test func `what stays on this machine is not sent by a proxy`() throws {
    let forensics = try ForensicsBinary()
    let api = try ReportAPI("admin-cost-report.json")
    let proxy = try LoopbackServer(.answer(200))
    let result = try fetch(forensics, api.server, environment: ["http_proxy": proxy.url])
    #expect(result.status == 0)
    #expect(proxy.seen.isEmpty)
  }

  @Test func `a failure names the way out`() throws {
    let forensics = try ForensicsBinary()
    let api = try ReportAPI(
      "admin-cost-report.json", pageSize: 5, faults: [2: ReportAPI.error(403, "x", "no")])
    let failed = try fetch(forensics, api.server)
    #expect(failed.status == 1)
    #expect(
      failed.errors.contains(
        "1 page is kept; this goes on behind them: forensics fetch admin-cost --since 2026-11-01 "
          + "--until 2026-11-16 --base-url \(api.server.url)"))
    let keyless = try fetch(forensics, api.server, environment: ["ANTHROPIC_ADMIN_KEY": ""])
    #expect(keyless.status == 1)
    #expect(keyless.errors.contains("name it with --key-file FILE"))
    let nowhere = try fetch(forensics, api.server, "--output-dir", "no where")
    #expect(nowhere.errors.contains("mkdir -p 'no where'"))
  }

  @Test(arguments: [
    (["admin-cost", "--bucket", "1h"], "has whole days only"),
    (["admin-cost", "--group-by", "model"], "it knows workspace_id, description"),
    (["admin-usage", "--group-by", "Model;x"], "cannot be grouped by 'Model;x'"),
    (["analytics-usage", "--group-by", "Model;x"], "names such as workspace_id"),
    (["analytics-usage", "--group-by", "all,model"], "stands by itself"),
    (["admin-cost", "--base-url", "http://gateway.lumen-desk.example"], "not sent over http://"),
    (["admin-cost", "--base-url", "https://x.example/?key=1"], "no ? and no #"),
    (["admin-cost", "--base-url", "https://me:secret@x.example"], "holds a name or a password"),
    (["admin-cost", "--timeout", "0"], "1 to 3600"),
    (["admin-cost", "--since", "2026-11-05", "--until", "2026-11-05"], "no whole day"),
    (["invoices"], "'invoices'"),
  ]) func `wrong wishes are said before anything is sent`(_ wish: [String], _ what: String) throws {
    let result = try ForensicsBinary().run(["fetch"] + wish)
    #expect(result.status == 64)
    #expect(result.errors.contains(what), "\(result.errors)")
  }
}
