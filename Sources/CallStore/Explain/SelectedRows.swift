import GRDB

/// Reads the calls of a selection from the table, by codes: what pricing needs of each, and nothing else.
struct SelectedRows {
  private let statement: Statement
  private let columns: [CallColumn]
  /// How many columns of the table's own stand behind them.
  private let besides: Int

  /// - Parameters:
  ///   - more: columns beside those that pricing needs.
  ///   - table: `call`, or one with its columns.
  ///   - own: integer columns that the table has beside a call's.
  ///   - moreTerms: SQL that holds of each row besides.
  init(
    _ selection: Selection, with more: [CallColumn] = [], from table: String = "call",
    own: [String] = [], where moreTerms: [String] = [], on db: Database
  ) throws {
    let standard = CallColumn.pricedBy + CallColumn.priced + [.hour, .identity]
    columns = standard + more.filter { !standard.contains($0) }
    besides = own.count
    let terms = try Self.terms(of: selection, db) + moreTerms
    statement = try Statement(
      """
      SELECT \((columns.map(\.name) + own).joined(separator: ", ")) FROM \(table)\
      \(SelectionSQL.whereClause(terms))
      """, on: db)
  }

  /// What the calls of a selection have in common, as SQL over `call`.
  static func terms(of selection: Selection, _ db: Database) throws -> [String] {
    var terms: [String] = []
    if let since = selection.since {
      terms += ["hour >= \(floor(since, hourLength))", "occurred_at >= \(since)"]
    }
    if let until = selection.until {
      terms += ["hour <= \(floor(until - 1, hourLength))", "occurred_at < \(until)"]
    }
    let known = try DimensionCodes(db)
    for (dimension, values) in selection.sortedFilters {
      terms.append(try term(dimension, values, known))
    }
    return terms
  }

  /// Hands over each call as the only row of `rows`.
  func each(_ body: (CodedCalls) throws -> Void) throws {
    try eachBesides { rows, _ in try body(rows) }
  }

  /// The same, with the table's own columns.
  func eachBesides(_ body: (CodedCalls, [Int64]) throws -> Void) throws {
    var rows = CodedCalls()
    let row = rows.append()
    while try statement.next() {
      for (place, column) in columns.enumerated() {
        rows[row, column] = statement.int(place) ?? CodedCalls.null
      }
      let own = (0..<besides).map { statement.int(columns.count + $0) ?? 0 }
      try body(rows, own)
    }
  }

  /// One dimension's values as SQL over codes; what no call has matches nothing.
  static func term(
    _ dimension: Dimension, _ values: [String], _ known: DimensionCodes
  ) throws -> String {
    let column = dimension.scanColumn.column.name
    var terms: [String] = []
    var codes: [Int64] = []
    for value in values {
      if Dimension.isNull(dimension, value) {
        terms.append("\(column) IS NULL")
      } else if dimension == .status {
        guard let statuses = Selection.statuses(value) else { continue }
        terms.append("\(column) BETWEEN \(statuses.lowerBound) AND \(statuses.upperBound)")
      } else {
        codes += try known.codes(of: dimension, value)
      }
    }
    if !codes.isEmpty {
      terms.append("\(column) IN (\(codes.map(String.init).joined(separator: ", ")))")
    }
    return terms.isEmpty ? "1 = 0" : "(\(terms.joined(separator: " OR ")))"
  }
}
