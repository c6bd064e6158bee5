import GRDB
import Testing
import UsageLog

@testable import CallStore

/// Databases of a forensics that kept no price books.
@Suite struct OlderPricesTests {
  private let desk: Desk
  private let contents: [String]

  /// Puts what today's forensics stored where the last one without books would have left it.
  init() throws {
    let today = try Desk()
    var random = RandomLines(seed: 11)
    try today.load("calls.jsonl", random.lines(300), touched: RandomLines.start + 3_600_000 * 30)
    let usage: [String: Any] = [
      "input_tokens": 10, "output_tokens": 5,
      "iterations": [
        ["type": "compaction", "input_tokens": 900, "output_tokens": 80],
        ["type": "message", "input_tokens": 10, "output_tokens": 5],
      ],
    ]
    try today.load("gateway.jsonl", [wrapped("msg_hidden", usage)])
    contents = try today.contents()
    desk = try Desk()
    let queue = try DatabaseQueue(path: desk.file.path)
    try Migrations.apply(to: queue, upTo: 8)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: "ATTACH ? AS today", arguments: [today.file.path])
      try copy(db)
      try db.execute(sql: "DETACH today")
    }
    try queue.close()
  }

  private func copy(_ db: Database) throws {
    let tables = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM main.sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
        """)
    for table in tables {
      let columns = try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info(?, 'main')", arguments: [table]
      ).joined(separator: ", ")
      try db.execute(sql: "DELETE FROM main.\(table)")
      try db.execute(
        sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM today.\(table)")
    }
    try db.execute(sql: "DELETE FROM usage_sum WHERE dimension = 8")
    try db.execute(
      sql: "DELETE FROM call_column WHERE name IN ('price_book', 'list_cost_usd_nanos')")
  }

  @Test func `its sums and columns say what its calls say, and repricing gives them their books`()
    throws
  {
    _ = try CallDatabase(desk.file).newestCall()
    #expect(try desk.wrongSums() == [])
    // What an older program packed lacks columns: it goes, and the next import packs the hours anew.
    #expect(try desk.wrongColumns().allSatisfy { $0.hasPrefix("not packed") })
    #expect(try Doctor(desk.file).examine().filter { !$0.isSound } == [])
    #expect(try desk.number("SELECT COUNT(*) FROM call WHERE kind IS NOT NULL") ?? 0 > 0)
    #expect(
      try desk.number(
        """
        SELECT COUNT(*) FROM llm_call
        WHERE service_tier = 'priority' AND cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL
        """) ?? 0 > 0)
    var request = Repricing.Request()
    request.now = Desk.now
    _ = try Repricing(desk.file).run(request)
    #expect(difference(contents, try desk.contents()) == [])
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }
}
