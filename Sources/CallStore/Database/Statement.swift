import GRDB
import GRDBSQLite

/// A prepared statement, driven through SQLite's C interface: what the import's inner loop runs on.
///
/// GRDB's own statements box each value; with some twenty values a call that would be most of the time.
final class Statement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ sql: String, on db: Database) throws {
    guard let connection = db.sqliteConnection else { throw StoreError.sqlite("no connection") }
    self.connection = connection
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw StoreError(sqlite: connection) }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs to the end and makes ready for the next run; all parameters become NULL.
  @discardableResult
  func run() throws -> Int {
    let code = sqlite3_step(handle)
    let changes = Int(sqlite3_changes(connection))
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw StoreError(sqlite: connection) }
    return changes
  }

  func run(_ values: [Int64?]) throws {
    for (index, value) in values.enumerated() { if let value { bind(index, value) } }
    try run()
  }

  /// Moves to the next row; false behind the last one, when the statement is ready again.
  func next() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    reset()
    guard code == SQLITE_DONE else { throw StoreError(sqlite: connection) }
    return false
  }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Binds parameter `index`, from 0.
  @inline(__always)
  func bind(_ index: Int, _ value: Int64) {
    sqlite3_bind_int64(handle, Int32(truncatingIfNeeded: index + 1), value)
  }

  /// The bytes must stay in place until the statement has run.
  func bind(_ index: Int, text: UnsafeBufferPointer<UInt8>) {
    let start = UnsafeRawPointer(text.baseAddress ?? emptyText)
      .assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(handle, Int32(index + 1), start, Int32(text.count), nil)
  }

  func bind(_ index: Int, text: String?) {
    guard var text else { return }
    text.withUTF8 { bytes in
      let start = UnsafeRawPointer(bytes.baseAddress ?? emptyText)
        .assumingMemoryBound(to: CChar.self)
      _ = sqlite3_bind_text(handle, Int32(index + 1), start, Int32(bytes.count), transient)
    }
  }

  /// The bytes must stay in place until the statement has run.
  func bind(_ index: Int, blob: UnsafeRawBufferPointer) {
    sqlite3_bind_blob(handle, Int32(index + 1), blob.baseAddress, Int32(blob.count), nil)
  }

  func int(_ column: Int) -> Int64? {
    let value = sqlite3_column_int64(handle, Int32(column))
    // NULL reads as 0: only then the type has to be asked for.
    if value != 0 { return value }
    return sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : 0
  }

  func text(_ column: Int) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Valid until the statement moves on; nil for NULL and for no bytes.
  func blob(_ column: Int) -> UnsafeRawBufferPointer? {
    guard let start = sqlite3_column_blob(handle, Int32(column)) else { return nil }
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  /// Valid until the statement moves on.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return UnsafeBufferPointer(start: start, count: count)
  }
}

private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
private nonisolated(unsafe) let emptyText = UnsafePointer(
  UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
