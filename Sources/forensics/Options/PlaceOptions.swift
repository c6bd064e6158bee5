import ArgumentParser
import CallStore
import UsageLog

/// `--db` and `--config`, understood by every command.
struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database. (default: $FORENSICS_DB, or the configuration's)", valueName: "path"))
  var db: String?
  @Option(
    help: ArgumentHelp(
      "The configuration. (default: ./forensics.yml, or the user's)", valueName: "path"))
  var config: String?

  /// Flag, then environment, then file, then default.
  func settings() throws -> Settings { try Settings(databaseFlag: db, configurationFlag: config) }
}

extension PlaceOptions {
  /// The prices that calls are charged at now.
  ///
  /// The one place that decides it, for every command that shows or reckons with prices.
  func priceBook() throws -> PriceBook { try settings().priceBook() }
}

extension Settings {
  /// The lists that were taken into the database.
  var priceShelf: PriceShelf { PriceShelf(DatabaseFile(path: database.value)) }

  func priceBook() throws -> PriceBook { try priceShelf.book(prices()) }
}
