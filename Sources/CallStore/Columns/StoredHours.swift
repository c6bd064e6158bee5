import GRDB

/// Reads the table `call` hour by hour, as far as sums and packed columns are made from it.
final class StoredHours {
  private let select: Statement
  private let next: Statement

  /// Rows handed over at a time: what bounds the memory for an hour of any size.
  private static let batch = 8192

  init(_ db: Database) throws {
    let names = ScanColumn.allCases.map(\.column.name).joined(separator: ", ")
    select = try Statement("SELECT hour, \(names) FROM call WHERE hour = ?1", on: db)
    next = try Statement(
      "SELECT hour FROM call WHERE hour > ?1 ORDER BY hour LIMIT 1", on: db)
  }

  /// The first hour behind another one that holds calls; nil at the end.
  func hour(after hour: Int64) throws -> Int64? {
    defer { next.reset() }
    next.bind(0, hour)
    return try next.next() ? next.int(0) : nil
  }

  /// Hands over an hour's calls, some thousand at a time; columns beside `ScanColumn`s are NULL.
  func eachBatch(of hour: Int64, _ body: (CodedCalls) throws -> Void) throws {
    var calls = CodedCalls()
    select.reset()
    select.bind(0, hour)
    while try select.next() {
      let row = calls.append()
      calls[row, .hour] = hour
      for column in ScanColumn.allCases {
        if let value = select.int(column.rawValue + 1) { calls[row, column.column] = value }
      }
      if calls.count == Self.batch {
        try body(calls)
        calls.removeAll()
      }
    }
    if !calls.isEmpty { try body(calls) }
  }
}
