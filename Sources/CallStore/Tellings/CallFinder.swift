import GRDB

/// Finds the stored call that a record tells of where its key alone does not: times drift across the hour's
/// edge, and logs know a call by different ids.
///
/// Records whose hour and neighbours hold nothing of the kind pay at most one look-up.
struct CallFinder {
  private let time: Statement
  let aliases: CallAliases
  let drifting: DriftingCalls
  private let hours: StoredHourSet

  /// Two logs of one call differ by at most the time it took; clients give up after ten minutes.
  static let drift: Int64 = 15 * 60_000

  init(_ db: Database) throws {
    time = try Statement(
      "SELECT occurred_at FROM call WHERE hour = ?1 AND identity = ?2", on: db)
    aliases = try CallAliases(db)
    drifting = try DriftingCalls(db)
    hours = try StoredHourSet(db)
  }

  /// A call was stored in this hour.
  ///
  /// - Parameter isNamed: its message id is known.
  func note(hour: Int64, isNamed: Bool) {
    hours.insert(hour)
    if !isNamed { hours.insert(unnamed: hour) }
  }

  func holds(_ key: CallKey) throws -> Bool { try time(of: key) != nil }

  private func time(of key: CallKey) throws -> Int64? {
    time.bind(0, key.hour)
    time.bind(1, key.identity)
    guard try time.next() else { return nil }
    defer { time.reset() }
    return time.int(0)
  }

  /// The call, if it is stored elsewhere than under the record's own hour and identity.
  func elsewhere(_ rows: CodedCalls, _ row: Int) throws -> CallKey? {
    let clues = rows.clues[row]
    if clues.lineHash != nil { return nil }
    let identity = rows[row, .identity]
    let hour = rows[row, .hour]
    if clues.drifts, let found = try drifting.key(of: identity), found.hour != hour,
      try holds(found)
    {
      return found
    }
    if let found = try neighbour(of: hour, at: rows[row, .occurredAt], identity) { return found }
    guard aliases.areStored else { return nil }
    if clues.isRequest { return try alias(identity, hour: hour, at: rows[row, .occurredAt]) }
    return try apart(rows, row)
  }

  /// A call that shared its message id with another one, which may be gone by now.
  private func apart(_ rows: CodedCalls, _ row: Int) throws -> CallKey? {
    guard let alias = rows.clues[row].alias, let request = rows.bytes(row, .requestID),
      let key = try self.alias(
        Int64(bitPattern: alias), hour: rows[row, .hour], at: rows[row, .occurredAt]),
      key.identity == CallIdentity.apart(message: rows[row, .identity], request: request)
    else { return nil }
    return key
  }

  /// The call that only the record's request id knows, so far stored as one of its own.
  func byRequestAlone(_ rows: CodedCalls, _ row: Int) throws -> CallKey? {
    guard let alias = rows.clues[row].alias else { return nil }
    return try byRequestAlone(
      Int64(bitPattern: alias), hour: rows[row, .hour], at: rows[row, .occurredAt])
  }

  func byRequestAlone(_ identity: Int64, hour: Int64, at occurredAt: Int64) throws -> CallKey? {
    let key = CallKey(hour: hour, identity: identity)
    if hours.mayHoldUnnamed(hour), try holds(key) { return key }
    guard let near = near(hour, at: occurredAt), hours.mayHoldUnnamed(near) else { return nil }
    return try neighbour(of: hour, at: occurredAt, identity)
  }

  /// A call of that identity in the hour next to it, where both lie near their common edge.
  func neighbour(
    of hour: Int64, at occurredAt: Int64, _ identity: Int64
  ) throws -> CallKey? {
    guard let near = near(hour, at: occurredAt) else { return nil }
    let key = CallKey(hour: near, identity: identity)
    return try isNear(key, occurredAt) ? key : nil
  }

  /// The call that the id means there or near.
  func alias(
    _ identity: Int64, hour: Int64, at occurredAt: Int64
  ) throws -> CallKey? {
    for near in [hour, near(hour, at: occurredAt)] {
      guard let near, let own = try aliases.identity(of: identity, hour: near) else { continue }
      let key = CallKey(hour: near, identity: own)
      if try near == hour ? holds(key) : isNear(key, occurredAt) { return key }
    }
    return nil
  }

  private func isNear(_ key: CallKey, _ occurredAt: Int64) throws -> Bool {
    try time(of: key).map { abs($0 - occurredAt) <= Self.drift } ?? false
  }

  /// The neighbouring hour, where it lies within the drift and holds calls.
  private func near(_ hour: Int64, at occurredAt: Int64) -> Int64? {
    let into = occurredAt - hour * 3_600_000
    let near: Int64
    if into < Self.drift {
      near = hour - 1
    } else if into >= 3_600_000 - Self.drift {
      near = hour + 1
    } else {
      return nil
    }
    return hours.contains(near) ? near : nil
  }
}

/// The hours that hold any calls.
private final class StoredHourSet {
  private var hours: Set<Int64>
  private var last: Int64 = -1
  /// Hours that held calls before this import: of what kind is not known.
  private let older: Set<Int64>
  /// Hours in which this import stored calls whose message id is not known.
  private var unnamed: Set<Int64> = []

  init(_ db: Database) throws {
    hours = Set(
      try Int64.fetchAll(
        db, sql: "SELECT bucket FROM usage_sum WHERE dimension = 0 AND grain = 1"))
    older = hours
  }

  func insert(unnamed hour: Int64) { unnamed.insert(hour) }

  func mayHoldUnnamed(_ hour: Int64) -> Bool {
    (!older.isEmpty && older.contains(hour)) || (!unnamed.isEmpty && unnamed.contains(hour))
  }

  func insert(_ hour: Int64) {
    guard hour != last else { return }
    hours.insert(hour)
    last = hour
  }

  func contains(_ hour: Int64) -> Bool { hours.contains(hour) }
}
