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
        let columns = try ScanColumn.allCases.map { try values($0, of: calls) }
        for row in 0..<calls.count { found.append(text(["\(hour)"] + columns.map { $0[row] })) }
      }
      return found
    }
  }

  private func values(_ column: ScanColumn, of calls: PackedCalls) throws -> [String?] {
    let none = [String?](repeating: nil, count: calls.count)
    guard let bytes = try calls.bytes(column) else { return none }
    let all = ScanRows(list: nil, count: calls.count)
    if column.isCode {
      guard let codes = UnpackedCodes(bytes, count: calls.count) else { return none }
      let buffer = ScanBuffer<Int32>()
      buffer.reserve(calls.count)
      codes.read(all, into: buffer.start)
      return (0..<calls.count).map {
        buffer.start[$0] == 0 ? nil : "\(codes.code(Int(buffer.start[$0])))"
      }
    }
    guard let numbers = UnpackedNumbers(bytes, count: calls.count) else { return none }
    let buffer = ScanBuffer<Int64>()
    buffer.reserve(calls.count)
    numbers.read(all, into: buffer.start)
    return (0..<calls.count).map {
      buffer.start[$0] == CodedCalls.null ? nil : "\(buffer.start[$0])"
    }
  }
}
