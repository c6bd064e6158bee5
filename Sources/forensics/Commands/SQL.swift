import ArgumentParser
import CallStore
import Foundation

/// `forensics sql`.
struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Ask anything: one SELECT over llm_call and the other tables.",
    discussion: """
      Read-only and sandboxed: nothing is written, no other file is opened, and a statement stops after \
      --timeout. Columns that end in _usd_nanos are shown as dollars.

        forensics sql "SELECT feature, SUM(cost_usd_nanos) AS total_usd_nanos FROM llm_call GROUP BY feature"
        forensics sql "SELECT COUNT(*) FROM llm_call WHERE tenant_id = :t" -p t=acme

      Where the time matters bound 'hour' (occurred_at / 3600000) too: it is the table's key.
      """)

  @Argument(help: "The statement; - reads it from standard input.") var statement: String
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A value for :name. Repeatable.", valueName: "name=value"))
  var parameter: [String] = []
  @Option(help: ArgumentHelp("Stop after so many seconds.", valueName: "seconds"))
  var timeout = 300
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if timeout < 1 { throw ValidationError("--timeout takes a whole number of seconds, 1 or more") }
    _ = try SQLParameters.parse(parameter)
  }

  func run() throws {
    let file = DatabaseFile(path: try place.settings().database.value)
    let database = try CallDatabase(file, seconds: timeout)
    let text = statement == "-" ? Console.readAll() : statement
    do {
      try output.write(
        plain: database.query(text, SQLParameters.parse(parameter).mapValues(SQLParameters.value)),
        named: "sql")
    } catch let error as RecipeError where error.isWrongUsage {
      throw ValidationError("\(error)")
    }
  }
}

/// `-p name=value`.
enum SQLParameters {
  static func parse(_ texts: [String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError("-p takes NAME=VALUE, not '\(text)'")
      }
      values[String(parts[0])] = String(parts[1])
    }
    return values
  }

  /// Whole numbers are numbers, everything else is text; so is what looks like an id or a hash: a leading
  /// zero, or sixteen digits and more.
  static func value(_ text: String) -> SQLValue {
    guard let number = Int64(text), "\(number)" == text, text.count < 16 else { return .text(text) }
    return .integer(number)
  }
}
