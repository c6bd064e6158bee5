import ArgumentParser
import CallStore
import Tables

/// `forensics rejects`.
struct Rejects: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejects",
    abstract: "Records that could not be read; 'rejects retry' tries them again.",
    subcommands: [List.self, Retry.self], defaultSubcommand: List.self)
}

extension Rejects {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Records that could not be read: file, line, byte offset and reason.",
      discussion: """
        What the records held is not kept and not shown; the place leads to it. 'rejects retry' tries them \
        again, after a setting was mended or forensics upgraded; so does 'import --reread', with all others.
        """)

    @OptionGroup var list: LedgerOptions

    func run() throws { try list.write(PackageResources.rejects_sql, named: "rejects") }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Try the records again that could not be read.",
      discussion: """
        Reads the logs in which they lie with the settings and the readers of now, and takes these records \
        only; the others stay as they were told. Exit status 2 if any is rejected again, 1 if a log is not \
        what it was.
        """)

    @OptionGroup var reading: ReadingSettings
    @Flag(help: "Wait for a running import to finish.") var wait = false
    @Flag(name: .customShort("j"), help: "Print the summary as JSON.") var json = false
    @OptionGroup var place: PlaceOptions

    func run() throws {
      let started = ContinuousClock.now
      let settings = try place.settings()
      var options = try reading.importOptions(settings)
      options.waits = wait
      options.described = "rejects retry"
      let bar = ProgressBar()
      let importer = Importer(
        into: DatabaseFile(path: settings.database.value), options: options)
      let summary = try alone {
        defer { bar.clear() }
        return try importer.retryRejects { bar.show($0) }
      }
      let report = ImportReport(
        summary: summary, isDryRun: false, duration: ContinuousClock.now - started)
      try Console.write(json ? report.json : report.text)
      for remark in report.remarks { Console.complain(remark) }
      if !summary.failedFiles.isEmpty { throw ExitCode(1) }
      if summary.rejected > 0 { throw ExitCode(2) }
    }
  }
}
