import CallStore
import Tables

/// A recipe's answer, by the names of its columns.
struct AuditRows {
  struct Row {
    fileprivate let places: [String: Int]
    fileprivate let values: [Value]

    /// nil is what was not logged, and what the recipe shows for it.
    func text(_ column: String) -> String? {
      guard case .text(let text) = self[column], text != Selection.none else { return nil }
      return text
    }

    func number(_ column: String) -> Int64 { known(column) ?? 0 }

    /// Whole: nano-dollars, tokens, milliseconds; nil where it is not known.
    func known(_ column: String) -> Int64? {
      switch self[column] {
      case .integer(let number): number
      case .real(let number): Int64(exactly: number.rounded())
      case .text, .null: nil
      }
    }

    /// A share or a change, which is no money.
    func percent(_ column: String) -> Double? {
      switch self[column] {
      case .integer(let number): Double(number)
      case .real(let number): number
      case .text, .null: nil
      }
    }

    func isSet(_ column: String) -> Bool { number(column) != 0 }

    private subscript(column: String) -> Value {
      guard let place = places[column] else {
        preconditionFailure("the recipe has no column \(column)")
      }
      return values[place]
    }
  }

  let rows: [Row]
  let coverage: Coverage?

  init(_ answer: Answer) {
    let names = answer.table.columns.map(\.name)
    let places = Dictionary(zip(names, 0...)) { first, _ in first }
    rows = answer.table.rows.map { Row(places: places, values: $0) }
    coverage = answer.coverage
  }
}
