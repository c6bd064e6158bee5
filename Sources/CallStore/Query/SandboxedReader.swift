import GRDB
import Tables
import UsageLog

/// Runs single SELECTs inside the sandbox.
final class SandboxedReader {
  private let db: Database
  private let sandbox: Sandbox
  private let seconds: Int
  /// Opened by the first question that sums do not answer.
  private lazy var chosen = Result { try ChosenCalls(db, checkDeadline: sandbox.checkDeadline) }

  init(_ db: Database, seconds: Int) throws {
    self.db = db
    self.seconds = seconds
    sandbox = try Sandbox(db, seconds: seconds)
  }

  /// Runs a recipe over a selection.
  func answer(
    _ recipe: Recipe, over selection: Selection, arguments: [String: String], asOf: Int64,
    timezone: String, prices: PriceBook? = nil
  ) throws -> Answer {
    let result = try rows(
      of: recipe, over: selection, arguments: arguments, asOf: asOf, timezone: timezone,
      prices: prices)
    return Answer(
      recipe: recipe.name, asOf: asOf, since: selection.since, until: selection.until,
      timezone: timezone,
      coverage: try coverage(of: recipe.covers(selection), leftOut: recipe.directives.leftOut),
      table: Tables.Table(
        columns: result.names.map { ColumnUnits.column(named: $0, in: recipe.directives) },
        rows: result.rows), notes: result.notes)
  }

  /// The start of the hour of the oldest call, in UTC milliseconds; nil in an empty database.
  func oldestHour() throws -> Int64? {
    try select("SELECT MIN(hour) FROM call").rows.first.flatMap {
      if case .integer(let oldest) = $0[0] { oldest * hourLength } else { nil }
    }
  }

  /// What a recipe's statement returns, finished by its fold.
  func rows(
    of recipe: Recipe, over selection: Selection, arguments: [String: String], asOf: Int64,
    timezone: String, prices: PriceBook?
  ) throws -> FoldedRows {
    let hours = try hours(of: recipe, over: selection, arguments)
    let statement = try RenderedRecipe(
      recipe, selection, arguments: arguments, asOf: asOf, timezone: timezone,
      firstCall: oldestHour(), inHours: hours)
    let result = try select(statement)
    guard let fold = recipe.directives.fold else {
      return FoldedRows(names: result.names, rows: result.rows)
    }
    return try fold.apply(
      FoldInput(
        names: result.names, rows: result.rows, parameters: statement.parameters,
        timezone: timezone, prices: prices))
  }

  /// Runs statements of our own, which no user wrote, outside of the sandbox but under its deadline.
  func outside<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try outside { try body(db) }
  }

  /// Goes over packed calls, under the deadline too.
  func choosing<Result>(_ body: (Database, ChosenCalls) throws -> Result) throws -> Result {
    try outside { try body(db, chosen.get()) }
  }

  /// Runs a recipe's statement, and before it the scan that its usage needs.
  func select(_ recipe: RenderedRecipe) throws -> (names: [String], rows: [[Value]]) {
    guard let scanned = recipe.scanned else { return try select(recipe.sql, recipe.parameters) }
    try scan(scanned.scan)
    return try select(scanned.sql, recipe.parameters)
  }

  /// Usage as rows of its own: `SELECT … FROM selected_usage`.
  func select(_ body: String, from usage: UsageSQL) throws -> [[Value]] {
    try scan(usage.scan)
    return try select("WITH \(usage.scanned)\n\(body)").rows
  }

  /// The hours that a recipe need not read rows outside of; nil is all.
  private func hours(
    of recipe: Recipe, over selection: Selection, _ arguments: [String: String]
  ) throws -> [Int64]? {
    let calls = recipe.reads(selection)
    let span = UsageWindow.span(of: calls)
    if let newest = try BoundRecipe(recipe, arguments: arguments).newestCalls {
      return try choosing { _, chosen in
        try chosen.newestHours(newest, in: span, ScanRequest.filters(of: calls))
      }
    }
    let needed = recipe.directives.needed
    if needed.isEmpty { return nil }
    return try choosing { _, chosen in try chosen.hours(holding: needed, in: span) }
  }

  /// SQLite may be stopped by the deadline before we ask for it.
  private func outside<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try sandbox.outside(body)
    } catch let error as StoreError {
      try sandbox.checkDeadline()
      throw error
    }
  }

  private func scan(_ request: ScanRequest?) throws {
    guard let request else { return }
    try outside { try ScannedUsage.fill(request, with: UsageScan(chosen.get()), on: db) }
  }

  func select(
    _ sql: String, _ parameters: [String: SQLValue] = [:]
  ) throws -> (names: [String], rows: [[Value]]) {
    let statement = try SelectStatement(sql, on: db, sandbox: sandbox, seconds: seconds)
    try statement.bind(parameters)
    return (statement.columnNames, try statement.rows())
  }
}
