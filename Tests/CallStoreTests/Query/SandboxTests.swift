import Foundation
import GRDB
import Tables
import Testing

@testable import CallStore

/// What a statement of the user's own may not do (sqlite.org/security.html).
@Suite struct SandboxTests {
  private let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01"), answer("msg_02")])
  }

  private func query(_ sql: String, seconds: Int = 60, _ parameters: [String: SQLValue] = [:])
    throws -> Tables.Table
  {
    try CallDatabase(desk.file, seconds: seconds).query(sql, parameters)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
      .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
  }

  @Test(arguments: [
    "INSERT INTO name (text) VALUES ('x')", "UPDATE call SET tenant = NULL", "DELETE FROM call",
    "REPLACE INTO name VALUES (1, 'x')", "DELETE FROM call RETURNING *", "DROP TABLE call",
    "CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)", "CREATE VIEW x AS SELECT 1",
    "CREATE VIRTUAL TABLE x USING fts5(a)", "ALTER TABLE name RENAME TO x", "REINDEX", "ANALYZE",
    "VACUUM", "VACUUM INTO 'copy.db'", "ATTACH 'other.db' AS other", "ATTACH ':memory:' AS other",
    "DETACH main", "BEGIN", "COMMIT", "SAVEPOINT x", "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE", "PRAGMA user_version", "PRAGMA query_only = OFF",
    "SELECT * FROM pragma_table_info('call')", "SELECT * FROM pragma_user_version",
    "SELECT load_extension('libm')", "SELECT fts3_tokenizer('simple')",
    "SELECT fts3_tokenizer('simple', x'00')", "SELECT readfile('/etc/passwd')",
    "SELECT writefile('copy.db', 'x')", "SELECT edit('x')", "SELECT randomblob(1000000000)",
    "SELECT zeroblob(400000000)", "SELECT hex(zeroblob(400000000))",
    "SELECT sqlite_compileoption_get(1)", "EXPLAIN DELETE FROM call",
    "WITH gone AS (SELECT 1) DELETE FROM call", "SELECT 1; DELETE FROM call",
    "SELECT 1; SELECT 2", ";DELETE FROM call", "", "-- nothing",
  ]) func `is refused and changes nothing`(sql: String) throws {
    let before = (try files(), try desk.contents())
    let error = #expect(throws: RecipeError.self, "\(sql)") { try query(sql) }
    #expect("\(try #require(error))".count > 20, "says something")
    #expect(try files() == before.0)
    #expect(try desk.contents() == before.1)
  }

  @Test(arguments: [
    ("ATTACH 'other.db' AS other", "ATTACH"), ("VACUUM INTO 'copy.db'", "one SELECT"),
    ("PRAGMA user_version", "PRAGMA"), ("SELECT * FROM pragma_user_version", "table-valued"),
    ("SELECT load_extension('x')", "load_extension()"), ("DELETE FROM call", "changes something"),
    ("SELECT 1; SELECT 2", "one SELECT"), ("SELECT nonsense FROM call", "nonsense"),
    ("SELEC 1", "SELEC"),
  ]) func `the refusal names what was wrong`(sql: String, word: String) throws {
    let error = #expect(throws: RecipeError.self) { try query(sql) }
    #expect("\(try #require(error))".contains(word), "\(sql): \(String(describing: error))")
  }

  @Test func `an endless statement is stopped at its deadline`() throws {
    let started = ContinuousClock.now
    #expect(throws: RecipeError.tookTooLong(seconds: 1)) {
      try query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n",
        seconds: 1)
    }
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test func `a value cannot outgrow the memory`() throws {
    #expect(try query("SELECT printf('%.400000000c', 'x')").rows == [[.null]])
    #expect(throws: RecipeError.self) {
      try query("SELECT replace(printf('%.9000000c', 'x'), 'x', '0123456789')")
    }
  }

  @Test func `a misspelt column is a mistake, not a text`() throws {
    #expect(throws: RecipeError.self) { try query(#"SELECT "tenat_id" FROM llm_call"#) }
  }

  // MARK: - Not the statement's fault

  @Test func `a damaged database is named as such`() throws {
    let file = desk.file.path
    try desk.file.openForWriting().writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
    }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 16_384)
    try handle.write(contentsOf: Data(repeating: 0xFF, count: Int(size) - 16_384))
    try handle.close()
    #expect(throws: StoreError.self) { try query("SELECT * FROM call") }
  }

  @Test func `a locked database is named as such`() throws {
    let path = desk.path("other.db")
    let other = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE a (b)") }
    let reader = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      let error = try #require(
        throws: StoreError.self
      ) {
        try reader.unsafeRead { _ = try SandboxedReader($0, seconds: 9).select("SELECT * FROM a") }
      }
      #expect("\(error)".contains(path))
      try db.execute(sql: "ROLLBACK")
    }
  }

  // MARK: - Allowed

  @Test func `ordinary statements are answered`() throws {
    #expect(try query("SELECT COUNT(*) AS n FROM llm_call").rows == [[.integer(2)]])
    #expect(try query("VALUES (1, 'a')").rows == [[.integer(1), .text("a")]])
    #expect(
      try query("SELECT upper('a') || strftime('%Y', 0, 'unixepoch')").rows == [[.text("A1970")]])
    #expect(try query("SELECT 1;").rows == [[.integer(1)]])
    #expect(try query("SELECT 1; -- and that is all\n").rows == [[.integer(1)]])
    let money = try query("SELECT SUM(cost_usd_nanos) AS total_usd_nanos FROM llm_call")
    #expect(money.columns.map(\.name) == ["total_usd"])
    #expect(money.columns.map(\.unit) == [.usd])
    #expect(money.rows == [[.integer(12_000_000)]])
  }

  @Test func `parameters are bound by name, whatever they hold`() throws {
    let sql = "SELECT :a, @b, $c, :a"
    let values: [String: SQLValue] = [
      "a": .text("'; DELETE FROM call; --"), "b": .integer(.max), "c": .null, "unused": .null,
    ]
    #expect(
      try query(sql, values).rows == [
        [
          .text("'; DELETE FROM call; --"), .integer(.max), .null, .text("'; DELETE FROM call; --"),
        ]
      ])
    #expect(
      try query("SELECT ?1, ?2", ["1": .integer(5), "2": .integer(6)]).rows == [
        [.integer(5), .integer(6)]
      ])
  }

  @Test func `a parameter without a value is named`() throws {
    let error = #expect(throws: RecipeError.self) { try query("SELECT :tenant") }
    #expect(error == .missingParameter("tenant"))
    #expect(error?.description.contains("-p tenant=") == true)
    // A bare ? has no name to give a value to, and must not take its neighbour's.
    #expect(throws: RecipeError.self) { try query("SELECT ?, :a", ["a": .integer(1)]) }
  }

  @Test func `every kind of value comes back as it is`() throws {
    let rows = try query("SELECT NULL, 9223372036854775807, 0.1, 'Tür', x'00ff'").rows
    #expect(rows == [[.null, .integer(.max), .real(0.1), .text("Tür"), .text("x'2 bytes'")]])
  }
}
