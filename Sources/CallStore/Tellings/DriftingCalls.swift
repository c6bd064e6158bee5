import GRDB

/// Calls of sources that copy a record with other times: found by their identity, wherever in time they are.
///
/// Only such sources pay for the look-ups.
final class DriftingCalls {
  private let select: Statement
  private let insert: Statement
  private let update: Statement
  private var areStored: Bool

  init(_ db: Database) throws {
    select = try Statement("SELECT hour FROM drifting_call WHERE identity = ?1", on: db)
    insert = try Statement(
      """
      INSERT INTO drifting_call VALUES (?1, ?2)
      ON CONFLICT (identity) DO UPDATE SET hour = ?2 WHERE hour <> ?2
      """, on: db)
    update = try Statement(
      "UPDATE drifting_call SET hour = ?2 WHERE identity = ?1 AND hour <> ?2", on: db)
    areStored =
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM drifting_call)") ?? false
  }

  /// Where the call is, as far as is known.
  func key(of identity: Int64) throws -> CallKey? {
    guard areStored else { return nil }
    select.bind(0, identity)
    guard try select.next() else { return nil }
    defer { select.reset() }
    return select.int(0).map { CallKey(hour: $0, identity: identity) }
  }

  func note(_ key: CallKey) throws {
    areStored = true
    try insert.run([key.identity, key.hour])
  }

  /// A call is there now.
  func follow(_ key: CallKey) throws {
    guard areStored else { return }
    try update.run([key.identity, key.hour])
  }
}
