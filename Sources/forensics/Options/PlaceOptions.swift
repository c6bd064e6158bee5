import ArgumentParser

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
