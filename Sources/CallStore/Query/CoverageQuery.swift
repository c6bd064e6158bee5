import Tables

extension SandboxedReader {
  /// How much of a selection is priced, and what it does not know.
  func coverage(of selection: Selection, leftOut: String?) throws -> Coverage {
    let text = SelectionSQL(selection)
    let totals = try select(
      """
      WITH \(text.selectedCall),
      \(text.selectedUsage(by: nil))
      SELECT COALESCE(SUM(calls), 0), COALESCE(SUM(priced_calls), 0),
        COALESCE(SUM(calls_without_usage), 0)
      FROM selected_usage
      """
    ).rows[0].map(\.whole)
    var coverage = Coverage(
      calls: totals[0], pricedCalls: totals[1], callsWithoutUsage: totals[2])
    coverage.unpricedModels = try select(
      """
      WITH \(text.selectedCall),
      \(text.selectedUsage(by: "model"))
      SELECT model FROM selected_usage WHERE model IS NOT NULL
      GROUP BY model
      HAVING SUM(calls + extra_calls) > SUM(priced_calls + priced_extra_calls)
      ORDER BY SUM(calls + extra_calls - priced_calls - priced_extra_calls) DESC, model
      """
    ).rows.compactMap { if case .text(let model) = $0[0] { model } else { nil } }
    if let leftOut {
      coverage.leftOut = try select(
        """
        WITH \(text.selectedCall),
        \(text.selectedUsage(by: leftOut))
        SELECT COALESCE(SUM(calls), 0) FROM selected_usage WHERE \(leftOut) IS NULL
        """
      ).rows[0][0].whole
    }
    coverage.approximateTimes = try approximateTimes(text)
    return coverage
  }

  private func approximateTimes(_ text: SelectionSQL) throws -> Int64 {
    guard try select("SELECT EXISTS (SELECT 1 FROM approximate_call)").rows[0][0].whole == 1 else {
      return 0
    }
    return try select(
      """
      WITH \(text.selectedCall)
      SELECT COUNT(*) FROM selected_call WHERE time_is_approximate = 1 AND kind = 'call'
      """
    ).rows[0][0].whole
  }
}

extension Value {
  fileprivate var whole: Int64 { if case .integer(let number) = self { number } else { 0 } }
}
