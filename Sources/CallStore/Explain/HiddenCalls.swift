import GRDB
import UsageLog

/// Finds the hidden iterations of a call, and the call of a hidden iteration: their identities are made from it.
struct HiddenCalls {
  let db: Database

  /// Places in `usage.iterations` that are tried.
  private static let places = 0..<64

  /// The iterations inside a call, in their order.
  func inside(_ key: CallKey) throws -> [CallKey] {
    let kinds = try kinds(in: key.hour)
    guard !kinds.isEmpty else { return [] }
    let stored = try Set(
      Int64.fetchAll(
        db, sql: "SELECT identity FROM call WHERE hour = ? AND kind IS NOT NULL",
        arguments: [key.hour]))
    let aliases = try Int64.fetchAll(
      db, sql: "SELECT alias FROM call_alias WHERE hour = ? AND identity = ?",
      arguments: [key.hour, key.identity])
    var found: [CallKey] = []
    for place in Self.places {
      for identity in [key.identity] + aliases {
        for kind in kinds {
          let own = CallKey(hour: key.hour, identity: Self.identity(kind, place, in: identity))
          if stored.contains(own.identity), !found.contains(own) { found.append(own) }
        }
      }
    }
    return found
  }

  /// The call that an iteration lies in, if it is stored.
  func around(_ iteration: CallKey, at occurredAt: Int64) throws -> CallKey? {
    let kinds = try kinds(in: iteration.hour)
    let calls = try Int64.fetchAll(
      db, sql: "SELECT identity FROM call WHERE hour = ? AND occurred_at = ? AND kind IS NULL",
      arguments: [iteration.hour, occurredAt])
    return calls.first { call in
      kinds.contains { kind in
        Self.places.contains { Self.identity(kind, $0, in: call) == iteration.identity }
      }
    }.map { CallKey(hour: iteration.hour, identity: $0) }
  }

  private func kinds(in hour: Int64) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT text FROM name
        WHERE id IN (SELECT kind FROM call WHERE hour = ? AND kind IS NOT NULL) ORDER BY text
        """, arguments: [hour])
  }

  private static func identity(_ kind: String, _ place: Int, in call: Int64) -> Int64 {
    // A type that was not logged is stored as `iteration`, but hashed as it was.
    var logged = kind == "iteration" ? "" : kind
    return logged.withUTF8 { bytes in
      var none: UInt8 = 0
      return withUnsafePointer(to: &none) { nothing in
        let type = Text(start: bytes.baseAddress ?? nothing, count: bytes.count)
        return Int64(
          bitPattern: CallIdentity.ofIteration(type, place, in: UInt64(bitPattern: call)))
      }
    }
  }
}
