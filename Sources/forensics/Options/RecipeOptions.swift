import ArgumentParser
import CallStore
import Foundation
import Tables

/// What every recipe understands: where, when, which calls, and how to show them.
struct RecipeOptions: ParsableArguments {
  @OptionGroup(title: "Window") var window: WindowOptions
  @OptionGroup(title: "Filters, repeatable") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  @Flag(help: "Print the one complete SQL statement instead of running it.") var showSql = false
  @Flag(help: "Exit with 2 when not all of it is priced.") var strict = false

  @Option(
    help: ArgumentHelp(
      "Explain a row instead: its number, or the text of its first column. (docs/explain.md)",
      valueName: "row"))
  var explain: String?

  func validate() throws {
    guard explain != nil else { return }
    if showSql { throw ValidationError("--explain and --show-sql: give one of them") }
    try output.checkDocument()
  }

  /// Answers the recipe and writes the answer where it was asked for.
  ///
  /// - Parameter remark: what there is to say besides, of the calls that were asked for.
  func run(
    _ recipe: Recipe, arguments: [String: String], period: String?,
    remark: (CallDatabase, Selection) throws -> String? = { _, _ in nil }
  ) throws {
    do {
      try answer(recipe, arguments: arguments, period: period, remark)
    } catch let error as RecipeError where error.isWrongUsage {
      throw ValidationError("\(error)")
    } catch let error as ExplainError where error.isWrongUsage {
      throw ValidationError("\(error)")
    }
  }

  private func answer(
    _ recipe: Recipe, arguments: [String: String], period: String?,
    _ remark: (CallDatabase, Selection) throws -> String?
  ) throws {
    if period != nil, window.since != nil {
      throw ValidationError(
        "--period and --since both say where the window starts; give one of them")
    }
    let settings = try place.settings()
    let format = try output.chosenFormat()
    let (zoneName, zone) = try window.zone(settings)
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let newest = try database.newestCall()
    let now = try window.now(newest: newest, zone: zone)
    let (since, until) = try window.bounds(
      now: now, zone: zone, standard: period ?? recipe.window, standardOption: "--period")
    let selection = Selection(since: since, until: until, filters: try filters.chosen())
    let book = recipe.asksForPrices && !showSql ? try settings.priceBook() : nil
    if showSql {
      let rendered = try RenderedRecipe(
        recipe, selection, arguments: arguments, asOf: now, timezone: zoneName,
        firstCall: database.oldestHour())
      return try Console.write(rendered.printable)
    }
    if let explain {
      return try write(
        database.explain(
          row: explain, of: recipe, over: selection, arguments: arguments, asOf: now,
          timezone: zoneName, prices: settings.prices(), book: book))
    }
    var answer = try database.answer(
      recipe, over: selection, arguments: arguments, asOf: now, timezone: zoneName,
      prices: book)
    if answer.coverage?.calls == 0 {
      answer.notes += [emptiness(newest, isFiltered: !selection.filters.isEmpty)]
    }
    answer.notes += [try remark(database, selection)].compactMap(\.self)
    try output.write(answer, format: format, zone: zone)
    if strict { try answer.coverage?.requireCompleteness() }
  }

  private func write(_ explained: ExplainedRow) throws {
    switch explained {
    case .call(let call):
      try output.write(
        document: ExplanationText([call], folder: Console.folder).document,
        json: ExplanationJSON.document([call]))
    case .sum(let row):
      try output.write(
        document: RowExplanationText(row, folder: Console.folder).document,
        json: RowExplanationJSON.document(row))
    }
  }

  /// An empty answer says where the calls are.
  private func emptiness(_ newest: Int64?, isFiltered: Bool) -> String {
    if isFiltered { return "no call in this window matches the filters" }
    guard let newest else {
      return "the database holds no calls yet; import some with: forensics import PATH…"
    }
    return
      "no calls in this window; the newest is of \(ClockTime(newest).rfc3339): try --as-of latest, "
      + "or another --since"
  }
}

extension Coverage {
  /// Tells what is missing, and turns it into the exit status.
  func requireCompleteness() throws {
    guard let gap else { return }
    Console.complain(gap)
    throw ExitCode(2)
  }
}
