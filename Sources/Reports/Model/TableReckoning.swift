import Tables

/// A table's rows with their derived columns, and its totals: sums first, in whole numbers, ratios last.
struct TableReckoning {
  private(set) var rows: [[Value]]
  private(set) var totals: [Value]?
  private let columns: [ReportColumn]

  init(columns: [ReportColumn], given: [[Value]], totalName: String) {
    self.columns = columns
    let givenCount = columns.count { !$0.isDerived }
    precondition(given.allSatisfy { $0.count == givenCount }, "one value for each given column")
    rows = given.map { Self.spread($0, over: columns) }
    let isSummed = columns.contains { $0.content == .summed }
    totals = isSummed && !rows.isEmpty ? Self.sums(of: rows, columns, totalName) : nil
    for column in columns.indices where columns[column].isDerived { derive(column) }
  }

  /// Leaves room for what is derived.
  private static func spread(_ given: [Value], over columns: [ReportColumn]) -> [Value] {
    var rest = given[...]
    return columns.map { $0.isDerived ? .null : rest.removeFirst() }
  }

  private static func sums(
    of rows: [[Value]], _ columns: [ReportColumn], _ totalName: String
  ) -> [Value] {
    columns.indices.map { column in
      switch columns[column].content {
      case .summed: sum(rows.map { $0[column] })
      case .given, .derived:
        column == 0 && columns[0].unit == .text ? .text(totalName) : .null
      }
    }
  }

  private mutating func derive(_ column: Int) {
    guard let derivation = columns[column].derivation else { return }
    let (first, second) = (
      index(of: derivation.operands.first, before: column),
      derivation.operands.second.map { index(of: $0, before: column) }
    )
    // A share is of the total, which needs no row of its own to be shown.
    let whole = second == nil ? Self.sum(rows.map { $0[first] }) : .null
    let units = (columns[first].unit, columns[second ?? first].unit, columns[column].unit)
    func value(in row: [Value]) -> Value {
      derivation.value(row[first], second.map { row[$0] } ?? whole, units: units)
    }
    for row in rows.indices { rows[row][column] = value(in: rows[row]) }
    if let row = totals { totals?[column] = value(in: row) }
  }

  private func index(of name: String, before column: Int) -> Int {
    guard let index = columns[..<column].firstIndex(where: { $0.name == name }) else {
      preconditionFailure(
        "\(columns[column].name) follows from \(name), which has to stand before it")
    }
    return index
  }

  /// The sum of what is known; NULL where nothing is.
  private static func sum(_ values: [Value]) -> Value {
    let known = values.filter { $0.quantity(in: .real) != nil }
    guard !known.isEmpty else { return .null }
    var total: Int128 = 0
    for value in known {
      guard case .integer(let number) = value else {
        return .real(known.reduce(0) { $0 + ($1.quantity(in: .real) ?? 0) })
      }
      total += Int128(number)
    }
    return Int64(exactly: total).map(Value.integer) ?? .real(Double(total))
  }
}
