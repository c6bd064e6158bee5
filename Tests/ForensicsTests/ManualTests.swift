import ArgumentParser
import Foundation
import Testing

@testable import UsageLog
@testable import forensics

/// The documents name what the program has, and the program helps with all of it.
@Suite struct ManualTests {
  private static let commands = [
    "import", "imports", "rejects", "merge", "top-prompts", "tenant-trend", "cache-hit-ratio",
    "cache-ttl", "spend-anomalies", "price-check", "calls", "explain", "recipes", "run", "sql",
    "prices", "reprice", "estimate", "breakeven", "what-if", "doctor", "config", "check",
    "retry-storms", "rate-limits", "rate-headroom", "billed-errors", "hidden-costs",
    "tool-recursion", "input-creep", "deploy-regressions", "deploy-bisect", "spend",
    "usage-by-model", "cost-per-task", "cost-per-outcome", "model-mix", "sessions-over",
    "repeat-prompts", "max-tokens", "slow-calls", "residency", "data-quality", "audit", "fetch",
    "close", "reopen", "chargeback", "margin", "reconcile",
  ]

  @Test func `the list of commands here is the program's`() throws {
    let listed = Forensics.configuration.groupedSubcommands.flatMap(\.subcommands)
      .compactMap { $0.configuration.commandName }
    #expect(Set(listed) == Set(Self.commands))
  }

  @Test(arguments: commands)
  func `a command has help and is in the README`(_ command: String) throws {
    let forensics = try ForensicsBinary()
    let help = try forensics(command, "--help")
    #expect(help.status == 0)
    #expect(help.output.contains("USAGE: forensics \(command)"))
    let readme = try String(
      contentsOf: ForensicsBinary.checkout.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(readme.contains("forensics \(command)") || readme.contains("`\(command)`"))
  }

  @Test func `every log format is in the documents`() throws {
    let folder = ForensicsBinary.checkout.appendingPathComponent("docs/formats")
    let text = try String(
      contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
    let help = try ForensicsBinary()("import", "--help").output
    for format in LogFormats.all {
      let name = format.name
      #expect(
        name.count + format.summary.count <= 76, "the line of \(name) in the help is too long")
      #expect(text.contains("`\(name)`"))
      #expect(help.contains(name))
      let row = text.split(separator: "\n").first { $0.contains("`\(name)`") } ?? ""
      let page = row.firstMatch(of: /`\]\(([a-z-]+\.md)\)/).map { String($0.1) }
      #expect(page != nil, "\(name) has no row in the index")
      let described = try page.map {
        try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
      }
      #expect(described?.contains(name) == true, "\(name) is not on \(page ?? "a page")")
    }
  }

  @Test func `every link between documents leads somewhere`() throws {
    let files = FileManager.default
    let top = ForensicsBinary.checkout
    let docs = try files.subpathsOfDirectory(atPath: top.appendingPathComponent("docs").path)
    let documents =
      ["README.md", "CONTRIBUTING.md", "sample-data/README.md"] + docs.map { "docs/" + $0 }
    for document in documents where document.hasSuffix(".md") {
      let file = top.appendingPathComponent(document)
      let text = try String(contentsOf: file, encoding: .utf8)
      for link in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
        let target = file.deletingLastPathComponent().appendingPathComponent(String(link.1))
        #expect(files.fileExists(atPath: target.path), "\(document) links to \(link.1)")
      }
    }
  }

  @Test func `config says where each value came from`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      "timezone: Europe/Madrid\nimport:\n  set: {tenant: alder-bank}\n", to: "forensics.yml")
    let result = try forensics("config", "--config", file, "--format", "tsv")
    #expect(result.output.contains("timezone\tEurope/Madrid\t\(file)"))
    #expect(result.output.contains("db\t\(forensics.database)\t$FORENSICS_DB"))
    let flagged = try forensics("config", "--db", "/tmp/other.db", "--format", "tsv")
    #expect(flagged.output.contains("db\t/tmp/other.db\t--db"))
  }

  @Test func `a value is kept as it is written`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      "import:\n  set: {deploy_sha: 0123456, feature: 12e456}\n", to: "forensics.yml")
    let result = try forensics("config", "--config", file, "--format", "tsv")
    #expect(result.output.contains("import.set\tdeploy_sha=0123456,feature=12e456\t"))
  }

  @Test func `dates follow the configured zone, now's as well`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let file = try forensics.write("timezone: America/New_York\n", to: "forensics.yml")
    let result = try forensics(
      "tenant-trend", "--as-of", "2026-11-10", "--since", "2026-11-09", "--config", file, "-j")
    #expect(result.output.contains("\"as_of\":\"2026-11-10T05:00:00.000Z\""))
    #expect(result.output.contains("\"since\":\"2026-11-09T05:00:00.000Z\""))
  }

  @Test func `output that cannot be written is a failure`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let forensics = try ForensicsBinary()
    let process = Process()
    process.executableURL = ForensicsBinary.program
    process.arguments = ["recipes"]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle.nullDevice
    process.environment = ["HOME": forensics.folder.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test func `a configuration that cannot be understood is refused with its key`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write("timezoon: UTC\n", to: "forensics.yml")
    let result = try forensics("config", "--config", file)
    #expect(result.status == 1)
    #expect(result.errors.contains("no setting 'timezoon'"))
  }

  @Test func `output goes to files by their suffix, several in one run`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let csv = forensics.folder.appendingPathComponent("report.csv").path
    let markdown = forensics.folder.appendingPathComponent("report.md").path
    let result = try forensics(
      "tenant-trend", "--as-of", "latest", "--output", csv, "--output", markdown)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("2026-11-08 23:47:30.191 – 2026-11-15 23:47:30.191 UTC"))
    #expect(result.errors.contains("unpriced: claude-opus-6-preview"))
    #expect(
      try String(contentsOfFile: csv, encoding: .utf8)
        .hasPrefix("tenant_id,this_week_usd,last_week_usd,pct_change\n"))
    #expect(try String(contentsOfFile: markdown, encoding: .utf8).hasPrefix("| tenant_id"))
  }
}
