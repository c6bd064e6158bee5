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
      Takes files, folders, globs and - (standard input), plain, gzip or zstd. The format is told from \
      the content:

      \(LogFormats.all.map { "  \($0.name)  \($0.summary)" }.joined(separator: "\n"))

      A call is counted once, in however many logs it is told. What was read before is not read again; \
      only new bytes are. Records that cannot be read are counted and kept in \
      'forensics rejects'; prompts and responses never reach the database.

      Exit status: 0 done; 1 a file could not be read; 2 done, but records were rejected (with --strict \
      also: calls have no price); 75 another import is running.
      """)

  @Argument(
    help: ArgumentHelp("Files, folders, globs, or - for standard input.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var reading: ReadingSettings
  @Flag(help: "Read Claude Code's transcripts, where it keeps them.") var claudeCode = false
  @Flag(help: "Count what would happen, keep nothing.") var dryRun = false
  @Flag(help: "Exit with 2 also when not all of it is priced.") var strict = false
  @Flag(help: "Read files again; what they tell now replaces what they told.") var reread = false
  @Flag(
    name: .customLong("final"),
    help: "Nothing more will be written: take a last line that has no line break.")
  var isFinal = false
  @Option(
    name: .customLong("source"),
    help: ArgumentHelp(
      "Label for logs of another machine: equal paths and lines are kept apart.",
      valueName: "name"))
  var label = ""
  @Flag(help: "Wait for another import to finish.") var wait = false
  @Flag(help: "Make the database readable for its group.") var dbGroup = false
  @Option(help: "How to print the summary.") var format: SummaryFormat = .text
  @Flag(name: .customShort("j"), help: "Short for --format json.") var json = false
  @OptionGroup var place: PlaceOptions

  enum SummaryFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if paths.isEmpty, !claudeCode {
      throw ValidationError(
        "name files or folders to import, - for standard input, or --claude-code for its transcripts"
      )
    }
  }

  func run() throws {
    // A file that reaches the size limit is an error to report, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    let settings = try place.settings()
    let transcripts =
      claudeCode ? try TranscriptFolders.transcripts(ProcessInfo.processInfo.environment) : []
    let sources = PathExpansion.expand(paths, found: transcripts)
    if sources.paths.isEmpty, let failure = sources.failures.first { throw failure }
    for failure in sources.failures { Console.complain("\(failure)") }
    for passedOver in sources.passedOver.prefix(3) {
      Console.complain("\(passedOver): not a log by its name, passed over")
    }
    for bodies in sources.bodies.prefix(3) {
      Console.complain("\(bodies): bodies of Bedrock's calls, not their log; passed over")
    }
    let started = ContinuousClock.now
    let bar = ProgressBar()
    let importOptions = try options(settings)
    let importer = Importer(
      into: DatabaseFile(path: settings.database.value, isForGroup: dbGroup),
      options: importOptions)
    let summary = try alone {
      defer { bar.clear() }
      return try importer.run(sources.paths) { bar.show($0) }
    }
    let duration = ContinuousClock.now - started
    let report = ImportReport(
      summary: summary, isDryRun: dryRun, duration: duration,
      isZoneGiven: reading.assumeTimezone != nil || settings.assumeTimezone.origin != "default",
      isTimeGiven: importOptions.reading.defaults[.occurredAt] != nil)
    try Console.write(json || format == .json ? report.json : report.text)
    for remark in report.remarks { Console.complain(remark) }
    if summary.records > 0 {
      let unmet = UnmetMappings(
        options: importOptions.reading, flags: Set(try reading.mappedColumns))
      for remark in unmet.remarks { Console.complain(remark) }
    }
    let hasFailed = summary.failedFiles.contains { !$0.isOnlyUnknown }
    if hasFailed || !sources.failures.isEmpty { throw ExitCode(1) }
    if summary.rejected > 0 || (strict && !report.isComplete) { throw ExitCode(2) }
  }

  private func options(_ settings: Settings) throws -> ImportOptions {
    var options = try reading.importOptions(settings)
    options.rereads = reread
    options.isDryRun = dryRun
    options.waits = wait
    options.isFinal = isFinal
    options.label = label
    options.described = ((claudeCode ? ["--claude-code"] : []) + paths).joined(separator: " ")
    return options
  }
}
