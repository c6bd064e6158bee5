import GRDB

/// Calls whose records held no time.
///
/// They are found by identity alone, wherever in time they were put; only an import that meets
/// such records pays for the look-ups.
final class ApproximateCalls {
  private let db: Database
  private let select: Statement
  private let insert: Statement
  private let remove: Statement
  private let want: Statement
  private let clearWanted: Statement
  private let find: Statement
  /// Whether the store holds any at all.
  private var areStored: Bool
  /// Timed calls that a timeless record of this batch may be another telling of.
  private var found: [Int64: CallKey] = [:]
  /// The batch holds timeless records.
  private var isWatching = false
  private var scans = 0
  private var located: LocatedCalls?
  private var aliases: TimelessAliases?

  /// So often the calls are read from end to end before an index of them is made.
  private static let scanLimit = 2

  init(_ db: Database) throws {
    self.db = db
    try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS wanted (identity INTEGER PRIMARY KEY)")
    select = try Statement("SELECT hour FROM approximate_call WHERE identity = ?1", on: db)
    insert = try Statement(
      "INSERT INTO approximate_call VALUES (?1, ?2) ON CONFLICT (identity) DO UPDATE SET hour = ?2",
      on: db)
    remove = try Statement("DELETE FROM approximate_call WHERE identity = ?1", on: db)
    want = try Statement("INSERT INTO wanted VALUES (?1) ON CONFLICT DO NOTHING", on: db)
    clearWanted = try Statement("DELETE FROM wanted", on: db)
    // The calls have no index by identity (it would cost more than everything else together), so a batch
    // with timeless records reads them once.
    find = try Statement(
      """
      SELECT hour, identity, identity FROM call WHERE identity IN (SELECT identity FROM wanted)
      UNION ALL
      SELECT hour, identity, alias FROM call_alias WHERE alias IN (SELECT identity FROM wanted)
      """, on: db)
    areStored =
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM approximate_call)") ?? false
  }

  /// Looks up, once for the batch, which of its timeless calls are stored with a time already.
  func prepare(for rows: CodedCalls) throws {
    found.removeAll(keepingCapacity: true)
    isWatching = false
    for row in 0..<rows.count where rows[row, .timeIsApproximate] != CodedCalls.null {
      isWatching = true
      guard located == nil else { continue }
      try want.run([rows[row, .identity]])
      if let alias = rows.clues[row].alias { try want.run([Int64(bitPattern: alias)]) }
    }
    guard isWatching, located == nil else { return }
    if scans == Self.scanLimit {
      located = try LocatedCalls(db)
    } else {
      scans += 1
      while try find.next() {
        if let hour = find.int(0), let identity = find.int(1), let known = find.int(2) {
          found[known] = CallKey(hour: hour, identity: identity)
        }
      }
    }
    try clearWanted.run()
  }

  func concerns(_ rows: CodedCalls, _ row: Int) -> Bool {
    areStored || rows[row, .timeIsApproximate] != CodedCalls.null
  }

  /// Where a call is stored that this record is another telling of, whatever their times.
  func stored(_ rows: CodedCalls, _ row: Int) throws -> CallKey? {
    let clues = rows.clues[row]
    let ids = [rows[row, .identity]] + (clues.alias.map { [Int64(bitPattern: $0)] } ?? [])
    if rows[row, .timeIsApproximate] != CodedCalls.null {
      for id in ids {
        if let key = try found[id] ?? located?.key(of: id) { return key }
      }
    }
    for id in ids {
      if let hour = try storedHour(id) { return CallKey(hour: hour, identity: id) }
    }
    guard clues.isRequest, areStored else { return nil }
    if aliases == nil { aliases = try TimelessAliases(db) }
    return try aliases?.key(of: ids[0])
  }

  /// The hour under which a call without a time of its own is stored.
  func storedHour(_ identity: Int64) throws -> Int64? {
    guard areStored else { return nil }
    select.bind(0, identity)
    guard try select.next() else { return nil }
    defer { select.reset() }
    return select.int(0)
  }

  func note(_ identity: Int64, hour: Int64) throws {
    areStored = true
    try insert.run([identity, hour])
  }

  /// Takes note of where a call is stored now, and whether its time is its own.
  func follow(_ rows: CodedCalls, _ row: Int, was before: CallKey, wasApproximate: Bool) throws {
    let isApproximate = rows[row, .timeIsApproximate] == 1
    if wasApproximate, !isApproximate || rows[row, .identity] != before.identity {
      try forget(before.identity)
    }
    if isApproximate {
      try note(rows[row, .identity], hour: rows[row, .hour])
    } else {
      try noteTimed(CallKey(hour: rows[row, .hour], identity: rows[row, .identity]))
    }
  }

  /// A call was stored with a time of its own.
  func noteTimed(_ key: CallKey) throws { try note(key.identity, means: key) }

  /// A call's other id.
  func note(alias: Int64, of key: CallKey) throws {
    try aliases?.note(alias, of: key.identity)
    if try storedHour(key.identity) == nil { try note(alias, means: key) }
  }

  private func note(_ id: Int64, means key: CallKey) throws {
    if let located {
      try located.note(id, means: key)
    } else if isWatching {
      found[id] = key
    }
  }

  func forget(_ identity: Int64) throws { try remove.run([identity]) }
}

/// Every call by its identity, for an import that looks up very many: sorted once, in a temporary table.
private final class LocatedCalls {
  private let select: Statement
  private let insert: Statement

  init(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE located (
          known INTEGER PRIMARY KEY, hour INTEGER NOT NULL, identity INTEGER NOT NULL);
        INSERT OR REPLACE INTO located
        SELECT identity AS known, hour, identity FROM call
        UNION ALL SELECT alias, hour, identity FROM call_alias ORDER BY known;
        """)
    select = try Statement("SELECT hour, identity FROM located WHERE known = ?1", on: db)
    insert = try Statement("INSERT OR REPLACE INTO located VALUES (?1, ?2, ?3)", on: db)
  }

  func key(of identity: Int64) throws -> CallKey? {
    select.bind(0, identity)
    guard try select.next() else { return nil }
    defer { select.reset() }
    guard let hour = select.int(0), let own = select.int(1) else { return nil }
    return CallKey(hour: hour, identity: own)
  }

  func note(_ id: Int64, means key: CallKey) throws {
    try insert.run([id, key.hour, key.identity])
  }
}

/// The other ids of calls without a time: `call_alias` knows them by the hour, which no other log can.
private final class TimelessAliases {
  private let select: Statement
  private let insert: Statement

  init(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE timeless_alias (alias INTEGER PRIMARY KEY, identity INTEGER NOT NULL);
        INSERT OR REPLACE INTO timeless_alias
        SELECT a.alias, a.identity FROM call_alias AS a
        WHERE a.hour = (SELECT hour FROM approximate_call AS p WHERE p.identity = a.identity);
        """)
    select = try Statement(
      """
      SELECT p.hour, p.identity FROM timeless_alias AS t
      JOIN approximate_call AS p ON p.identity = t.identity WHERE t.alias = ?1
      """, on: db)
    insert = try Statement("INSERT OR REPLACE INTO timeless_alias VALUES (?1, ?2)", on: db)
  }

  func key(of alias: Int64) throws -> CallKey? {
    select.bind(0, alias)
    guard try select.next() else { return nil }
    defer { select.reset() }
    guard let hour = select.int(0), let identity = select.int(1) else { return nil }
    return CallKey(hour: hour, identity: identity)
  }

  func note(_ alias: Int64, of identity: Int64) throws { try insert.run([alias, identity]) }
}
