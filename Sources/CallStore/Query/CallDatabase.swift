import GRDB
package import Tables
package import UsageLog

/// Answers recipes and ad-hoc statements from a database, reading only.
package struct CallDatabase {
  private let queue: DatabaseQueue
  private let seconds: Int

  /// - Parameter seconds: after which a statement is stopped.
  package init(_ file: DatabaseFile, seconds: Int = 300) throws {
    queue = try file.openForReading()
    self.seconds = seconds
  }

  /// When the newest call was, in UTC milliseconds; nil in an empty database.
  package func newestCall() throws -> Int64? {
    try reading { reader in
      try reader.select(
        """
        SELECT MAX(occurred_at) FROM call
        WHERE hour = (SELECT hour FROM call ORDER BY hour DESC LIMIT 1)
        """
      ).rows.first.flatMap { if case .integer(let newest) = $0[0] { newest } else { nil } }
    }
  }

  /// The start of the hour of the oldest call, in UTC milliseconds; nil in an empty database.
  package func oldestHour() throws -> Int64? { try reading { try $0.oldestHour() } }

  /// Runs a recipe over a selection.
  ///
  /// - Parameter arguments: values for its own parameters, as written on the command line.
  package func answer(
    _ recipe: Recipe, over selection: Selection, arguments: [String: String] = [:], asOf: Int64,
    timezone: String = "UTC", prices: PriceBook? = nil
  ) throws -> Answer {
    try reading {
      try $0.answer(
        recipe, over: selection, arguments: arguments, asOf: asOf, timezone: timezone,
        prices: prices)
    }
  }

  /// A recipe's rows alone, for a command that judges them: no coverage is reckoned.
  package func rows(
    of recipe: Recipe, over selection: Selection, arguments: [String: String] = [:], asOf: Int64
  ) throws -> [[Value]] {
    try reading {
      try $0.rows(
        of: recipe, over: selection, arguments: arguments, asOf: asOf, timezone: "UTC", prices: nil
      ).rows
    }
  }

  /// Runs any one SELECT; `_usd_nanos` columns are shown as dollars, as in recipes.
  package func query(_ sql: String, _ parameters: [String: SQLValue]) throws -> Tables.Table {
    let result = try reading { try $0.select(sql, parameters) }
    return Tables.Table(
      columns: result.names.enumerated().map { position, name in
        var column = ColumnUnits.column(named: name, in: nil)
        // Without a recipe to say so, numbers are told by their values.
        if column.unit == .text { column.unit = guessedUnit(position, result.rows) }
        return column
      }, rows: result.rows)
  }

  /// Everything inside sees one state of the database.
  func reading<Result>(_ body: (SandboxedReader) throws -> Result) throws -> Result {
    try queue.read { db in
      let reader = try SandboxedReader(db, seconds: seconds)
      defer { withExtendedLifetime(reader) {} }
      return try body(reader)
    }
  }

  private func guessedUnit(_ position: Int, _ rows: [[Value]]) -> Tables.Unit {
    for row in rows {
      switch row[position] {
      case .integer: return .count
      case .real: return .real
      case .text: return .text
      case .null: continue
      }
    }
    return .text
  }
}
