import ArgumentParser
import CallStore
import Tables

/// `forensics rejects`.
struct Rejects: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejects",
    abstract: "Records that could not be read: file, line, byte offset and reason.",
    discussion: """
      What the records held is not kept and not shown; the place leads to it. Lines that are read again \
      (a file that grew, or 'import --reread') are judged again.
      """)

  @Option(help: "Rows to show.") var limit = 50
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a whole number of 1 or more") }
  }

  func run() throws {
    let database = try CallDatabase(DatabaseFile(path: place.settings().database.value))
    let table = try database.query(
      String(decoding: PackageResources.rejects_sql, as: UTF8.self),
      ["limit": .integer(Int64(limit))])
    try output.write(plain: table, named: "rejects")
  }
}
