package import Tables

/// Rows with their totals: a table of the page, of a sheet, and a file of its own.
package struct ReportTable: Equatable, Sendable {
  /// Names the file: `by-tenant` is `by-tenant.csv`.
  package let name: String
  package let title: String
  package let columns: [ReportColumn]
  /// One value for each column, derived ones included.
  package let rows: [[Value]]
  /// One value for each column; nil where nothing is summed, or no row is there.
  package let totals: [Value]?
  /// A sentence below the table.
  package let note: String?

  /// Reckons totals and derived columns.
  ///
  /// - Parameter rows: one value for each column that is not derived, in the columns' order.
  package init(
    name: String, title: String, columns: [ReportColumn], rows: [[Value]],
    totalName: String = "Total", note: String? = nil
  ) {
    let reckoning = TableReckoning(columns: columns, given: rows, totalName: totalName)
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = reckoning.rows
    self.totals = reckoning.totals
    self.note = note
  }

  /// The column's values, with the total where there is one: what has to fit one form.
  package func values(of column: Int) -> [Value] {
    rows.map { $0[column] } + (totals.map { [$0[column]] } ?? [])
  }

  /// The rows as the formats for machines print them: by the machine's names, without totals.
  package var machineTable: Table {
    Table(columns: columns.map { Column(name: $0.name, unit: $0.unit.unit) }, rows: rows)
  }
}

/// A column's names, for machines and for people, what its numbers mean and where they come from.
package struct ReportColumn: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case given
    /// Given, and the total is the sum.
    case summed
    case derived(Derivation)
  }

  /// In files: `spend_usd`.
  package let name: String
  /// For people: `Spend`.
  package let title: String
  package let unit: ReportUnit
  package let content: Content
  /// Whether people too are shown every digit.
  package let exact: Bool

  package init(
    _ name: String, _ title: String, _ unit: ReportUnit = .text, _ content: Content = .given,
    exact: Bool = false
  ) {
    self.name = name
    self.title = title
    self.unit = unit
    self.content = content
    self.exact = exact
  }

  package var isDerived: Bool { derivation != nil }

  package var derivation: Derivation? {
    if case .derived(let derivation) = content { derivation } else { nil }
  }

  /// The title with its unit where the numbers do not say it: `Spend, USD`.
  package var heading: String { unit.label.map { "\(title), \($0)" } ?? title }
}
