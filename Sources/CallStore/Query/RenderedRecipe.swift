/// A recipe made ready to run: the selection in front, its parameters bound, its dimensions filled in.
package struct RenderedRecipe {
  /// One complete statement with `:name` parameters, over the sums and the calls.
  package let sql: String
  package let parameters: [String: SQLValue]
  /// The same statement where calls were scanned beforehand, and the scan; nil if the recipe reads no usage.
  let scanned: (sql: String, scan: ScanRequest?)?
  private let fold: Fold?

  package init(
    _ recipe: Recipe, _ selection: Selection, arguments: [String: String], asOf: Int64,
    timezone: String = "UTC", firstCall: Int64? = nil
  ) throws {
    try self.init(
      recipe, selection, arguments: arguments, asOf: asOf, timezone: timezone,
      firstCall: firstCall, inHours: nil)
  }

  /// - Parameters:
  ///   - firstCall: before it there are none, where that is known.
  ///   - hours: the only ones with calls that the answer needs, where that is known.
  init(
    _ recipe: Recipe, _ selection: Selection, arguments: [String: String], asOf: Int64,
    timezone: String, firstCall: Int64?, inHours hours: [Int64]?
  ) throws {
    let bound = try BoundRecipe(recipe, arguments: arguments)
    var parameters = bound.parameters
    parameters["as_of"] = .integer(asOf)
    parameters["since"] = selection.since.map { .integer($0) } ?? .null
    parameters["until"] = selection.until.map { .integer($0) } ?? .null
    self.parameters = parameters
    fold = recipe.directives.fold
    let calls = recipe.reads(selection)
    let tables = SelectionSQL(calls, inHours: hours)
    let copies = bound.body.contains("selected_copy") ? ",\n" + tables.selectedCopy : ""
    let prelude = tables.selectedCall + copies
    guard bound.body.contains("selected_usage") else {
      sql = Self.join(prelude, bound.body)
      scanned = nil
      return
    }
    let usageSQL = UsageSQL(
      calls,
      try bound.shape(
        over: UsageWindow.span(of: calls), asked: UsageWindow.span(of: selection),
        timezone: timezone, firstCall: firstCall),
      cuts: recipe.looksBack ? [selection.since].compactMap(\.self) : [], top: bound.top,
      least: bound.least)
    sql = Self.join(prelude + ",\n" + usageSQL.portable, bound.body)
    scanned = (Self.join(prelude + ",\n" + usageSQL.scanned, bound.body), usageSQL.scan)
  }

  /// The statement with its parameters filled in, for people to paste into `sqlite3`.
  package var printable: String {
    let note = fold.map { "-- What the rows say is then finished by the program (\($0.name)).\n" }
    return (note ?? "") + SQLText.filledIn(sql, parameters) + ";\n"
  }

  /// Puts the prelude in front of the recipe's own WITH, if it has one; comments before it stay.
  private static func join(_ prelude: String, _ body: String) -> String {
    let statement = SQLText.withoutComments(before: body[...])
    let comments = body[..<statement.startIndex]
    let words = statement.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard words.count == 3, words[0].uppercased() == "WITH" else {
      return "\(comments)WITH \(prelude)\n\(statement)"
    }
    guard words[1].uppercased() == "RECURSIVE" else {
      return "\(comments)WITH \(prelude),\n\(body[words[1].startIndex...])"
    }
    return "\(comments)WITH RECURSIVE \(prelude),\n\(words[2])"
  }
}
