import Tables

@testable import CallStore

/// Calls made for one question, and a recipe's answer to it, row by row and by its columns' names.
struct Planted {
  let desk: Desk
  let database: CallDatabase

  /// 2026-11-01T00:00:00Z, a Sunday.
  static let start = RandomLines.start
  static let minute: Int64 = 60_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  init(_ lines: [String]) throws {
    desk = try Desk()
    try desk.load("calls.jsonl", lines)
    database = try CallDatabase(desk.file)
  }

  /// A call so many milliseconds after the start: 1,000 tokens in and 200 out, $0.006, unless changed.
  static func call(_ number: Int, at time: Int64, _ changes: [String: Any] = [:]) -> String {
    var own: [String: Any] = ["occurred_at": start + time]
    own.merge(changes) { $1 }
    return CallStoreTests.answer("r-\(number)", at: nil, own)
  }

  /// - Parameter days: the window, from the start on.
  func answer(
    _ recipe: String, _ arguments: [String: String] = [:], days: Range<Int64> = 0..<14
  ) throws -> Tables.Answer {
    try database.answer(
      Sample.recipe(recipe),
      over: Selection(
        since: Self.start + days.lowerBound * Self.day,
        until: Self.start + days.upperBound * Self.day), arguments: arguments, asOf: 0)
  }

  func rows(
    _ recipe: String, _ arguments: [String: String] = [:], days: Range<Int64> = 0..<14
  ) throws -> [[String: String]] {
    let table = try answer(recipe, arguments, days: days).table
    return table.rows.map { row in
      Dictionary(
        zip(table.columns.map(\.name), row.map { $0.plain ?? "NULL" }), uniquingKeysWith: { $1 })
    }
  }
}
