/// Calls of one hour, column by column, ready to be packed.
struct ColumnPart {
  private(set) var count = 0
  /// Nothing for a column that was NULL so far: most logs never tell a third of them.
  private var values: [[Int64]] = Array(repeating: [], count: ScanColumn.allCases.count)

  /// So many calls are one part at most.
  static let callLimit = 131_072

  private static let columns = ScanColumn.allCases.map(\.column)

  @inline(__always)
  mutating func append(_ calls: CodedCalls, _ row: Int) {
    for (place, column) in Self.columns.enumerated() {
      let value = calls[row, column]
      if value == CodedCalls.null, values[place].isEmpty { continue }
      if values[place].isEmpty, count > 0 {
        values[place].append(contentsOf: repeatElement(CodedCalls.null, count: count))
      }
      values[place].append(value)
    }
    count += 1
  }

  mutating func removeAll() {
    for index in values.indices { values[index].removeAll(keepingCapacity: true) }
    count = 0
  }

  /// nil for a column that is NULL throughout.
  func packed(_ column: ScanColumn, with dictionary: inout CodeSlots) -> [UInt8]? {
    values[column.rawValue].withUnsafeBufferPointer {
      column.isCode
        ? PackedColumn.pack(codes: $0, with: &dictionary) : PackedColumn.pack(numbers: $0)
    }
  }
}
