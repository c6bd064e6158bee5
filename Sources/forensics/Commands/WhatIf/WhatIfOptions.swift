import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// What every hypothesis understands: which calls, when, by what, and how to show the answer.
struct WhatIfOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A row for each tenant, feature, model, deploy-sha, channel or workspace. (default: feature)",
      valueName: "dimension"))
  var by: String?
  @Flag(help: "Exit with 2 when not all of it is priced.") var strict = false
  @OptionGroup(title: "Window (default: the last 30 days)") var window: WindowOptions
  @OptionGroup(title: "Filters, repeatable") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  func validate() throws { _ = try dimension() }

  private func dimension() throws -> CallStore.Dimension {
    let dimension = CallStore.Dimension(argument: by ?? "feature")
    let known: [CallStore.Dimension] = [
      .tenant, .feature, .model, .deploySHA, .channel, .workspace,
    ]
    guard let dimension, known.contains(dimension) else {
      throw ValidationError(
        "--by takes \(known.map(\.rawValue).joined(separator: ", ")), not '\(by ?? "")'")
    }
    return dimension
  }

  /// Asks the database and writes the answer.
  ///
  /// - Parameters:
  ///   - name: the subcommand's.
  ///   - remarks: what a reader should know beside what the answer says.
  func run(_ hypothesis: any Hypothesis, named name: String, remarks: [String] = []) throws {
    let settings = try place.settings()
    let (zoneName, zone) = try window.zone(settings)
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let now = try window.now(newest: database.newestCall(), zone: zone)
    let (since, until) = try window.bounds(
      now: now, zone: zone, standard: "30d", standardOption: "--since")
    let selection = Selection(since: since, until: until, filters: try filters.chosen())
    let found = try database.whatIf(
      hypothesis, over: selection, by: dimension(), prices: settings.prices())
    let report = WhatIfReport(
      answer: found, by: try dimension().column, isForPeople: try output.isForPeople())
    let answer = Answer(
      recipe: "what-if \(name)", asOf: now, since: since, until: until, timezone: zoneName,
      coverage: found.coverage, catalogue: nil, table: try report.table(),
      notes: try report.notes() + remarks)
    try output.write(answer, format: output.chosenFormat(), zone: zone)
    if strict { try found.coverage?.requireCompleteness() }
  }
}

/// A share such as `70%`, `70`, `12.5` or `0.5%`, exact to a hundredth of a per cent.
struct PercentArgument: ExpressibleByArgument {
  /// Of 10,000.
  let basisPoints: Int64

  init?(argument: String) {
    let text = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let points = exactDecimal(text, decimals: 2), points > 0, points <= 10_000 else {
      return nil
    }
    // 0.7 may be meant as 70 %: whoever means less than one writes the sign.
    if points < 100, !argument.hasSuffix("%") { return nil }
    basisPoints = points
  }
}
