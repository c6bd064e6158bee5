/// A recipe made ready to run: the selection in front, its parameters bound, its dimensions filled in.
package struct RenderedRecipe {
  /// One complete statement with `:name` parameters, over the sums and the calls.
  package let sql: String
  package let parameters: [String: SQLValue]
  /// The same statement where calls were scanned beforehand, and the scan; nil if the recipe reads no usage.
  let scanned: (sql: String, scan: ScanRequest?)?

  package init(
    _ recipe: Recipe, _ selection: Selection, arguments: [String: String], asOf: Int64
  ) throws {
    try self.init(recipe, selection, arguments: arguments, asOf: asOf, inHours: nil)
  }

  /// - Parameter hours: the only ones with calls that the answer needs, where that is known.
  init(
    _ recipe: Recipe, _ selection: Selection, arguments: [String: String], asOf: Int64,
    inHours hours: [Int64]?
  ) throws {
    let known = recipe.parameters.map(\.name)
    for name in arguments.keys where !known.contains(name) {
      throw RecipeError.unknownParameter(name, known: known)
    }
    var parameters: [String: SQLValue] = [
      "as_of": .integer(asOf),
      "since": selection.since.map { .integer($0) } ?? .null,
      "until": selection.until.map { .integer($0) } ?? .null,
    ]
    var body = recipe.sql
    var usage = recipe.usage
    for parameter in recipe.parameters {
      let argument = arguments[parameter.name] ?? parameter.standard
      switch parameter.kind {
      case .integer:
        guard let number = Int64(argument), number > 0 else {
          throw RecipeError.notAnInteger(parameter: parameter.name)
        }
        parameters[parameter.name] = .integer(number)
      case .text:
        parameters[parameter.name] = .text(argument)
      case .dimension:
        guard let dimension = Dimension(argument: argument) else {
          throw RecipeError.unknownDimension(argument)
        }
        body = body.replacing("{\(parameter.name)}", with: dimension.column)
        if usage == "{\(parameter.name)}" { usage = dimension.column }
      }
    }
    let calls = recipe.reads(selection)
    let prelude = SelectionSQL(calls, inHours: hours).selectedCall
    self.parameters = parameters
    guard body.contains("selected_usage") else {
      sql = Self.join(prelude, body)
      scanned = nil
      return
    }
    let usageSQL = UsageSQL(
      calls, by: usage, UsageAmount.mentioned(in: body),
      cuts: recipe.looksBack ? [selection.since].compactMap(\.self) : [],
      bucket: recipe.bucket(for: body),
      top: recipe.top(parameters))
    sql = Self.join(prelude + ",\n" + usageSQL.portable, body)
    scanned = (Self.join(prelude + ",\n" + usageSQL.scanned, body), usageSQL.scan)
  }

  /// The statement with its parameters filled in, for people to paste into `sqlite3`.
  package var printable: String { SQLText.filledIn(sql, parameters) + ";\n" }

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
