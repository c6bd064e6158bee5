import GRDB
import Testing

@testable import CallStore

extension Desk {
  /// Hours whose packed columns do not say what their calls say.
  func wrongColumns() throws -> [String] {
    let names = ScanColumn.allCases.map(\.column.name).joined(separator: ", ")
    let stored = try rows("SELECT hour, \(names) FROM call").map(text).sorted()
    return difference(stored, try packedRows().sorted())
      + (try rows(
        """
        SELECT bucket, calls + extra_calls, (SELECT SUM(calls) FROM call_part WHERE hour = bucket) AS packed
        FROM usage_sum WHERE dimension = 0 AND grain = 1 AND packed IS NOT calls + extra_calls
        """
      ).map { "not packed: " + text($0) })
  }

  private func text(_ row: [String?]) -> String { row.map { $0 ?? "NULL" }.joined(separator: "|") }

  private func packedRows() throws -> [String] {
    try DatabaseQueue(path: file.path).read { db in
      let calls = try PackedCalls(db)
      var found: [String] = []
      try calls.eachPart(in: 0...1_200_000) { hour in
        let columns = try ScanColumn.allCases.map { try calls.values(of: $0) }
        for row in 0..<calls.count {
          found.append(
            text(["\(hour)"] + columns.map { $0[row] == CodedCalls.null ? nil : "\($0[row])" }))
        }
      }
      return found
    }
  }
}
