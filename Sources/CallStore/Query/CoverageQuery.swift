import Tables

extension SandboxedReader {
  /// How much of a selection is priced, and what it does not know.
  ///
  /// - Parameter leftOut: a column of `llm_call`: calls in which it was not logged are counted.
  func coverage(of selection: Selection, leftOut: String?) throws -> Coverage {
    let models = try select(
      """
      SELECT model, \(ModelCoverage.amounts.map { "SUM(\($0.rawValue))" }.joined(separator: ", "))
      FROM selected_usage GROUP BY model
      """, from: UsageSQL(selection, UsageShape(by: ["model"], ModelCoverage.amounts))
    ).map(ModelCoverage.init)
    func total(_ amount: UsageAmount) -> Int64 { models.reduce(0) { $0 + $1[amount] } }
    return try Coverage(
      calls: total(.calls), pricedCalls: total(.pricedCalls), extraCalls: total(.extraCalls),
      unpricedCalls: models.reduce(0) { $0 + $1.unpricedCalls },
      tokens: models.reduce(0) { $0 + $1.tokens }, unpricedTokens: total(.unpricedTokens),
      unpricedModels: ModelCoverage.unpriced(of: models),
      callsWithoutUsage: total(.callsWithoutUsage), coveredCalls: total(.coveredCalls),
      coveredListNanos: total(.coveredCost),
      leftOut: leftOut.map { try calls(in: selection, without: $0) } ?? 0,
      leftOutField: leftOut.map { ColumnUnits.column(named: $0, in: nil).name },
      approximateTimes: approximateTimes(selection), priceBooks: priceBooks(of: selection))
  }

  /// Which price books the calls of a window were priced with, the newest first.
  ///
  /// Told by the sums alone: for the whole hours that the window touches, and whatever the filters say. A call is
  /// one of thousands that one book priced; to read it only to name the book would cost more than it tells.
  private func priceBooks(of selection: Selection) throws -> [String?] {
    let span = UsageWindow.span(of: selection)
    guard !span.isEmpty else { return [] }
    let hours = Selection(
      since: floor(span.lowerBound, hourLength) * hourLength,
      until: ceil(span.upperBound, hourLength) * hourLength)
    let parts = UsageWindow(hours, cuts: [], bucket: nil).summed.compactMap { piece -> String? in
      guard case .sums(let grain, let buckets) = piece else { return nil }
      return """
        SELECT value FROM usage_sum
        WHERE dimension = \(SumDimension.priceBook.rawValue) AND grain = \(grain)
          AND bucket >= \(buckets.lowerBound) AND bucket < \(buckets.upperBound)
        """
    }
    return try select(
      """
      SELECT (SELECT hash FROM price_book WHERE id = value)
      FROM (SELECT DISTINCT value FROM (\(parts.joined(separator: "\n  UNION ALL\n"))))
      ORDER BY value DESC
      """
    ).rows.map { if case .text(let hash) = $0[0] { hash } else { nil } }
  }

  /// Calls in which a column was not logged.
  private func calls(in selection: Selection, without column: String) throws -> Int64 {
    guard let dimension = Dimension(column: column) else {
      guard column.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return 0 }
      let terms = SelectionSQL(selection).calls(from: selection.since, to: selection.until)
      return try select(
        """
        SELECT COUNT(*) FROM llm_call
        \(SelectionSQL.whereClause(["kind = 'call'", "\(column) IS NULL"] + terms))
        """
      ).rows[0][0].whole
    }
    return try calls(in: selection, without: dimension)
  }

  /// Calls in which a dimension was not logged.
  private func calls(in selection: Selection, without dimension: Dimension) throws -> Int64 {
    var selection = selection
    if let wanted = selection.filters[dimension], !wanted.contains(Selection.none) { return 0 }
    selection.filters[dimension] = [Selection.none]
    let usage = UsageSQL(selection, UsageShape(by: [], [.calls]))
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

/// One model's part of a coverage; the model is nil where none was logged.
private struct ModelCoverage {
  static let amounts: [UsageAmount] = [
    .calls, .extraCalls, .pricedCalls, .pricedExtraCalls, .coveredCalls, .callsWithoutUsage,
    .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens, .unpricedTokens,
    .coveredCost,
  ]

  let model: String?
  private let sums: [UsageAmount: Int64]

  init(_ row: [Value]) {
    model = if case .text(let model) = row[0] { model } else { nil }
    sums = Dictionary(uniqueKeysWithValues: zip(Self.amounts, row.dropFirst().map(\.whole)))
  }

  subscript(amount: UsageAmount) -> Int64 { sums[amount] ?? 0 }

  var unpricedCalls: Int64 {
    self[.calls] + self[.extraCalls] - self[.pricedCalls] - self[.pricedExtraCalls]
      - self[.coveredCalls]
  }

  var tokens: Int64 {
    self[.inputTokens] + self[.cacheCreateTokens] + self[.cacheReadTokens] + self[.outputTokens]
  }

  /// Whether a price is missing; where only the usage was not logged, none is.
  private var hasNoPrice: Bool {
    unpricedCalls > self[.callsWithoutUsage] || self[.unpricedTokens] > 0
  }

  /// The models that have no price, those with the most calls first.
  static func unpriced(of models: [ModelCoverage]) -> [String] {
    models.filter(\.hasNoPrice)
      .sorted { ($1.unpricedCalls, $0.model ?? "") < ($0.unpricedCalls, $1.model ?? "") }
      .compactMap(\.model)
  }
}

extension Value {
  fileprivate var whole: Int64 { if case .integer(let number) = self { number } else { 0 } }
}
