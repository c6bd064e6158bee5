import GRDB
import GRDBSQLite
import Tables

/// One SELECT, prepared inside the sandbox, with named parameters.
final class SelectStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  private let sandbox: Sandbox
  private let seconds: Int

  /// - Throws: `RecipeError` if the text is not one statement that only reads.
  init(_ sql: String, on db: Database, sandbox: Sandbox, seconds: Int) throws {
    guard let connection = db.sqliteConnection else { throw StoreError.sqlite("no connection") }
    self.connection = connection
    self.sandbox = sandbox
    self.seconds = seconds
    var handle: OpaquePointer?
    let hasMore = try sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      sandbox.refused = nil
      guard sqlite3_prepare_v2(connection, text, -1, &handle, &tail) == SQLITE_OK else {
        if let refused = sandbox.refused { throw RecipeError.refused(refused) }
        throw Self.error(of: connection)
      }
      // Space and comments may follow; they prepare to nothing.
      var more: OpaquePointer?
      defer { sqlite3_finalize(more) }
      return sqlite3_prepare_v2(connection, tail, -1, &more, nil) != SQLITE_OK || more != nil
    }
    guard let handle else { throw RecipeError.notOneSelect }
    self.handle = handle
    guard !hasMore, sqlite3_stmt_readonly(handle) != 0, sqlite3_column_count(handle) > 0 else {
      throw RecipeError.notOneSelect
    }
  }

  deinit { sqlite3_finalize(handle) }

  var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
  }

  /// Binds every parameter; each must have a value.
  func bind(_ values: [String: SQLValue]) throws {
    for index in 0..<sqlite3_bind_parameter_count(handle) {
      let index = index + 1
      guard let written = sqlite3_bind_parameter_name(handle, index) else {
        throw RecipeError.namelessParameter
      }
      // Without its colon.
      let name = String(String(cString: written).dropFirst())
      guard let value = values[name] else { throw RecipeError.missingParameter(name) }
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let number): sqlite3_bind_int64(handle, index, number)
      case .text(let text):
        sqlite3_bind_text(
          handle, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
    }
  }

  func rows() throws -> [[Value]] {
    var rows: [[Value]] = []
    let width = sqlite3_column_count(handle)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: rows.append((0..<width).map { value($0) })
      case SQLITE_DONE: return rows
      case SQLITE_INTERRUPT: throw RecipeError.tookTooLong(seconds: seconds)
      default: throw Self.error(of: connection)
      }
    }
  }

  private static func error(of connection: OpaquePointer) -> any Error {
    StoreError(reading: connection) ?? RecipeError.sql(String(cString: sqlite3_errmsg(connection)))
  }

  private func value(_ column: Int32) -> Value {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
    case SQLITE_NULL: return .null
    case SQLITE_BLOB:
      return .text("x'\(sqlite3_column_bytes(handle, column)) bytes'")
    default:
      guard let start = sqlite3_column_text(handle, column) else { return .null }
      let count = Int(sqlite3_column_bytes(handle, column))
      return .text(
        String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    }
  }
}
