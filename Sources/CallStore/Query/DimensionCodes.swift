import GRDB

/// What stands for a dimension's values in the columns of `call`.
struct DimensionCodes {
  private let selectName: Statement
  private let db: Database

  init(_ db: Database) throws {
    selectName = try Statement("SELECT id FROM name WHERE text = ?1", on: db)
    self.db = db
  }

  /// The codes of one value; none if no call has it.
  ///
  /// Statuses are ranges, and not asked for here.
  func codes(of dimension: Dimension, _ value: String) throws -> [Int64] {
    if dimension.isNumber { return Int64(value).map { [$0] } ?? [] }
    if dimension.isLongName {
      return [LongNames.code(of: value, isPrompt: dimension == .promptHash)]
    }
    if let column = dimension.logColumn {
      return try Int64.fetchAll(
        db, sql: "SELECT id FROM main.log_file WHERE \(column) = ?", arguments: [value])
    }
    defer { selectName.reset() }
    selectName.bind(0, text: value)
    return try selectName.next() ? [selectName.int(0)].compactMap(\.self) : []
  }
}

extension Dimension {
  /// What the value stands for that is stored as NULL: the caller's own call has no kind.
  static func isNull(_ dimension: Dimension, _ value: String) -> Bool {
    value == (dimension == .kind ? "call" : Selection.none)
  }
}
