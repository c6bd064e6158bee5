import GRDB

/// The table `call_alias`: which call an id means that is not the one its identity comes from.
final class CallAliases {
  private let select: Statement
  private let insert: Statement
  private let own: Statement
  private let delete: Statement
  /// Whether there are any at all: most databases never pay for a look-up.
  private(set) var areStored: Bool

  init(_ db: Database) throws {
    select = try Statement("SELECT identity FROM call_alias WHERE hour = ?1 AND alias = ?2", on: db)
    insert = try Statement(
      """
      INSERT INTO call_alias (hour, alias, identity) VALUES (?1, ?2, ?3)
      ON CONFLICT (hour, alias) DO UPDATE SET identity = ?3 WHERE identity <> ?3
      """, on: db)
    own = try Statement("SELECT alias FROM call_alias WHERE hour = ?1 AND identity = ?2", on: db)
    delete = try Statement("DELETE FROM call_alias WHERE hour = ?1 AND alias = ?2", on: db)
    areStored = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM call_alias)") ?? false
  }

  /// The identity of the call that an id means in that hour.
  func identity(of alias: Int64, hour: Int64) throws -> Int64? {
    guard areStored else { return nil }
    select.bind(0, hour)
    select.bind(1, alias)
    guard try select.next() else { return nil }
    defer { select.reset() }
    return select.int(0)
  }

  func note(_ alias: Int64, of call: CallKey) throws {
    areStored = true
    insert.bind(0, call.hour)
    insert.bind(1, alias)
    insert.bind(2, call.identity)
    try insert.run()
  }

  /// Follows a call that went to another key, or is gone.
  func move(_ old: CallKey, to new: CallKey?) throws {
    guard areStored else { return }
    var aliases: [Int64] = []
    own.bind(0, old.hour)
    own.bind(1, old.identity)
    while try own.next() { if let alias = own.int(0) { aliases.append(alias) } }
    for alias in aliases {
      try delete.run([old.hour, alias])
      if let new, new.identity != alias { try note(alias, of: new) }
    }
  }
}

/// Where a call is stored.
struct CallKey: Hashable {
  var hour: Int64
  var identity: Int64
}
