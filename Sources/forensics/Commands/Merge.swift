import ArgumentParser
import CallStore
import Foundation

/// `forensics merge`.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Bring another machine's database into this one; safe to repeat.",
    discussion: """
      Each call is counted once, however many of the databases tell of it. Merging the same database again \
      changes nothing, or follows what changed in it. A merge is an import like any other: 'forensics \
      imports' lists it, 'imports undo' takes it back. Of the other database nothing changes but its \
      schema, where that is older.
      """)

  @Argument(help: ArgumentHelp("The other database.", valueName: "other.db")) var other: String
  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("A label for the other database's logs that have none.", valueName: "name"))
  var label = ""
  @Flag(help: "Count what would happen, keep nothing.") var dryRun = false
  @Flag(help: "Wait for a running import to finish.") var wait = false
  @Flag(name: .customShort("j"), help: "Print the summary as JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let started = ContinuousClock.now
    var options = ImportOptions()
    options.label = label
    options.isDryRun = dryRun
    options.waits = wait
    options.now = Int64(Date().timeIntervalSince1970 * 1000)
    options.version = Forensics.version
    options.described = "merge \(other)"
    let settings = try place.settings()
    options.prices = try settings.prices()
    let file = DatabaseFile(path: settings.database.value)
    let path = URL(fileURLWithPath: other).standardizedFileURL.path
    let summary = try alone {
      try DatabaseMerge(into: file, options: options).merge(DatabaseFile(path: path))
    }
    let report = ImportReport(
      summary: summary, isDryRun: dryRun, duration: ContinuousClock.now - started,
      origin: "1 database")
    try Console.write(json ? report.json : report.text)
    for remark in report.remarks { Console.complain(remark) }
  }
}
