/// Writes `selected_call`, the calls that a recipe reads, and the terms that filter them.
///
/// Rendered in front of a recipe, so that the printed statement is complete. On another engine only this
/// text and that of `UsageSQL` differ; recipes stay the same.
struct SelectionSQL {
  let selection: Selection
  /// The only hours with calls that are wanted, where that is known beforehand.
  private let hours: [Int64]?

  init(_ selection: Selection, inHours hours: [Int64]? = nil) {
    self.selection = selection
    self.hours = hours
  }

  /// `NOT MATERIALIZED`: read twice, SQLite would otherwise copy all of it first.
  var selectedCall: String {
    """
    selected_call AS NOT MATERIALIZED (
      SELECT * FROM llm_call\(Self.whereClause(calls(from: selection.since, to: selection.until)))
    )
    """
  }

  /// `selected_copy`: calls that several logs told of, and by how many logs more than one.
  ///
  /// From the tellings, which are few, to their calls; `CROSS JOIN` keeps SQLite to that order.
  var selectedCopy: String {
    let terms =
      ["t.replaced_by IS NULL", "c.kind = 'call'"]
      + calls(from: selection.since, to: selection.until, of: "c")
    return """
      selected_copy AS (
        SELECT c.occurred_at, COUNT(DISTINCT t.source) - 1 AS n_copies
        FROM call_telling AS t
        CROSS JOIN llm_call AS c ON c.hour = t.hour AND c.identity = t.identity\(Self.whereClause(terms))
        GROUP BY t.hour, t.identity, c.occurred_at
      )
      """
  }

  /// Bounds as the table's key wants them (its first column is the hour), and exact.
  ///
  /// - Parameter table: what `llm_call` is called where another table has such columns too.
  func calls(from since: Int64?, to until: Int64?, of table: String? = nil) -> [String] {
    let prefix = table.map { $0 + "." } ?? ""
    var terms: [String] = []
    if let since {
      terms += ["\(prefix)hour >= \(floor(since, hourLength))", "occurred_at >= \(since)"]
    }
    if let until {
      terms += ["\(prefix)hour <= \(floor(until - 1, hourLength))", "occurred_at < \(until)"]
    }
    if let hours {
      terms.append("\(prefix)hour IN (\(hours.map(String.init).joined(separator: ", ")))")
    }
    return terms + filters
  }

  /// One term a dimension.
  var filters: [String] { selection.sortedFilters.map { filter($0.dimension, $0.values) } }

  private func filter(_ dimension: Dimension, _ values: [String]) -> String {
    let column = dimension.column
    var terms: [String] = []
    if values.contains(Selection.none) { terms.append("\(column) IS NULL") }
    let named = values.filter { $0 != Selection.none }
    if dimension == .status {
      for value in named { terms.append(status(value)) }
    } else if !named.isEmpty {
      let literals = named.map {
        dimension.isNumber ? Int64($0).map(String.init) ?? "-1" : SQLText.literal($0)
      }
      terms.append("\(column) IN (\(literals.joined(separator: ", ")))")
    }
    if terms.isEmpty { return "1 = 0" }
    return terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " OR ")))"
  }

  private func status(_ value: String) -> String {
    guard let statuses = Selection.statuses(value) else { return "status_code = -1" }
    return statuses.count == 1
      ? "status_code = \(statuses.lowerBound)"
      : "status_code BETWEEN \(statuses.lowerBound) AND \(statuses.upperBound)"
  }

  static func whereClause(_ terms: [String]) -> String {
    terms.isEmpty ? "" : "\n  WHERE " + terms.joined(separator: "\n    AND ")
  }
}
