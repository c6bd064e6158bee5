/// Writes the common table expressions that recipes read: `selected_call` and `selected_usage`.
///
/// Rendered in front of a recipe, so that the printed statement is complete. On another engine only this
/// file's text differs; recipes stay the same.
struct SelectionSQL {
  let selection: Selection
  /// Where windows meet inside the selection: no bucket may reach over such an instant.
  let cuts: [Int64]

  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 86_400_000

  init(_ selection: Selection, cuts: [Int64] = []) {
    self.selection = selection
    self.cuts = cuts
  }

  // MARK: - Calls

  /// `NOT MATERIALIZED`: read twice, SQLite would otherwise copy all of it first.
  var selectedCall: String {
    """
    selected_call AS NOT MATERIALIZED (
      SELECT * FROM llm_call\(whereClause(calls(from: selection.since, to: selection.until)))
    )
    """
  }

  /// Bounds as the table's key wants them (its first column is the hour), and exact.
  private func calls(from since: Int64?, to until: Int64?) -> [String] {
    var terms: [String] = []
    if let since { terms += ["hour >= \(floor(since, Self.hour))", "occurred_at >= \(since)"] }
    if let until { terms += ["hour <= \(floor(until - 1, Self.hour))", "occurred_at < \(until)"] }
    return terms + selection.sortedFilters.map { filter($0.dimension, $0.values) }
  }

