import GRDB

/// Logs that are read again (`--reread`, `merge`): what they tell now stands for all they told before, and what
/// they no longer tell is dropped.
final class Rereading {
  private let db: Database
  private let books: CallBooks
  private let see: Statement
  private let seen: Statement
  private let move: Statement
  private var sources: Set<Int64> = []

  init(_ db: Database, books: CallBooks) throws {
    self.db = db
    self.books = books
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS retold (
          source INTEGER, hour INTEGER, identity INTEGER,
          PRIMARY KEY (source, hour, identity)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS temp.retold_by_call ON retold (hour, identity);
        DELETE FROM temp.retold;
        """)
    see = try Statement("INSERT OR IGNORE INTO temp.retold VALUES (?1, ?2, ?3)", on: db)
    seen = try Statement(
      "SELECT 1 FROM temp.retold WHERE source = ?1 AND hour = ?2 AND identity = ?3", on: db)
    move = try Statement(
      """
      INSERT OR IGNORE INTO temp.retold
      SELECT source, ?3, ?4 FROM temp.retold WHERE hour = ?1 AND identity = ?2
      """, on: db)
  }

  var isGoingOn: Bool { !sources.isEmpty }

  func contains(_ source: Int64) -> Bool { sources.contains(source) }

  func begin(_ source: Int64) {
    guard sources.insert(source).inserted, sources.count == 1 else { return }
    books.onMove = { [move] old, new in
      try move.run([old.hour, old.identity, new.hour, new.identity])
    }
  }

  /// A log that is read again still tells of the call.
  func note(_ source: Int64, tells key: CallKey) throws {
    guard sources.contains(source) else { return }
    try see.run([source, key.hour, key.identity])
  }

  func hasSeen(_ source: Int64, telling key: CallKey) throws -> Bool {
    seen.bind(0, source)
    seen.bind(1, key.hour)
    seen.bind(2, key.identity)
    defer { seen.reset() }
    return try seen.next()
  }

  /// Drops what the logs told before the import and do not tell any more.
  func finish(by importID: Int64, _ summary: inout ImportSummary) throws {
    guard isGoingOn else { return }
    let list = sources.sorted().map(String.init).joined(separator: ", ")
    let keys = try Row.fetchAll(
      db,
      sql: """
        SELECT hour, identity, source FROM call
        WHERE source IN (\(list)) AND import IS NOT ?1
        UNION
        SELECT hour, identity, source FROM call_telling
        WHERE source IN (\(list)) AND import <> ?1 AND replaced_by IS NULL
        EXCEPT SELECT hour, identity, source FROM temp.retold
        """, arguments: [importID])
    for row in keys {
      let source: Int64 = row[2]
      books.memory.removeAll()
      var loaded = try books.load(CallKey(hour: row[0], identity: row[1]))
      for index in loaded.tellings.indices
      where loaded.tellings[index].source == source && loaded.tellings[index].counts
        && loaded.tellings[index].importID != importID
      {
        loaded.tellings[index].replacedBy = importID
      }
      summary.add(try books.settle(loaded))
    }
    try db.execute(sql: "UPDATE log_file SET is_rereading = 0 WHERE id IN (\(list))")
    try db.execute(sql: "DELETE FROM temp.retold")
    sources.removeAll()
    books.onMove = { _, _ in }
  }
}
