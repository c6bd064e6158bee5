import GRDB

/// Calls whose records held no time.
///
/// They are found by identity alone, wherever in time they were put; only an import that meets
/// such records pays for the look-ups.
final class ApproximateCalls {
  private let select: Statement
  private let insert: Statement
  private let remove: Statement
  private let want: Statement
  private let clearWanted: Statement
  private let find: Statement
  /// Whether the store holds any at all.
  private var areStored: Bool
  /// Hours of timed calls that a timeless record of this batch may be another telling of.
  private var found: [Int64: Int64] = [:]
  /// The batch holds timeless records.
  private var isWatching = false

  init(_ db: Database) throws {
    try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS wanted (identity INTEGER PRIMARY KEY)")
    select = try Statement("SELECT hour FROM approximate_call WHERE identity = ?1", on: db)
    insert = try Statement(
      "INSERT INTO approximate_call VALUES (?1, ?2) ON CONFLICT (identity) DO NOTHING", on: db)
    remove = try Statement("DELETE FROM approximate_call WHERE identity = ?1", on: db)
    want = try Statement("INSERT INTO wanted VALUES (?1) ON CONFLICT DO NOTHING", on: db)
    clearWanted = try Statement("DELETE FROM wanted", on: db)
    // The calls have no index by identity (it would cost more than everything else together), so a batch
    // with timeless records reads them once.
    find = try Statement(
      "SELECT hour, identity FROM call WHERE identity IN (SELECT identity FROM wanted)", on: db)
    areStored =
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM approximate_call)") ?? false
  }

  /// Looks up, once for the batch, which of its timeless calls are stored with a time already.
  func prepare(for rows: CodedCalls) throws {
    found.removeAll(keepingCapacity: true)
    isWatching = false
    for row in 0..<rows.count where rows[row, .timeIsApproximate] != CodedCalls.null {
      try want.run([rows[row, .identity]])
      isWatching = true
    }
    guard isWatching else { return }
    while try find.next() {
      if let hour = find.int(0), let identity = find.int(1) { found[identity] = hour }
    }
    try clearWanted.run()
  }

  func concerns(_ rows: CodedCalls, _ row: Int) -> Bool {
    areStored || rows[row, .timeIsApproximate] != CodedCalls.null
  }

  /// The hour under which a call is stored that this record is another telling of.
  func storedHour(of rows: CodedCalls, _ row: Int) throws -> Int64? {
    let identity = rows[row, .identity]
    if rows[row, .timeIsApproximate] != CodedCalls.null, let hour = found[identity] { return hour }
    return try storedHour(identity)
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

  /// A call was stored with a time of its own.
  func noteTimed(_ identity: Int64, hour: Int64) {
    if isWatching { found[identity] = hour }
  }

  func forget(_ identity: Int64) throws { try remove.run([identity]) }
}
