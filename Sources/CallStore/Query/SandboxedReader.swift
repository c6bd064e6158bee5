import GRDB
import Tables

/// Runs single SELECTs inside the sandbox.
struct SandboxedReader {
  private let db: Database
  private let sandbox: Sandbox
  private let seconds: Int

  init(_ db: Database, seconds: Int) throws {
    self.db = db
    self.seconds = seconds
    sandbox = try Sandbox(db, seconds: seconds)
  }

  func select(
    _ sql: String, _ parameters: [String: SQLValue] = [:]
  ) throws -> (names: [String], rows: [[Value]]) {
    let statement = try SelectStatement(sql, on: db, sandbox: sandbox, seconds: seconds)
    try statement.bind(parameters)
    return (statement.columnNames, try statement.rows())
  }
}
