import Foundation
import Testing

/// `forensics check` as cron and monitoring run it.
@Suite struct CheckCommandTests {
  private func loaded() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    #expect(try forensics("import", "sample-data/app-calls.jsonl").status == 0)
    return forensics
  }

  private func check(
    _ forensics: ForensicsBinary, _ more: String..., environment: [String: String] = [:]
  ) throws -> ForensicsBinary.Result {
    try forensics.run(["check", "--as-of", "latest"] + more, environment: environment)
  }

  @Test func `exit statuses are those of monitoring plugins`() throws {
    let forensics = try loaded()
    let ok = try check(forensics, "--only", "unpriced,rate-limit")
    #expect(ok.status == 0)
    #expect(ok.output.hasPrefix("FORENSICS OK: 2 checks fine | 'rate-limit'="))
    let warning = try check(forensics, "--only", "cache")
    #expect(warning.status == 1)
    #expect(warning.output.hasPrefix("FORENSICS WARNING: feature summarise read 0.0 %"))
    let file = try forensics.write("check: {budgets: {monthly: 10}}\n", to: "budget.yml")
    let critical = try check(forensics, "--only", "budget", "--config", file)
    #expect(critical.status == 2)
    #expect(critical.output.hasPrefix("FORENSICS CRITICAL: everybody together used $"))
    let stale = try forensics("check", "--as-of", "2027-01-01", "--only", "freshness")
    #expect(stale.status == 3)
    #expect(
      stale.output.hasPrefix("FORENSICS UNKNOWN: the newest call is of 2026-11-15 23:47:30 UTC"))
  }

  @Test func `a look at another day changes nothing of today's alerts`() throws {
    let forensics = try loaded()
    _ = try check(forensics, "--only", "cache")
    let before = try forensics("check", "list").output
    _ = try forensics("check", "--as-of", "2026-11-05", "--only", "cache")
    #expect(try forensics("check", "list").output == before)
  }

  @Test func `whatever cannot be told is 3, with the reason on the first line`() throws {
    let forensics = try loaded()
    let broken = try forensics.write("check:\n  budgets: 5\n", to: "broken.yml")
    let empty = try ForensicsBinary()
    _ = try empty("import", try empty.write("", to: "nothing.jsonl"))
    let cases: [(ForensicsBinary, [String], String)] = [
      (forensics, ["--bogus"], "FORENSICS UNKNOWN: Unknown option '--bogus'"),
      (forensics, ["--only", "budgets"], "FORENSICS UNKNOWN: there is no rule 'budgets'"),
      (forensics, ["--as-of", "yesterday"], "FORENSICS UNKNOWN: --as-of takes"),
      (forensics, ["surplus"], "FORENSICS UNKNOWN: "),
      (forensics, ["--db", "/nowhere/x.db"], "FORENSICS UNKNOWN: there is no database at"),
      (forensics, ["--config", broken], "FORENSICS UNKNOWN: \(broken):2: 'check.budgets' must be"),
      (forensics, ["--config", "/nowhere.yml"], "FORENSICS UNKNOWN: there is no configuration"),
      (empty, [], "FORENSICS UNKNOWN: the database holds no calls yet"),
      (forensics, ["ack", "budget.nobody"], "FORENSICS UNKNOWN: no alert 'budget.nobody' is open"),
      (forensics, ["--notify-env", "NOWHERE"], "FORENSICS UNKNOWN: --notify-env NOWHERE"),
    ]
    for (forensics, arguments, first) in cases {
      let result = try forensics.run(["check"] + arguments)
      #expect(result.status == 3, "\(arguments)")
      #expect(result.output.hasPrefix(first), "\(arguments): \(result.output)\(result.errors)")
      #expect(result.output.split(separator: "\n").count == 1)
    }
    #expect(try forensics("check", "--help").status == 0)
    #expect(try forensics("check", "ack", "--help").status == 0)
    // Everybody else keeps theirs.
    #expect(try forensics("calls", "--bogus").status == 64)
    // A mistyped place is not made one.
    let typo = forensics.folder.appendingPathComponent("typo.db").path
    #expect(try forensics("check", "--db", typo).errors.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: typo + ".alerts.json.lock"))
  }

  @Test func `the answer to programs is clean, also where there is none`() throws {
    let forensics = try loaded()
    let result = try check(forensics, "--format", "json")
    #expect(result.status == 1)
    let document =
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(document?["exit_status"] as? Int == 1)
    let failed = try forensics("check", "--format", "json", "--db", "/nowhere/x.db")
    #expect(failed.status == 3)
    #expect(failed.output.isEmpty)
    #expect(failed.errors.contains("there is no database"))
  }

  @Test func `a collector's file is replaced as a whole and readable for it`() throws {
    let forensics = try loaded()
    let file = forensics.folder.appendingPathComponent("forensics.prom").path
    try Data("old".utf8).write(to: URL(fileURLWithPath: file))
    let result = try check(forensics, "--output", file)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.hasPrefix("# HELP forensics_check_state"))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o644)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: forensics.folder.path)
        .allSatisfy { !$0.hasSuffix(".tmp") })
    #expect(try check(forensics, "--output", "/nowhere/x.prom").status == 3)
  }

  @Test func `an alert is open until it is known, and stays known`() throws {
    let forensics = try loaded()
    #expect(try check(forensics, "--only", "cache").status == 1)
    #expect(
      try forensics("check", "list", "--format", "csv").output.contains("cache.summarise,WARNING,"))
    let known = try forensics(
      "check", "ack", "cache.summarise", "--until", "2026-12-01", "--note", "fixed on Monday")
    #expect(
      known.output == "cache.summarise is acknowledged until 2026-12-01 00:00 UTC, or gets worse\n")
    let fine = try check(forensics, "--only", "cache")
    #expect(fine.status == 0)
    #expect(fine.output.contains("[acknowledged until 2026-12-01 00:00: fixed on Monday]"))
    let week = try forensics("check", "ack", "cache.summarise", "--for", "7d").output
    #expect(week.contains(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC, or gets worse/), "\(week)")
    // Another rule's run does not close it, nor does a dry run reopen it.
    #expect(try check(forensics, "--only", "freshness").status == 0)
    #expect(try check(forensics, "--only", "cache", "--dry-run").status == 0)
    #expect(try forensics("check", "ack", "cache.summarise", "--undo").status == 0)
    #expect(try check(forensics, "--only", "cache").status == 1)
    // A rule that is turned off has nothing open.
    let off = try forensics.write("check: {cache: off}\n", to: "off.yml")
    #expect(try check(forensics, "--only", "freshness", "--config", off).status == 0)
    #expect(try !forensics("check", "list").output.contains("cache.summarise"))
  }

  @Test func `who may read the database only is told so, and gets the answer`() throws {
    let forensics = try loaded()
    let result = try check(
      forensics, "--only", "cache", "--state", "/nowhere/alerts.json")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("FORENSICS WARNING: "))
    #expect(result.errors.contains("--state FILE"))
  }

  @Test func `the command that shows a finding runs`() throws {
    let forensics = try loaded()
    let result = try check(forensics)
    let commands = result.output.matches(of: /see: forensics (.*)/).map { String($0.1) }
    #expect(commands.count == 3)
    for command in commands {
      let shown = try forensics.run(command.split(separator: " ").map(String.init))
      #expect(shown.status == 0)
      #expect(shown.output.split(separator: "\n").count > 2, "\(command)")
    }
  }
}
