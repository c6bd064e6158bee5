/// Something about a price list that a person should look at before it is trusted.
package struct PriceFinding: Hashable, Sendable {
  package enum Level: String, CaseIterable, Sendable, Comparable {
    /// The list contradicts itself or cannot be read there.
    case error
    /// Very likely a slip: of a unit, a date, a column.
    case warning
    /// True of some real prices; worth knowing.
    case note

    package static func < (left: Level, right: Level) -> Bool {
      allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
  }

  package let level: Level
  /// One word or two for the kind of finding, always the same.
  package let check: String
  /// In the file, counted from 1.
  package let line: Int
  package let provider: String
  package let model: String
  package let detail: String
}

extension PriceFinding {
  init(_ level: Level, _ check: String, _ row: PriceRow, _ detail: String) {
    self.init(
      level: level, check: check, line: row.line, provider: row.provider, model: row.model,
      detail: detail)
  }
}
