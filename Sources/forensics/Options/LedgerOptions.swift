import ArgumentParser
import CallStore
import Tables

/// What every list out of the ledger understands: how many rows, how they are shown, and of which database.
struct LedgerOptions: ParsableArguments {
  @Option(help: "Rows to show.") var limit = 50
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a whole number of 1 or more") }
  }

  /// Runs a query of `queries/` that takes a `:limit`, and writes its rows.
  func write(_ query: [UInt8], named name: String) throws {
    let database = try CallDatabase(DatabaseFile(path: place.settings().database.value))
    let table = try database.query(
      String(decoding: query, as: UTF8.self), ["limit": .integer(Int64(limit))])
    try output.write(plain: table, named: name)
  }
}
