package import Tables
package import UsageLog

/// What finishes a recipe's rows where SQL that means the same on every engine cannot: `-- @fold NAME`.
///
/// A fold is a pure function from rows to rows; the columns it returns follow the same rules of naming.
package struct Fold: Sendable {
  package let name: String
  /// Whether it needs prices beside what calls cost.
  let asksForPrices: Bool
  let apply: @Sendable (FoldInput) throws -> FoldedRows

  package init(
    _ name: String, asksForPrices: Bool = false,
    apply: @escaping @Sendable (FoldInput) throws -> FoldedRows
  ) {
    self.name = name
    self.asksForPrices = asksForPrices
    self.apply = apply
  }

  /// Every fold there is: one file each, in this folder.
  static let all: [Fold] = [
    .cacheTTL, .spendAnomalies, .retryStorms, .rateHeadroom, .toolRecursion, .inputCreep,
    .deployRegressions, .deployBisect,
    .spend, .costPerTask, .sessionsOver, .modelMix, .residency, .dataQuality,
  ]

  static func named(_ name: String) -> Fold? { all.first { $0.name == name } }
}

/// Rows as SQL returned them, in its order, and what they were asked for with.
package struct FoldInput: Sendable {
  package var names: [String]
  package var rows: [[Value]]
  /// The recipe's parameters, with `:since`, `:until` and `:as_of` in UTC milliseconds.
  package var parameters: [String: SQLValue]
  package var timezone: String
  /// What calls are priced with now; nil unless the fold asks for it.
  package var prices: PriceBook?

  /// The place of a column; folds know the statement they finish.
  package func column(_ name: String) -> Int {
    guard let place = names.firstIndex(of: name) else {
      preconditionFailure("the recipe has no column \(name)")
    }
    return place
  }

  /// The parameter's whole number: a duration's milliseconds, an amount's nano-dollars.
  package func number(_ name: String) -> Int64? {
    if case .integer(let number) = parameters[name] { number } else { nil }
  }

  package func text(_ name: String) -> String? {
    if case .text(let text) = parameters[name] { text } else { nil }
  }
}

/// Rows as people see them.
package struct FoldedRows: Sendable, Equatable {
  package var names: [String]
  package var rows: [[Value]]
  /// Remarks below the table.
  package var notes: [String]

  package init(names: [String], rows: [[Value]], notes: [String] = []) {
    self.names = names
    self.rows = rows
    self.notes = notes
  }
}
