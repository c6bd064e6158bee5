import ArgumentParser
import CallStore
import Foundation
import Tables

/// What of the closed periods is shown.
struct LookingOptions: ParsableArguments {
  @Flag(help: "What is closed, and what became known of it since.") var list = false
  @Flag(help: "Reckon closed periods again, one or all. Exit status 3 where something differs.")
  var verify = false
  @Option(
    help: ArgumentHelp(
      "What became known of a closed period, down to the log line.", valueName: "period"))
  var adjustments: String?
  @Option(
    help: ArgumentHelp(
      "The files that went out, of a period or a closing's number.", valueName: "period"))
  var filesOf: String?
  @Option(help: ArgumentHelp("Write them into this folder.", valueName: "folder")) var outputDir:
    String?
  @Option(help: "Adjustments to show. (default: 50 in tables, else all)") var limit: Int?

  private var asked: [Bool] { [list, verify, adjustments != nil, filesOf != nil] }

  var isAsked: Bool { asked.contains(true) || outputDir != nil || limit != nil }

  func validate() throws {
    if asked.count(where: \.self) > 1 {
      throw ValidationError("one of --list, --verify, --adjustments and --files-of")
    }
    if outputDir != nil, filesOf == nil { throw ValidationError("--output-dir needs --files-of") }
    if let limit, limit < 1 || adjustments == nil {
      throw ValidationError(
        adjustments == nil
          ? "--limit needs --adjustments" : "--limit takes a whole number of 1 or more")
    }
  }

  func run(_ settings: Settings, period: String?, _ output: OutputOptions) throws {
    let file = DatabaseFile(path: settings.database.value)
    let closings = Closings(file)
    if list { return try ClosingTables.list(closings, output) }
    if verify { return try ClosingTables.verify(closings, period?.uppercased(), output) }
    if let adjustments {
      return try showAdjustments(
        of: closings.named(adjustments.uppercased()), CallDatabase(file), output)
    }
    guard let filesOf else { return }
    let closing = try closings.named(filesOf.uppercased())
    let files = try closings.files(of: closing.id)
    guard let outputDir else { return try ClosingTables.files(files, of: closing, output) }
    try files.write(into: outputDir)
    Console.complain(
      "\(closing.period): \(counted(Int64(files.files.count), "file")) written into \(outputDir)")
  }

  private func showAdjustments(
    of closing: ClosingRecord, _ database: CallDatabase, _ output: OutputOptions
  ) throws {
    let isForPeople = try output.isForPeople()
    let limit = limit.map(Int64.init) ?? (isForPeople ? 50 : .max)
    let table = try database.query(
      String(decoding: PackageResources.closing_adjustments_sql, as: UTF8.self),
      ["closing": .integer(closing.id), "limit": .integer(limit)])
    var notes: [String] = []
    if Int64(table.rows.count) == limit {
      notes.append("more may follow: --limit, or --format csv")
    }
    if closing.reopened != nil {
      notes.append("\(closing.period) was opened again: its calls say it now")
    }
    try output.write(
      plain: isForPeople ? ClosingTables.adjustments(table) : table, named: "close --adjustments",
      notes: notes)
  }
}