  private func filter(_ dimension: Dimension, _ values: [String]) -> String {
    let column = dimension.column
    var terms: [String] = []
    if values.contains(Selection.none) { terms.append("\(column) IS NULL") }
    let named = values.filter { $0 != Selection.none }
    if dimension == .status {
      for value in named { terms.append(status(value)) }
    } else if !named.isEmpty {
      terms.append("\(column) IN (\(named.map { SQLText.literal($0) }.joined(separator: ", ")))")
    }
    return terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " OR ")))"
  }

  private func status(_ value: String) -> String {
    if let class_ = value.first?.wholeNumberValue, value.lowercased().hasSuffix("xx") {
      return "status_code BETWEEN \(class_)00 AND \(class_)99"
    }
    return "status_code = \(Int64(value) ?? -1)"
  }

  // MARK: - Usage

  /// Usage by one column: from the sums kept at import where they carry everything asked for,
  /// else from the calls.
  ///
  /// Either way the same totals: whole days, whole hours, and the calls at the ragged ends.
  func selectedUsage(by column: String?) -> String {
    guard let dimension = summed(by: column) else {
      return """
        selected_usage AS (
          SELECT occurred_at, \(column.map { "\($0), " } ?? "")\(Self.amountsOfCalls)
          FROM selected_call AS c
        )
        """
    }
    var parts = segments.flatMap { pieces(of: $0, hasHours: dimension.grains.contains(1)) }
    // An empty window still needs its columns.
    if parts.isEmpty { parts = [.calls(0..<0)] }
    let texts = parts.map { piece in
      switch piece {
      case .sums(let grain, let range): sums(dimension, column, grain: grain, range)
      case .calls(let range): calls(column, range)
      }
    }
    return """
      selected_usage AS (
      \(texts.joined(separator: "\n  UNION ALL\n"))
      )
      """
  }

  /// The sums that carry the grouping and every filter; nil if none do.
  private func summed(by column: String?) -> SumDimension? {
    var dimensions = Set(selection.filters.keys)
    if let column {
      guard let grouped = Dimension(column: column) else { return nil }
      dimensions.insert(grouped)
    }
    guard let only = dimensions.first else { return .total }
    return dimensions.count == 1 ? only.sum : nil
  }

  private var segments: [Range<Int64>] {
    let since = selection.since ?? 1_262_304_000_000
    let until = max(selection.until ?? 4_102_444_800_000, since)
    let inner = cuts.filter { $0 > since && $0 < until }.sorted()
    return zip([since] + inner, inner + [until]).map { $0..<$1 }
  }

  private enum Piece {
    case sums(grain: Int64, Range<Int64>)
    case calls(Range<Int64>)
  }

  /// A span of time as whole days, whole hours and what is left at either end.
  private func pieces(of span: Range<Int64>, hasHours: Bool) -> [Piece] {
    let unit = hasHours ? Self.hour : Self.day
    let inner =
      ceil(span.lowerBound, unit) * unit..<max(
        ceil(span.lowerBound, unit), floor(span.upperBound, unit)) * unit
    guard !inner.isEmpty else { return span.isEmpty ? [] : [.calls(span)] }
    let days =
      ceil(
        inner.lowerBound, Self.day)..<max(
        ceil(inner.lowerBound, Self.day), floor(inner.upperBound, Self.day))
    var pieces: [Piece] = [
      .calls(span.lowerBound..<inner.lowerBound), .calls(inner.upperBound..<span.upperBound),
    ]
    if days.isEmpty {
      pieces.append(.sums(grain: 1, inner.lowerBound / unit..<inner.upperBound / unit))
    } else {
      pieces.append(.sums(grain: 24, days))
      if hasHours {
        pieces.append(.sums(grain: 1, inner.lowerBound / unit..<days.lowerBound * 24))
        pieces.append(.sums(grain: 1, days.upperBound * 24..<inner.upperBound / unit))
      }
    }
    return pieces.filter {
      switch $0 {
      case .sums(_, let range), .calls(let range): !range.isEmpty
      }
    }
  }

  private func sums(
    _ dimension: SumDimension, _ column: String?, grain: Int64, _ buckets: Range<Int64>
  ) -> String {
    let source = """
      SELECT bucket * \(grain * Self.hour) AS occurred_at, \(naming(dimension, column))\
      \(UsageAmounts.columnNames.joined(separator: ", "))
          FROM usage_sum
          WHERE dimension = \(dimension.rawValue) AND grain = \(grain)
            AND bucket >= \(buckets.lowerBound) AND bucket < \(buckets.upperBound)
      """
    let filters = selection.sortedFilters.map { filter($0.dimension, $0.values) }
    guard !filters.isEmpty else { return "  " + source }
    let name = column ?? selection.sortedFilters[0].dimension.column
    let named =
      column == nil
      ? source.replacing(
        "occurred_at, ", with: "occurred_at, \(text(dimension)) AS \(name), ", maxReplacements: 1)
      : source
    let columns = ["occurred_at"] + (column.map { [$0] } ?? []) + UsageAmounts.columnNames
    return """
        SELECT \(columns.joined(separator: ", ")) FROM (
          \(named)
        )\(whereClause(filters))
      """
  }

  private func naming(_ dimension: SumDimension, _ column: String?) -> String {
    column.map { "\(text(dimension)) AS \($0), " } ?? ""
  }

  /// The name behind a sum's code; 0 was not logged.
  private func text(_ dimension: SumDimension) -> String {
    guard dimension == .prompt else { return "(SELECT text FROM name WHERE id = value)" }
    return """
      COALESCE((SELECT text FROM long_name WHERE code = value), \
      CASE WHEN value <> 0 THEN printf('%016x', value) END)
      """
  }

  private func calls(_ column: String?, _ range: Range<Int64>) -> String {
    """
      SELECT occurred_at, \(column.map { "\($0), " } ?? "")\(Self.amountsOfCalls)
      FROM llm_call AS c\(whereClause(calls(from: range.lowerBound, to: range.upperBound)))
    """
  }

  /// One call's share in each of the sums' columns.
  ///
  /// The columns are qualified because an alias hides the column of its name on other engines.
  private static let amountsOfCalls = """
    CASE WHEN c.kind = 'call' THEN 1 ELSE 0 END AS calls,
        CASE WHEN c.kind = 'call' THEN 0 ELSE 1 END AS extra_calls,
        CASE WHEN c.kind = 'call' AND c.cost_usd_nanos IS NOT NULL THEN 1 ELSE 0 END AS priced_calls,
        CASE WHEN c.kind <> 'call' AND c.cost_usd_nanos IS NOT NULL THEN 1 ELSE 0 END AS priced_extra_calls,
        CASE WHEN c.input_tokens IS NULL AND c.cost_usd_nanos IS NULL THEN 1 ELSE 0 END AS calls_without_usage,
        CASE WHEN c.status_code >= 400 THEN 1 ELSE 0 END AS errors,
        COALESCE(c.input_tokens, 0) AS input_tokens,
        COALESCE(c.cache_create_tokens, 0) AS cache_create_tokens,
        COALESCE(c.cache_create_1h_tokens, 0) AS cache_create_1h_tokens,
        COALESCE(c.cache_read_tokens, 0) AS cache_read_tokens,
        COALESCE(c.output_tokens, 0) AS output_tokens,
        COALESCE(c.web_search_requests, 0) AS web_search_requests,
        COALESCE(c.cost_usd_nanos, 0) AS cost_usd_nanos,
        COALESCE(c.latency_ms, 0) AS latency_ms,
        CASE WHEN c.latency_ms IS NULL THEN 0 ELSE 1 END AS latency_calls
    """

  private func whereClause(_ terms: [String]) -> String {
    terms.isEmpty ? "" : "\n  WHERE " + terms.joined(separator: "\n    AND ")
  }

  private func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    value >= 0 ? value / unit : (value - unit + 1) / unit
  }

  private func ceil(_ value: Int64, _ unit: Int64) -> Int64 { floor(value + unit - 1, unit) }
}
