import GRDB

/// Writes down what becomes of calls in closed periods.
///
/// Whoever changes a stored call notes it here as it was and as it is, in the same transaction; a call in an open
/// period costs one comparison.
final class Adjustments {
  private let closed: ClosedPeriods
  private let insert: Statement
  /// UTC milliseconds.
  private let now: Int64
  private static let columns = ["closing", "sign", "recorded_at", "booked_at"]

  init(_ db: Database, at now: Int64) throws {
    closed = try ClosedPeriods(db)
    self.now = now
    let names = Self.columns + CallColumn.allCases.map(\.name)
    insert = try Statement(
      """
      INSERT INTO adjustment (\(names.joined(separator: ", ")))
      VALUES (\(names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))
      """, on: db)
  }

  /// - Parameter sign: -1 for a call as it was, 1 for what it is now.
  func note(_ rows: CodedCalls, _ row: Int, sign: Int64) throws {
    guard !closed.periods.isEmpty, let period = closed.period(of: rows[row, .occurredAt]) else {
      return
    }
    for (place, value) in [period.closing, sign, now, period.bookedAt].enumerated() {
      insert.bind(place, value)
    }
    try rows.text.withUnsafeBufferPointer { text in
      for column in CallColumn.allCases {
        let value = rows[row, column]
        guard value != CodedCalls.null else { continue }
        let place = Self.columns.count + column.rawValue
        if let range = rows.range(row, column) {
          insert.bind(place, text: UnsafeBufferPointer(rebasing: text[range]))
        } else {
          insert.bind(place, value)
        }
      }
      try insert.run()
    }
  }
}
