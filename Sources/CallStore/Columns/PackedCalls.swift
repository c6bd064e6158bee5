import GRDB

/// The reading side of `call_part` and `call_column`: one part after the other, of each the columns asked for.
///
/// An hour that is not packed is read from `call` and packed in memory.
final class PackedCalls {
  private let selectHours: Statement
  private let selectParts: Statement
  private let db: Database
  private var selectColumns: [Statement?]
  private lazy var stored = Result { try StoredHours(db) }
  private var part: Int64 = 0
  private var hour: Int64 = 0
  /// Calls in the part at hand.
  private(set) var count = 0
  /// What was read of it so far, by column.
  private var isLoaded: [Bool]
  private let columns: [ColumnBytes]
  private var dictionary = CodeSlots()

  /// No part is nearly as large; what claims to be is damaged.
  private static let partLimit: Int64 = 1 << 24

  init(_ db: Database) throws {
    selectHours = try Statement(
      """
      SELECT bucket, calls + extra_calls FROM usage_sum
      WHERE dimension = 0 AND grain = 1 AND bucket BETWEEN ?1 AND ?2 AND value = 0
      ORDER BY bucket
      """, on: db)
    selectParts = try Statement(
      "SELECT part, calls FROM call_part WHERE hour = ?1 ORDER BY part", on: db)
    self.db = db
    selectColumns = Array(repeating: nil, count: ScanColumn.allCases.count)
    isLoaded = Array(repeating: false, count: ScanColumn.allCases.count)
    columns = ScanColumn.allCases.map { _ in ColumnBytes() }
  }

  /// Hands over every part of the hours given, in order of time.
  func eachPart(in hours: ClosedRange<Int64>, _ body: (_ hour: Int64) throws -> Void) throws {
    for (hour, calls) in try pairs(selectHours, [hours.lowerBound, hours.upperBound]) {
      try eachPart(of: hour, calls, body)
    }
  }

  /// The same from the newest hour back, until it is enough.
  func eachPartBackwards(
    from hours: ClosedRange<Int64>, while isWanted: () -> Bool,
    _ body: (_ hour: Int64) throws -> Void
  ) throws {
    for (hour, calls) in try pairs(selectHours, [hours.lowerBound, hours.upperBound]).reversed()
    where isWanted() {
      try eachPart(of: hour, calls, body)
    }
  }

  private func eachPart(
    of hour: Int64, _ calls: Int64, _ body: (_ hour: Int64) throws -> Void
  ) throws {
    let parts = try pairs(selectParts, [hour])
    self.hour = hour
    guard parts.reduce(0, { $0 &+ $1.1 }) == calls else { return try eachBuiltPart(hour, body) }
    for (part, calls) in parts {
      // The file may not be what it was.
      guard 1...Self.partLimit ~= calls else { throw StoreError.damagedColumns }
      begin(part, count: Int(calls))
      try body(hour)
    }
  }

  /// Whether an hour's parts add up to its calls.
  func isPacked(_ hour: Int64) throws -> Bool {
    let calls = try pairs(selectHours, [hour, hour]).first?.1
    return try pairs(selectParts, [hour]).reduce(0) { $0 &+ $1.1 } == calls
  }

  /// A column's values in the part at hand, codes and all.
  func values(of column: ScanColumn) throws -> [Int64] {
    guard let bytes = try bytes(column) else {
      return Array(repeating: CodedCalls.null, count: count)
    }
    return try PackedColumn.unpack(bytes, count: count, isCode: column.isCode)
  }

  /// A column's bytes in the part at hand, as `PackedColumn` lays them out; nil if it is NULL throughout.
  ///
  /// Valid until the next part.
  func bytes(_ column: ScanColumn) throws -> UnsafeRawBufferPointer? {
    if !isLoaded[column.rawValue] { try load(column) }
    let bytes = columns[column.rawValue].bytes
    return bytes.isEmpty ? nil : bytes
  }

  /// Whether a column is NULL in all, some or none of the part's calls: told by its first byte.
  func nulls(in column: ScanColumn) throws -> Nulls {
    let first: UInt8?
    if isLoaded[column.rawValue] {
      first = columns[column.rawValue].bytes.first
    } else {
      let statement = try selectColumns[column.rawValue] ?? prepare(column)
      defer { statement.reset() }
      statement.bind(0, hour)
      statement.bind(1, part)
      first = try statement.next() ? statement.blob(0)?.first : nil
    }
    guard let first else { return .all }
    return first & PackedColumn.nullFlag == 0 ? .none : .some
  }

  enum Nulls { case all, some, none }

  private func load(_ column: ScanColumn) throws {
    let statement = try selectColumns[column.rawValue] ?? prepare(column)
    let bytes = columns[column.rawValue]
    bytes.removeAll()
    statement.bind(0, hour)
    statement.bind(1, part)
    while try statement.next() { if let chunk = statement.blob(0) { bytes.append(chunk) } }
    isLoaded[column.rawValue] = true
  }

  /// Most questions need three or four columns: the others' statements are never prepared.
  private func prepare(_ column: ScanColumn) throws -> Statement {
    let statement = try Statement(
      """
      SELECT data FROM call_column
      WHERE hour = ?1 AND part = ?2 AND name = '\(column.column.name)' ORDER BY chunk
      """, on: db)
    selectColumns[column.rawValue] = statement
    return statement
  }

  private func begin(_ part: Int64, count: Int) {
    self.part = part
    self.count = count
    for index in isLoaded.indices { isLoaded[index] = false }
  }

  private func eachBuiltPart(_ hour: Int64, _ body: (_ hour: Int64) throws -> Void) throws {
    try stored.get().eachBatch(of: hour) { batch in
      var part = ColumnPart()
      for row in 0..<batch.count { part.append(batch, row) }
      begin(0, count: part.count)
      for column in ScanColumn.allCases {
        columns[column.rawValue].removeAll()
        part.packed(column, with: &dictionary)?.withUnsafeBytes {
          columns[column.rawValue].append($0)
        }
        isLoaded[column.rawValue] = true
      }
      try body(hour)
    }
  }

  private func pairs(_ statement: Statement, _ values: [Int64]) throws -> [(Int64, Int64)] {
    statement.reset()
    for (index, value) in values.enumerated() { statement.bind(index, value) }
    var rows: [(Int64, Int64)] = []
    while try statement.next() { rows.append((statement.int(0) ?? 0, statement.int(1) ?? 0)) }
    return rows
  }
}

/// A column's bytes put together from its chunks, in memory that is kept from part to part.
private final class ColumnBytes {
  private var start: UnsafeMutableRawPointer
  private var capacity = 65_536
  private var count = 0

  init() { start = .allocate(byteCount: capacity, alignment: 8) }

  deinit { start.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  func removeAll() { count = 0 }

  func append(_ chunk: UnsafeRawBufferPointer) {
    guard let source = chunk.baseAddress else { return }
    if count + chunk.count > capacity { grow(to: count + chunk.count) }
    (start + count).copyMemory(from: source, byteCount: chunk.count)
    count += chunk.count
  }

  private func grow(to needed: Int) {
    capacity = max(needed, capacity * 2)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    larger.copyMemory(from: start, byteCount: count)
    start.deallocate()
    start = larger
  }
}
