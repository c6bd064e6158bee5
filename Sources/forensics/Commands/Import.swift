import ArgumentParser
import CallStore
import Foundation
import UsageLog

/// `forensics import`.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read usage logs into the database; safe to repeat and to interrupt.",
    discussion: """
      Takes files, folders, globs and - (standard input), plain or gzip. The format is told from the \
      content:

      \(LogFormats.all.map { "  \($0.name)  \($0.summary)" }.joined(separator: "\n"))

      A call is counted once, in however many logs it is told under one id within the hour. What was read \
      before is not read again; only new bytes are. Records that cannot be read are counted and kept in \
      'forensics rejects'; prompts and responses never reach the database.

      Exit status: 0 done; 1 a file could not be read; 2 done, but records were rejected (with --strict \
      also: calls have no price); 75 another import is running.
      """)

  @Argument(
    help: ArgumentHelp("Files, folders, globs, or - for standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Force the log format.", valueName: "format")) var from: String?
  @Option(
    help: ArgumentHelp(
      "Fill what the source lacks: tenant=acme,feature=search.", valueName: "field=value,…"))
  var set: [String] = []
  @Option(
    help: ArgumentHelp(
      "Read a column or key as a field: kunde=tenant_id.", valueName: "column=field"))
  var map: [String] = []
  @Option(help: ArgumentHelp("Zone of times without an offset. (default: UTC)", valueName: "zone"))
  var assumeTimezone: String?
  @Flag(help: "Count what would happen, keep nothing.") var dryRun = false
  @Flag(help: "Exit with 2 also when calls have no price.") var strict = false
  @Flag(help: "Read files again that were read before.") var reread = false
  @Flag(help: "Wait for another import to finish.") var wait = false
  @Flag(help: "Make the database readable for its group.") var dbGroup = false
  @Option(help: "How to print the summary.") var format: SummaryFormat = .text
  @Flag(name: .customShort("j"), help: "Short for --format json.") var json = false
  @OptionGroup var place: PlaceOptions

  enum SummaryFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if paths.isEmpty {
      throw ValidationError("name files or folders to import, or - for standard input")
    }
    if let from, LogFormats.named(from) == nil {
      throw ValidationError("\(LogError.unknownFormatName(from))")
    }
    _ = try assignments(set, "--set") + assignments(map, "--map")
    if let assumeTimezone { _ = try WindowOptions.zone(named: assumeTimezone) }
  }

  func run() throws {
    // A file that reaches the size limit is an error to report, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    let settings = try place.settings()
    let sources = PathExpansion.expand(paths)
    if sources.paths.isEmpty, let failure = sources.failures.first { throw failure }
    for failure in sources.failures { Console.complain("\(failure)") }
    for passedOver in sources.passedOver.prefix(3) {
      Console.complain("\(passedOver): not a log by its name, passed over")
    }
    let started = ContinuousClock.now
    let bar = ProgressBar()
    let importOptions = try options(settings)
    let importer = Importer(
      into: DatabaseFile(path: settings.database.value, isForGroup: dbGroup),
      options: importOptions)
    let summary: ImportSummary
    do {
      summary = try importer.run(sources.paths) { bar.show($0) }
      bar.clear()
    } catch let error as StoreError {
      bar.clear()
      if case .locked = error {
        Console.complain("Error: \(error)")
        throw ExitCode(75)
      }
      throw error
    }
    let duration = ContinuousClock.now - started
    let report = ImportReport(
      summary: summary, isDryRun: dryRun, duration: duration,
      isZoneGiven: assumeTimezone != nil || settings.assumeTimezone.origin != "default",
      isTimeGiven: importOptions.reading.defaults[.occurredAt] != nil)
    try Console.write(json || format == .json ? report.json : report.text)
    for remark in report.remarks { Console.complain(remark) }
    let hasFailed = summary.failedFiles.contains { !$0.isOnlyUnknown }
    if hasFailed || !sources.failures.isEmpty { throw ExitCode(1) }
    if summary.rejected > 0 || (strict && summary.unpricedCalls > 0) { throw ExitCode(2) }
  }

  private func options(_ settings: Settings) throws -> ImportOptions {
    var options = ImportOptions()
    options.format = from
    options.rereads = reread
    options.isDryRun = dryRun
    options.waits = wait
    options.now = Int64(Date().timeIntervalSince1970 * 1000)
    options.version = Forensics.version
    let named = try settings.map.value.map { ($0.key, $0.value) } + assignments(map, "--map")
    for (column, name) in named {
      guard let field = Field(named: name) else { throw unknownField(name, "--map") }
      options.reading.mapped[column] = field
    }
    let given = try settings.set.value.map { ($0.key, $0.value) } + assignments(set, "--set")
    for (name, value) in given {
      guard let field = Field(named: name) else { throw unknownField(name, "--set") }
      options.reading.defaults[field] = value
    }
    let zone = try WindowOptions.zone(named: assumeTimezone ?? settings.assumeTimezone.value)
    options.reading.naiveOffset = { local in NaiveTime.offset(of: local, in: zone) }
    return options
  }

  private func assignments(_ texts: [String], _ option: String) throws -> [(String, String)] {
    try texts.flatMap { $0.split(separator: ",") }.map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw ValidationError("\(option) takes NAME=VALUE, not '\(text)'")
      }
      let name = option == "--set" ? parts[0] : parts[1]
      if Field(named: String(name)) == nil { throw unknownField(String(name), option) }
      return (String(parts[0]), String(parts[1]))
    }
  }

  private func unknownField(_ name: String, _ option: String) -> ValidationError {
    ValidationError(
      "\(option): no field is called '\(name)'; known are "
        + Field.allCases.map(\.rawValue).joined(separator: ", "))
  }
}

/// Times that were logged without an offset.
enum NaiveTime {
  /// Milliseconds by which the zone is ahead of UTC when its clocks show `local`.
  static func offset(of local: Int64, in zone: TimeZone) -> Int64 {
    let guess = offset(at: local, zone)
    return offset(at: local - guess, zone)
  }

  private static func offset(at utc: Int64, _ zone: TimeZone) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc) / 1000))) * 1000
  }
}
