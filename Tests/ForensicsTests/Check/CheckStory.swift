import Alerts
import CallStore
import Foundation
import UsageLog

@testable import forensics

/// Lumen Desk's calls of some days, and what a rule says of them.
final class CheckStory {
  /// Noon of 15 November 2026, a Sunday.
  static let now: Int64 = 1_794_744_000_000
  static let minute: Int64 = 60_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("check-\(UUID().uuidString)")
  private var lines: [String] = []

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Adds equal calls, the first so many milliseconds before now, one every `step`.
  ///
  /// A thousand fresh input tokens cost $0.003.
  func add(
    _ count: Int = 1, before: Int64, step: Int64 = 1, tenant: String? = "alder-bank",
    feature: String = "triage", fresh: Int = 1000, reads: Int = 0, writes: Int = 0,
    status: Int = 200, model: String = "claude-sonnet-4-6", more: String = ""
  ) {
    for number in 0..<count {
      let at = Instant.text(Self.now - before + Int64(number) * step)
      let who = tenant.map { #""tenant_id":"\#($0)","# } ?? ""
      lines.append(
        #"{"occurred_at":"\#(at)","request_id":"r\#(lines.count)",\#(who)"feature":"\#(feature)","#
          + #""model":"\#(model)","input_tokens":\#(fresh),"cache_read_input_tokens":\#(reads),"#
          + #""cache_creation_input_tokens":\#(writes),"output_tokens":0,"status_code":\#(status)\#(more)}"#
      )
    }
  }

  /// A steady month before today: so many thousands of tokens every hour, 28 days long.
  func addSteadyHours(days: Int64 = 30, thousands: Int = 100) {
    for hour in (12...(days * 24)).reversed() {
      // Never quite the same, as no traffic is.
      let wobble = Int(hour * 7919 % 21) - 10
      add(
        before: hour * Self.hour - 1, feature: "search-answers", fresh: thousands * (1000 + wobble))
    }
  }

  func facts(now: Int64 = now, isPast: Bool = true) throws -> CheckFacts {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = folder.appendingPathComponent("app.jsonl")
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: log)
    let file = DatabaseFile(path: folder.appendingPathComponent("story.db").path)
    var options = ImportOptions()
    options.now = now
    let summary = try Importer(into: file, options: options)
      .run([ImportPath(path: log.path, shown: log.path, isExplicit: true)])
    precondition(summary.rejected == 0)
    let database = try CallDatabase(file)
    return CheckFacts(
      database, asOf: now, newestCall: try database.newestCall() ?? 0, zone: .gmt, isPast: isPast)
  }

  /// What a rule finds under a configuration; the section `check` is written without its name.
  func findings(
    of rule: String, _ yaml: String = "", now: Int64 = now, isPast: Bool = true
  ) throws -> [Finding] {
    let configuration = try Self.configuration(yaml)
    let rule = CheckRule.all.first { $0.name == rule }
    return try rule?.findings(try facts(now: now, isPast: isPast), configuration) ?? []
  }

  static func configuration(_ yaml: String) throws -> CheckConfiguration {
    try configuration(
      file: yaml.isEmpty
        ? "" : "check:\n" + yaml.split(separator: "\n").map { "  \($0)\n" }.joined())
  }

  static func configuration(file yaml: String) throws -> CheckConfiguration {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("forensics-\(UUID().uuidString).yml").path
    try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try ConfigurationFile(path: path).check
  }
}

private enum Instant {
  static func text(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      .formatted(
        .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(
          separator: .omitted))
  }
}

extension [Finding] {
  /// `budget.daily WARNING`, one a finding.
  var states: [String] { map { "\($0.id) \($0.state.name)" } }
}
