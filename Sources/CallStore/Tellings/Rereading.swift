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
    try db.execute(
      sql: """
        CREATE TEMP TABLE dropped AS
        SELECT hour, identity, source FROM call
        WHERE source IN (\(list)) AND import IS NOT ?1
        UNION
        SELECT hour, identity, source FROM call_telling
        WHERE source IN (\(list)) AND import <> ?1 AND replaced_by IS NULL
        EXCEPT SELECT hour, identity, source FROM temp.retold
        ORDER BY hour, identity
        """, arguments: [importID])
    let dropped = try Statement(
      "SELECT hour, identity, source FROM temp.dropped ORDER BY rowid", on: db)
    var call: (key: CallKey, sources: Set<Int64>)?
    while try dropped.next() {
      let key = CallKey(hour: dropped.int(0) ?? 0, identity: dropped.int(1) ?? 0)
      if let call, call.key != key {
        summary.add(try drop(call.key, of: call.sources, by: importID))
      }
      // A call moves with the first telling it loses, so it loses all of them at once.
      let known = call?.key == key ? call?.sources ?? [] : []
      call = (key, known.union([dropped.int(2) ?? 0]))
    }
    if let call { summary.add(try drop(call.key, of: call.sources, by: importID)) }
    dropped.reset()
    try db.execute(sql: "DROP TABLE temp.dropped")
    try db.execute(sql: "UPDATE log_file SET is_rereading = 0 WHERE id IN (\(list))")
    try db.execute(sql: "DELETE FROM temp.retold")
    sources.removeAll()
    books.onMove = { _, _ in }
  }

  /// Drops what some logs told of a call.
  private func drop(
    _ key: CallKey, of sources: Set<Int64>, by importID: Int64
  ) throws -> CallBooks.Settlement {
    books.memory.removeAll()
    var loaded = try books.load(key)
    for index in loaded.tellings.indices {
      let telling = loaded.tellings[index]
      guard sources.contains(telling.source), telling.counts, telling.importID != importID else {
        continue
      }
      loaded.tellings[index].replacedBy = importID
    }
    return try books.settle(loaded)
  }
}
