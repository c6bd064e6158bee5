import GRDB
import Tables
package import UsageLog

extension CallDatabase {
  /// Every call that an id means, explained.
  ///
  /// - Parameter id: a request or message id, a key, or a place in a log, `FILE:LINE`.
  /// - Throws: `ExplainError` where no call is known by it.
  package func explain(_ id: String, prices: PriceSettings) throws -> [Explanation] {
    try reading { reader in
      try reader.outside { db in
        let explainer = try CallExplainer(db, KnownPrices(db, prices))
        return try CallLookup(db: db).keys(of: id).map(explainer.explanation)
      }
    }
  }

  /// A row of a recipe's answer, explained: its one call, or all the calls that it sums up.
  ///
  /// - Parameters:
  ///   - row: the text of its first column, or its number from 1.
  ///   - book: what the recipe's fold prices with, if it does.
  package func explain(
    row: String, of recipe: Recipe, over selection: Selection, arguments: [String: String],
    asOf: Int64, timezone: String = "UTC", prices: PriceSettings, book: PriceBook? = nil
  ) throws -> ExplainedRow {
    try reading { reader in
      let table = try reader.answer(
        recipe, over: selection, arguments: arguments, asOf: asOf, timezone: timezone,
        prices: book
      ).table
      let row = try RecipeRow(row, of: table, in: recipe)
      if row.isCall {
        let known = try reader.select("SELECT * FROM llm_call LIMIT 0").names
        let (sql, parameters) = row.lookAlikes(within: selection, known: known)
        let alike = try reader.select(sql, parameters).rows
        guard let found = alike.dropFirst(row.equalRowsBefore).first ?? alike.first,
          case .integer(let hour) = found[0], case .integer(let identity) = found[1]
        else { throw ExplainError.noDimension(recipe: recipe.name) }
        return try reader.outside { db in
          let explainer = try CallExplainer(db, KnownPrices(db, prices))
          return .call(
            try explainer.explanation(of: CallKey(hour: hour, identity: identity)))
        }
      }
      let bound = try BoundRecipe(recipe, arguments: arguments)
      let span = row.span(bound.parameters, timezone: timezone)
      let bucket = bound.bucket(
        over: UsageWindow.span(of: recipe.reads(selection)),
        asked: UsageWindow.span(of: selection), timezone: timezone)
      return .sum(
        try reader.outside {
          try Self.sum(
            row, within: row.selection(within: selection, bucket: bucket, span: span), on: $0,
            prices)
        })
    }
  }

  private static func sum(
    _ row: RecipeRow, within selection: Selection, on db: Database, _ settings: PriceSettings
  ) throws -> RowExplanation {
    let prices = try KnownPrices(db, settings)
    var windows = [try window(selection, on: db, prices)]
    if row.recipe.directives.lookback == .window, let since = selection.since {
      var before = selection.lookedBack(.window)
      before.until = since
      windows.append(try window(before, on: db, prices))
    }
    return RowExplanation(
      recipe: row.recipe.name, number: row.place + 1, columns: row.table.columns, row: row.values,
      filters: selection.sortedFilters, windows: windows, ties: row.ties(to: windows))
  }

  private static func window(
    _ selection: Selection, on db: Database, _ prices: KnownPrices
  ) throws -> ExplainedWindow {
    var reckoning = GroupedReckoning(prices)
    try SelectedRows(selection, on: db).each {
      try reckoning.add($0)
      reckoning.noteDear($0)
    }
    return ExplainedWindow(
      since: selection.since, until: selection.until,
      groups: reckoning.groups.sorted {
        ($1.storedNanos, $0.model ?? "", $0.conditions.joined(separator: ", "))
          < ($0.storedNanos, $1.model ?? "", $1.conditions.joined(separator: ", "))
      },
      dearest: try reckoning.dearest.map { try dear($0.key, $0.costNanos, on: db) })
  }

  private static func dear(
    _ key: CallKey, _ cost: Int64?, on db: Database
  ) throws -> ExplainedWindow.DearCall {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT request_id, occurred_at, kind, source_file, source_line FROM llm_call
        WHERE hour = ? AND identity = ?
        """, arguments: [key.hour, key.identity])
    return ExplainedWindow.DearCall(
      key: key.text, id: row?["request_id"], occurredAt: row?["occurred_at"] ?? 0,
      kind: row?["kind"] ?? "call", costNanos: cost, file: row?["source_file"] ?? "",
      line: row?["source_line"] ?? 0)
  }
}

/// What a recipe's row stands for.
package enum ExplainedRow: Sendable {
  case call(Explanation)
  case sum(RowExplanation)
}
