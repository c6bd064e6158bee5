import Foundation
import Testing

/// `close` and `reopen` as they are typed.
@Suite struct CloseCommandTests {
  private func line(_ id: String, _ day: String) -> String {
    #"{"occurred_at":"\#(day)T09:00:00Z","request_id":"\#(id)","tenant_id":"alder-bank","#
      + #""model":"claude-sonnet-4-6","input_tokens":1000,"output_tokens":200}"# + "\n"
  }

  private func october() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      line("req_1", "2026-10-05") + line("req_2", "2026-10-31"), to: "october.jsonl")
    #expect(try forensics("import", log).status == 0)
    return forensics
  }

  @Test func `a month is closed, a late call is an adjustment, and all of it is listed`() throws {
    let forensics = try october()
    let report = try forensics.write("tenant,usd\nalder-bank,0.012\n", to: "out/october.csv")
    let folder = URL(fileURLWithPath: report).deletingLastPathComponent().path
    let closed = try forensics(
      "close", "2026-10", "--by", "ana", "--as-of", "2026-11-02", "--files", folder)
    #expect(closed.status == 0)
    #expect(closed.output.contains("2026-10 is closed: 2026-10-01 to 2026-10-31, UTC"))
    #expect(closed.output.contains("cost           $0.012000"))
    let late = try forensics.write(line("req_3", "2026-10-30"), to: "late.jsonl")
    _ = try forensics("import", late)
    let list = try forensics("close", "--list", "--format", "jsonl").output
    #expect(list.contains(#""calls":2,"cost_usd":0.012,"#))
    #expect(list.contains(#""since_calls":1,"since_usd":0.006,"#))
    #expect(list.contains(#""since_first_dated_at":"2026-11-01T00:00:00.000Z""#))
    let shown = try forensics("close", "--adjustments", "2026-10", "--format", "csv").output
    let rows = shown.split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[1].hasPrefix("2026-10,2026-11-01T00:00:00.000Z,1,"))
    #expect(rows[1].contains("req_3") && rows[1].contains("\(late),1,2,"))
    let verified = try forensics("close", "--verify", "--format", "csv")
    #expect(verified.status == 0)
    #expect(verified.output.contains("2026-10,1,equal,2,0.012,1,"))
  }

  @Test func `the issued files are handed out again, and never over others`() throws {
    let forensics = try october()
    let report = try forensics.write("one\r\ntwo\u{0}", to: "out/report.bin")
    _ = try forensics(
      "close", "2026-10", "--as-of", "2026-11-02", "--files", report, "--by", "ana")
    let again = forensics.folder.appendingPathComponent("again")
    #expect(
      try forensics("close", "--files-of", "2026-10", "--output-dir", again.path).status == 0)
    #expect(
      try Data(contentsOf: again.appendingPathComponent("report.bin"))
        == Data(contentsOf: URL(fileURLWithPath: report)))
    #expect(
      try forensics("close", "--files-of", "1", "--format", "csv").output.hasPrefix(
        "name,bytes,sha256\nreport.bin,9,"))
    try Data("mine".utf8).write(to: again.appendingPathComponent("report.bin"))
    let refused = try forensics("close", "--files-of", "2026-10", "--output-dir", again.path)
    #expect(refused.status == 1 && refused.errors.contains("is there already"))
    let missing = try forensics(
      "close", "2026-W40", "--as-of", "2026-11-02", "--files", "nowhere.xlsx")
    #expect(missing.status == 1 && missing.errors.contains("there is no file 'nowhere.xlsx'"))
  }

  @Test func `what cannot be closed is refused with the way out`() throws {
    let forensics = try october()
    let early = try forensics("close", "2026-10", "--as-of", "2026-10-31")
    #expect(early.status == 1)
    #expect(early.errors.contains("2026-10 is not over yet; close it from 2026-11-01 00:00 UTC on"))
    let zoned = try forensics(
      "close", "2026-10", "--as-of", "2026-11-01T00:30:00Z", "--timezone", "America/Toronto")
    #expect(zoned.status == 1 && zoned.errors.contains("2026-11-01 04:00 UTC"))
    #expect(try forensics("close", "2026-10", "--as-of", "2026-11-02", "--dry-run").status == 0)
    #expect(try forensics("close", "2026-10", "--as-of", "2026-11-02").status == 0)
    let week = try forensics("close", "2026-W44", "--as-of", "2026-11-02")
    #expect(week.status == 1 && week.errors.contains("forensics reopen 2026-10 --why TEXT"))
    let empty = try forensics("close", "2026-Q1", "--as-of", "2026-11-02")
    #expect(empty.status == 1 && empty.errors.contains("--allow-empty"))
    for wrong in [
      ["close"], ["close", "october"], ["close", "2026-10", "--list"],
      ["close", "--output-dir", "x"],
      ["close", "--list", "--verify"], ["close", "--list", "--limit", "3"],
      ["reopen", "2026-10"], ["reopen", "2026-10", "--why", " "],
    ] {
      #expect(try forensics.run(wrong).status == 64, "\(wrong)")
    }
    let unknown = try forensics("close", "--verify", "2026-09")
    #expect(unknown.status == 1 && unknown.errors.contains("closed are 2026-10"))
  }

  @Test func `strictly closed is only what nothing speaks against`() throws {
    let forensics = try october()
    let torn = try forensics.write(line("req_4", "2026-10-06") + "{torn\n", to: "torn.jsonl")
    _ = try forensics("import", torn)
    let strict = try forensics("close", "2026-10", "--as-of", "2026-11-02", "--strict")
    #expect(strict.status == 1)
    #expect(strict.errors.contains("2026-10: 1 record of the imports that tell of it was rejected"))
    #expect(
      try forensics("close", "--list", "--format", "csv").output.split(separator: "\n").count == 1)
    let closed = try forensics("close", "2026-10", "--as-of", "2026-11-02")
    #expect(closed.status == 0 && closed.errors.contains("rejected"))
  }

  @Test func `a period is opened again with a reason that stays on record`() throws {
    let forensics = try october()
    _ = try forensics("close", "2026-10", "--as-of", "2026-11-02", "--by", "ana")
    let late = try forensics.write(line("req_3", "2026-10-30"), to: "late.jsonl")
    _ = try forensics("import", late)
    let reopened = try forensics("reopen", "2026-10", "--why", "the log of berlin", "--by", "ben")
    #expect(reopened.status == 0)
    #expect(reopened.output.contains("since then      $0.006000, now its own"))
    let list = try forensics("close", "--list", "--format", "jsonl").output
    #expect(list.contains(#""reopened_by":"ben""#) && list.contains("the log of berlin"))
    #expect(try forensics("reopen", "2026-10", "--why", "again").status == 1)
    #expect(
      try forensics("close", "2026-10", "--as-of", "2026-11-02").output.contains("$0.018000"))
  }

  @Test func `what is not what it was has exit status 3`() throws {
    let forensics = try october()
    let report = try forensics.write("alder-bank owes 0.012", to: "october.txt")
    _ = try forensics("close", "2026-10", "--as-of", "2026-11-02", "--files", report)
    #expect(try forensics("close", "--verify", "2026-10").status == 0)
    // A disk that lost a digit.
    let file = URL(fileURLWithPath: forensics.database)
    var bytes = try Data(contentsOf: file)
    let place = try #require(bytes.range(of: Data("owes 0.012".utf8)))
    bytes.replaceSubrange(place, with: Data("owes 0.002".utf8))
    try bytes.write(to: file)
    let differs = try forensics("close", "--verify", "--format", "csv")
    #expect(differs.status == 3)
    #expect(
      differs.output.contains("differs") && differs.output.contains("'october.txt' is another"))
  }
}
