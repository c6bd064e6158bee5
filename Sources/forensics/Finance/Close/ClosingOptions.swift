import ArgumentParser
import CallStore
import Finance
import Foundation
import Tables

/// How a period is closed.
struct ClosingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who closes it. (default: the user's name)", valueName: "name"))
  var by: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files that went out, or folders of them: kept byte for byte.", valueName: "path"))
  var files: [String] = []
  @Option(help: "IANA zone of the period's days. (default: the configuration's, or UTC)")
  var timezone: String?
  @Option(help: "What 'now' is: an instant, a date, or 'latest' for just after the newest call.")
  var asOf: String?
  @Flag(help: "Do not close while something may still change the figures.") var strict = false
  @Flag(help: "Close it though it has no calls.") var allowEmpty = false
  @Flag(help: "Say what would be closed, keep nothing.") var dryRun = false
  @Flag(help: "Wait for a running import to finish.") var wait = false

  var isAsked: Bool {
    by != nil || !files.isEmpty || timezone != nil || asOf != nil || strict || allowEmpty || dryRun
      || wait
  }

  func validate() throws {
    if let by, by.isEmpty { throw ValidationError("--by takes a name") }
    if let asOf, asOf != "latest" { _ = try TimeBound(asOf, option: "--as-of") }
    if let timezone { _ = try WindowOptions.zone(named: timezone) }
  }

  func run(_ settings: Settings, period argument: String) throws {
    guard let name = PeriodName(argument: argument) else { throw PeriodName.unknown(argument) }
    let period = try calendar(settings).period(name)
    let file = DatabaseFile(path: settings.database.value)
    var request = PeriodClosing.Request(
      period.text, timezone: period.timezone, window: period.range, by: Self.user(by),
      at: Int64(Date().timeIntervalSince1970 * 1000))
    request.asOf = try now(file, period.timezone)
    request.version = Forensics.version
    request.prices = try settings.prices()
    request.files = try IssuedFiles(paths: files)
    request.allowsEmpty = allowEmpty
    request.isDryRun = dryRun
    request.waits = wait
    let report = try alone {
      try PeriodClosing(file).run(request) { report in
        for doubt in report.doubts { Console.complain("\(period.text): \(doubt)") }
        if strict, !report.doubts.isEmpty { throw ClosingRefusal.doubtful(period.text) }
      }
    }
    try Console.write(text(of: report, period, request))
  }

  /// Who does it, where nothing is said: the user of the system.
  static func user(_ given: String?) -> String {
    if let given { return given }
    let user = ProcessInfo.processInfo.environment["USER"] ?? ""
    return user.isEmpty ? NSUserName() : user
  }

  private func calendar(_ settings: Settings) throws -> ReportCalendar {
    var options = PeriodOptions()
    options.timezone = timezone
    return try options.calendar(settings)
  }

  private func now(_ file: DatabaseFile, _ zone: String) throws -> Int64 {
    var window = WindowOptions()
    window.asOf = asOf
    let newest = try asOf == "latest" ? CallDatabase(file).newestCall() : nil
    return try window.now(newest: newest, zone: WindowOptions.zone(named: zone))
  }

  private func text(
    of report: PeriodClosing.Report, _ period: ReportPeriod, _ request: PeriodClosing.Request
  ) -> String {
    let figures = report.figures
    let last = period.dates[period.dates.count - 1].text
    var lines = [
      "\(period.text) \(dryRun ? "would be" : "is") closed: \(period.dates[0].text) to \(last), \(period.timezone)",
      "  by             \(request.closedBy)",
      "  calls          \(grouped(figures.calls))",
      "  cost           \(dollars(figures.costNanos))",
    ]
    if figures.adjustedNanos != 0 || figures.adjustedCalls != 0 {
      lines.append(
        "  of earlier periods, dated into it: \(dollars(figures.adjustedNanos)), "
          + "\(grouped(figures.adjustedCalls)) calls")
    }
    lines += [
      "  files kept     \(request.files.files.count)",
      "  hash of data   \(figures.hash)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

enum ClosingRefusal: Error, CustomStringConvertible {
  case doubtful(String)

  var description: String {
    switch self {
    case .doubtful(let period):
      "\(period) is not closed (--strict); see to what is said above, or close it without --strict"
    }
  }
}

extension PeriodName {
  /// As finance types it.
  init?(argument: String) { self.init(argument.uppercased()) }

  static func unknown(_ text: String) -> ValidationError {
    ValidationError(
      "'\(text)' names no period; they look like 2026-10, 2026-W46, 2026-Q4, FY2027-P07, FY2027-Q3 or FY2027"
    )
  }
}
