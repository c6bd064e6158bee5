/// Calls of which each column is an integer or a name's code, however they are held.
protocol CodedRows {
  /// `CodedCalls.null` is NULL.
  subscript(call: Int, column: CallColumn) -> Int64 { get }
}

extension CodedRows {
  /// A column's value; nil for NULL.
  func value(_ call: Int, _ column: CallColumn) -> Int64? {
    let value = self[call, column]
    return value == CodedCalls.null ? nil : value
  }
}

/// Calls as the table holds them, one after the other in two flat arrays: nothing to allocate per call,
/// nothing to convert when they are bound.
struct CodedCalls: CodedRows {
  /// What stands for NULL; no column can hold it.
  static let null = Int64.min

  /// Integers by column; a text column holds offset and length of its bytes in `text`.
  private(set) var values: [Int64] = []
  private(set) var text: [UInt8] = []
  /// What else a call can be found by.
  private(set) var clues: [IdentityClues] = []

  var count: Int { clues.count }
  var isEmpty: Bool { clues.isEmpty }
  /// Memory held, in bytes.
  var size: Int { values.count * 8 + text.count }

  subscript(call: Int, column: CallColumn) -> Int64 {
    get { values[call &* CallColumn.count &+ column.rawValue] }
    set { values[call &* CallColumn.count &+ column.rawValue] = newValue }
  }

  /// Adds a call whose columns are all NULL; returns its position.
  mutating func append() -> Int {
    values.append(contentsOf: repeatElement(Self.null, count: CallColumn.count))
    clues.append(IdentityClues())
    return clues.count - 1
  }

  /// Adds a row of the table, read by a statement that selects all columns in their order.
  mutating func append(reading statement: Statement) -> Int {
    let row = append()
    for column in CallColumn.allCases {
      if column.isText {
        set(row, column, bytes: statement.bytes(column.rawValue))
      } else if let value = statement.int(column.rawValue) {
        self[row, column] = value
      }
    }
    return row
  }

  /// Adds a copy of another batch's row; returns its position.
  mutating func append(copying row: Int, of other: CodedCalls) -> Int {
    let start = row &* CallColumn.count
    values.append(contentsOf: other.values[start..<start &+ CallColumn.count])
    clues.append(other.clues[row])
    let copy = clues.count - 1
    for column in CallColumn.texts {
      guard let range = other.range(row, column) else { continue }
      self[copy, column] = Int64(text.count) << 32 | Int64(range.count)
      text.append(contentsOf: other.text[range])
    }
    return copy
  }

  /// Adds a copy of one of its own rows; returns its position.
  mutating func append(copying row: Int) -> Int {
    let start = row &* CallColumn.count
    values.reserveCapacity(values.count + CallColumn.count)
    // The copy's texts are the row's own bytes.
    for index in start..<start &+ CallColumn.count { values.append(values[index]) }
    clues.append(clues[row])
    return clues.count - 1
  }

  /// Takes the last row away; the memory of its texts stays.
  mutating func removeLast() {
    values.removeLast(CallColumn.count)
    clues.removeLast()
  }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    clues.removeAll(keepingCapacity: true)
  }

  mutating func set(_ call: Int, _ clues: IdentityClues) { self.clues[call] = clues }

  /// The bytes of a text column; nil for NULL.
  func bytes(_ call: Int, _ column: CallColumn) -> ArraySlice<UInt8>? {
    range(call, column).map { text[$0] }
  }

  /// Keeps a text; nil is NULL.
  mutating func set(_ call: Int, _ column: CallColumn, bytes: UnsafeBufferPointer<UInt8>?) {
    guard let bytes else { return }
    self[call, column] = Int64(text.count) << 32 | Int64(bytes.count)
    text.append(contentsOf: bytes)
  }

  /// Where a text column's bytes lie in `text`; nil for NULL.
  func range(_ call: Int, _ column: CallColumn) -> Range<Int>? {
    guard column.isText else { return nil }
    let packed = self[call, column]
    guard packed != Self.null else { return nil }
    let start = Int(packed >> 32)
    return start..<(start + Int(packed & 0xFFFF_FFFF))
  }

  mutating func reserve(calls: Int) {
    values.reserveCapacity(calls * CallColumn.count)
    clues.reserveCapacity(calls)
    text.reserveCapacity(calls * 64)
  }
}
