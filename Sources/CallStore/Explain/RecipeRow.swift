import Tables

/// A row of a recipe's answer, chosen on the command line.
struct RecipeRow {
  let recipe: Recipe
  let table: Tables.Table
  /// From 0.
  let place: Int
  /// What stands for the groups that a limit left out.
  static let others = "(others)"

  /// - Parameter wanted: the text of its first column, or its number from 1.
  init(_ wanted: String, of table: Tables.Table, in recipe: Recipe) throws {
    self.recipe = recipe
    self.table = table
    if table.rows.isEmpty { throw ExplainError.noRows(recipe: recipe.name) }
    let firsts = table.rows.map { $0.first?.name ?? "" }
    if let place = firsts.firstIndex(of: wanted) {
      self.place = place
    } else if let number = Int(wanted), table.rows.indices.contains(number - 1) {
      place = number - 1
    } else {
      let names = table.columns.first?.unit == .instant ? [] : Array(firsts.prefix(3))
      throw ExplainError.noSuchRow(
        wanted, recipe: recipe.name, rows: table.rows.count, first: names)
    }
  }

  var values: [Value] { table.rows[place] }

  /// The row's calls, by the columns that say what they have in common.
  ///
  /// - Parameters:
  ///   - bucket: what the recipe tells apart by time; `bucket_at` is where the row's one begins.
  ///   - span: the row's own stretch of time.
  func selection(
    within asked: Selection, bucket: UsageBucketing? = nil, span: Range<Int64>? = nil
  ) throws -> Selection {
    var selection = asked
    // Whose rows have a span are told by it, and by whatever else they name; without one it is the window.
    var isNarrowed = recipe.directives.span != nil
    if let span {
      selection.since = [asked.since, span.lowerBound].compactMap(\.self).max()
      selection.until = [asked.until, span.upperBound].compactMap(\.self).min()
    }
    for (column, value) in zip(table.columns, values) {
      if column.name == "bucket_at", let bucket, case .integer(let start) = value {
        selection.since = start
        selection.until = [asked.until, bucket.end(of: start)].compactMap(\.self).min()
        isNarrowed = true
      }
      guard let dimension = Dimension(column: column.name), value.name != Selection.any else {
        continue
      }
      if value == .text(Self.others) { throw ExplainError.isOthers(recipe: recipe.name) }
      selection.filters[dimension] = [value.name]
      isNarrowed = true
    }
    guard isNarrowed else { throw ExplainError.noDimension(recipe: recipe.name, at: instant) }
    return selection
  }

  /// An instant that it shows.
  private var instant: Int64? {
    for case (let column, .integer(let time)) in zip(table.columns, values)
    where column.unit == .instant { return time }
    return nil
  }

  /// The stretch of time that the row is about, where `-- @span` says so.
  func span(_ parameters: [String: SQLValue], timezone: String) -> Range<Int64>? {
    guard let span = recipe.directives.span, case .integer(let start) = self[span.column] else {
      return nil
    }
    var length = span.length
    if length.hasPrefix("{") {
      let name = String(length.dropFirst().dropLast())
      if case .text(let own) = self[name] {
        length = own
      } else if case .text(let asked) = parameters[name] {
        length = asked
      }
    }
    let words = length.split(separator: " ")
    if words.count == 2, let hours = Int64(words[0]) { return start..<start + hours * hourLength }
    return CalendarBuckets.bucketing(length, over: start..<start + 1, timezone: timezone)?
      .end(of: start).map { start..<$0 }
  }

  private subscript(column: String) -> Value {
    table.columns.firstIndex { $0.name == column }.map { values[$0] } ?? .null
  }

  // MARK: - Rows that are one call

  /// Its columns say where one call was read from.
  var isCall: Bool {
    let names = Set(table.columns.map(\.name))
    return names.isSuperset(of: ["occurred_at", "source_file", "source_line"])
  }

  /// Calls that look like the row, in the order in which recipes have them: one, but for calls that are equal
  /// in every column.
  ///
  /// - Parameter known: the columns that calls have; what else a recipe shows is not looked for.
  func lookAlikes(
    within asked: Selection, known: [String]
  ) -> (sql: String, parameters: [String: SQLValue]) {
    var terms: [String] = []
    var parameters: [String: SQLValue] = [:]
    for (column, value) in zip(table.columns, values) {
      let name = column.unit == .usd ? column.name + "_nanos" : column.name
      guard known.contains(name), let bound = SQLValue(value) else { continue }
      terms.append("\(name) IS :\(name)")
      parameters[name] = bound
      if name == "occurred_at", case .integer(let time) = bound {
        terms.append("hour = \(floor(time, hourLength))")
      }
    }
    let sql = """
      WITH \(SelectionSQL(recipe.reads(asked)).selectedCall)
      SELECT hour, identity FROM selected_call\(SelectionSQL.whereClause(terms)) ORDER BY identity
      """
    return (sql, parameters)
  }

  /// How many rows before this one are equal to it.
  var equalRowsBefore: Int { table.rows[..<place].count { $0 == values } }
}

extension Value {
  /// As it is named on the command line.
  fileprivate var name: String {
    switch self {
    case .null: Selection.none
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    }
  }
}

extension SQLValue {
  /// Nil for reals, which are not compared.
  fileprivate init?(_ value: Value) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .integer(number)
    case .text(let text): self = .text(text)
    case .real: return nil
    }
  }
}
