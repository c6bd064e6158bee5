import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// `forensics audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "All of it at once: what could be saved, the dearest first, with the evidence.",
    discussion: """
      Asks the recipes and what-if, and ranks what they find by money a month. Each lever has its arithmetic, what it \
      assumes, how sure it is, and the command that shows it. Levers on the same calls overlap: each is ranked \
      alone, and they do not add up.

        forensics audit --since 30d
        forensics audit --output audit.html --output audit.json
        forensics audit --baseline audit.json

      docs/audit.md says how each is reckoned.
      """)

  @Option(help: "text, markdown, json or html. (default: text)") var format: AuditFormat?
  @Option(
    help: ArgumentHelp(
      "Write to a file instead; its suffix decides the format. Repeatable.", valueName: "file"))
  var output: [String] = []
  @Option(
    help: ArgumentHelp("An earlier audit (--format json): what changed since.", valueName: "file"))
  var baseline: String?
  @Option(
    help: ArgumentHelp(
      "Dollars a month from which on a lever is shown. (default: 1, or 0.5 % of the spend if that is more)",
      valueName: "usd"))
  var minimum: String?
  @Option(
    help: "solo, pre-revenue, scale-up, regulated or agency. (default: by spend and configuration)")
  var profile: BuyerProfile?
  @Flag(help: "Exit with 2 when not all of it is priced.") var strict = false
  @OptionGroup(title: "Window (default: the last 30 days)") var window: WindowOptions
  @OptionGroup(title: "Filters, repeatable") var filters: FilterOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  func validate() throws {
    _ = try minimumNanos()
    for path in output where format == nil && Self.format(of: path) == nil {
      throw ValidationError(
        "the suffix of '\(path)' names no format; use .txt, .md, .json or .html, or add --format")
    }
  }

  func run() throws {
    // Before minutes are spent on the rest.
    let earlier = try baseline.map { try AuditBaseline(path: $0) }
    let facts = try facts()
    let report = try AuditReport(
      facts, minimum: minimumNanos(), profile: profile, baseline: earlier)
    if output.isEmpty {
      try Console.write((format ?? .text).render(report))
    }
    for path in output {
      try Console.write((Self.format(of: path) ?? format ?? .text).render(report), to: path)
    }
    if strict { try report.coverage?.requireCompleteness() }
  }

  private func facts() throws -> AuditFacts {
    let settings = try place.settings()
    let (zoneName, zone) = try window.zone(settings)
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let newest = try database.newestCall()
    let now = try window.now(newest: newest, zone: zone)
    let (since, until) = try window.bounds(
      now: now, zone: zone, standard: "30d", standardOption: "--since")
    let selection = Selection(since: since, until: until, filters: try filters.chosen())
    let facts = try AuditFacts(
      database, selection, asOf: now, zoneName: zoneName, zone: zone, settings: settings,
      place: [("--db", place.db), ("--config", place.config)].flatMap { option, path in
        path.map { [option, $0] } ?? []
      })
    if facts.span.isEmpty {
      Console.complain(
        newest.map {
          "no calls in this window; the newest is of \(ClockTime($0).rfc3339): try --as-of latest"
        } ?? "the database holds no calls yet; import some with: forensics import PATH…")
    }
    return facts
  }

  private func minimumNanos() throws -> Int64? {
    guard let minimum else { return nil }
    guard let nanos = exactDecimal(minimum, decimals: 9), nanos >= 0 else {
      throw ValidationError("--minimum takes dollars such as 5 or 0.50, not '\(minimum)'")
    }
    return nanos
  }

  private static func format(of path: String) -> AuditFormat? {
    AuditFormat(fileSuffix: URL(fileURLWithPath: path).pathExtension)
  }
}
