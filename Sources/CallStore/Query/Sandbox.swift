import GRDB
import GRDBSQLite

/// What keeps a statement on a read-only connection from doing anything but reading this
/// database, and from running for ever.
///
/// Read-only alone is no sandbox: `VACUUM INTO` writes files, `ATTACH` reads others. Source:
/// sqlite.org/security.html.
final class Sandbox {
  private let connection: OpaquePointer
  private let deadline: ContinuousClock.Instant
  private let seconds: Int
  /// What was refused last, for the message.
  var refused: String?

  init(_ db: Database, seconds: Int) throws {
    guard let connection = db.sqliteConnection else { throw StoreError.sqlite("no connection") }
    self.connection = connection
    deadline = .now + .seconds(seconds)
    self.seconds = seconds
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 64 << 20)
    sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 1 << 20)
    sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, 200)
    let own = Unmanaged.passUnretained(self).toOpaque()
    close()
    sqlite3_progress_handler(connection, 10_000, interruptWhenLate, own)
  }

  deinit {
    sqlite3_set_authorizer(connection, nil, nil)
    sqlite3_progress_handler(connection, 0, nil, nil)
  }

  private func close() {
    sqlite3_set_authorizer(connection, authorize, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Runs statements of our own, which no user wrote, outside of the sandbox but under its deadline.
  func outside<Result>(_ body: () throws -> Result) throws -> Result {
    sqlite3_set_authorizer(connection, nil, nil)
    defer { close() }
    return try body()
  }

  func checkDeadline() throws {
    if isLate { throw RecipeError.tookTooLong(seconds: seconds) }
  }

  fileprivate var isLate: Bool { ContinuousClock.now > deadline }

  /// Functions that only compute from their arguments.
  fileprivate static let functions: Set<String> = [
    "abs", "avg", "ceil", "ceiling", "char", "coalesce", "count", "cume_dist", "date", "datetime",
    "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat", "hex", "ifnull",
    "iif", "instr", "json", "json_array", "json_array_length", "json_extract", "json_group_array",
    "json_group_object", "json_object", "json_type", "json_valid", "->", "->>", "julianday", "lag",
    "last_value", "lead", "length", "like", "ln", "log", "log10", "log2", "lower", "ltrim", "max",
    "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pow", "power", "printf", "quote",
    "rank", "replace", "round", "row_number", "rtrim", "sign", "sqrt", "strftime", "substr",
    "substring", "sum", "time", "total", "trim", "trunc", "typeof", "unicode", "unixepoch", "upper",
  ]
}

private func authorize(
  _ own: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
  _ second: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?
) -> Int32 {
  guard let own else { return SQLITE_DENY }
  let sandbox = Unmanaged<Sandbox>.fromOpaque(own).takeUnretainedValue()
  switch action {
  case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
  case SQLITE_FUNCTION:
    let name = second.map { String(cString: $0).lowercased() } ?? ""
    if Sandbox.functions.contains(name) { return SQLITE_OK }
    sandbox.refused = "the function \(name)()"
  case SQLITE_ATTACH: sandbox.refused = "ATTACH or VACUUM INTO"
  case SQLITE_PRAGMA: sandbox.refused = "PRAGMA"
  default: sandbox.refused = "a statement that changes something, or a table-valued function,"
  }
  return SQLITE_DENY
}

private func interruptWhenLate(_ own: UnsafeMutableRawPointer?) -> Int32 {
  guard let own else { return 1 }
  return Unmanaged<Sandbox>.fromOpaque(own).takeUnretainedValue().isLate ? 1 : 0
}
