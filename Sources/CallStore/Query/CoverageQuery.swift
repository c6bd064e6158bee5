import Tables

extension SandboxedReader {
  /// How much of a selection is priced, and what it does not know.
  func coverage(of selection: Selection, leftOut: String?) throws -> Coverage {
    let byModel = try select(
      """
      SELECT model, SUM(calls), SUM(priced_calls), SUM(calls_without_usage),
        SUM(calls + extra_calls - priced_calls - priced_extra_calls)
      FROM selected_usage GROUP BY model
      ORDER BY SUM(calls + extra_calls - priced_calls - priced_extra_calls) DESC, model
      """,
      from: UsageSQL(
        selection, by: "model",
        [.calls, .extraCalls, .pricedCalls, .pricedExtraCalls, .callsWithoutUsage]))
    func total(_ column: Int) -> Int64 { byModel.reduce(0) { $0 + $1[column].whole } }
    var coverage = Coverage(
      calls: total(1), pricedCalls: total(2), callsWithoutUsage: total(3))
    coverage.unpricedModels = byModel.compactMap { row in
      if case .text(let model) = row[0], row[4].whole > 0 { model } else { nil }
    }
    if let leftOut, let dimension = Dimension(column: leftOut) {
      coverage.leftOut = try calls(in: selection, without: dimension)
    }
    coverage.approximateTimes = try approximateTimes(selection)
    return coverage
  }

  /// Calls in which a dimension was not logged.
  private func calls(in selection: Selection, without dimension: Dimension) throws -> Int64 {
    var selection = selection
    if let wanted = selection.filters[dimension], !wanted.contains(Selection.none) { return 0 }
    selection.filters[dimension] = [Selection.none]
    let usage = UsageSQL(selection, by: nil, [.calls])
    return try select("SELECT SUM(calls) FROM selected_usage", from: usage)[0][0].whole
  }

  private func approximateTimes(_ selection: Selection) throws -> Int64 {
    guard try select("SELECT EXISTS (SELECT 1 FROM approximate_call)").rows[0][0].whole == 1 else {
      return 0
    }
    let terms = SelectionSQL(selection).calls(from: selection.since, to: selection.until, of: "c")
    return try select(
      """
      SELECT COUNT(*) FROM approximate_call AS a
      JOIN llm_call AS c ON c.hour = a.hour AND c.identity = a.identity
      \(SelectionSQL.whereClause(["kind = 'call'"] + terms))
      """
    ).rows[0][0].whole
  }
}

extension Value {
  fileprivate var whole: Int64 { if case .integer(let number) = self { number } else { 0 } }
}
