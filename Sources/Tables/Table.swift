/// Named columns and rows of values: what a recipe returns and every format prints.
package struct Table: Equatable, Sendable {
  package let columns: [Column]
  /// One value for each column, in the columns' order.
  package let rows: [[Value]]

  /// Joins columns and rows; a name that is already taken gets a number: `cost_usd`, `cost_usd_2`.
  package init(columns: [Column], rows: [[Value]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "one value for each column")
    self.columns = Self.distinguished(columns)
    self.rows = rows
  }

  // `sql "SELECT a.id, b.id"` gives two columns one name, and a JSON row can hold it only once.
  private static func distinguished(_ columns: [Column]) -> [Column] {
    var taken = Set(columns.map(\.name))
    var met: Set<String> = []
    return columns.map { column in
      guard !met.insert(column.name).inserted else { return column }
      var (column, name, number) = (column, column.name, 1)
      repeat {
        number += 1
        name = "\(column.name)_\(number)"
      } while !taken.insert(name).inserted
      column.name = name
      return column
    }
  }
}

/// What a column is called, what its numbers mean and what in it deserves a look.
package struct Column: Equatable, Sendable {
  /// The printed name: `total_usd`, where SQL says `total_usd_nanos`.
  package var name: String
  package var unit: Unit
  /// The threshold beyond which people are shown a mark; machine formats ignore it.
  package var highlight: Highlight?
  /// Whether a terminal draws a small bar beside the values.
  package var bar: Bool
  /// Whether people too are shown every digit: of rates, which nothing may round.
  package var exact: Bool
  /// Whether people are shown milliseconds as minutes, hours or days: of long ones.
  package var spelled: Bool

  package init(
    name: String, unit: Unit = .text, highlight: Highlight? = nil, bar: Bool = false,
    exact: Bool = false, spelled: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.highlight = highlight
    self.bar = bar
    self.exact = exact
    self.spelled = spelled
  }
}

/// A threshold in the printed unit (dollars, percent, tokens…), itself not yet remarkable.
package enum Highlight: Equatable, Sendable {
  case above(Double)
  case below(Double)
  /// Any text.
  case present

  /// Whether a value of a column in this unit lies beyond the threshold; NULL never does.
  func marks(_ value: Value, in unit: Unit) -> Bool {
    if case .text(let text) = value { return self == .present && !text.isEmpty }
    guard let quantity = value.quantity(in: unit) else { return false }
    return switch self {
    case .above(let threshold): quantity > threshold
    case .below(let threshold): quantity < threshold
    case .present: true
    }
  }
}
