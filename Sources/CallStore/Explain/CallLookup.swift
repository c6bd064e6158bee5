import Foundation
import GRDB
import UsageLog

/// Finds the calls that an id means.
///
/// Ids have no index. But they are hashed into the calls' keys, so each hour that holds calls is asked by one look
/// for the key; only an id that no key comes from is looked for in the calls' texts.
struct CallLookup {
  let db: Database

  /// - Parameter id: a request or message id, a key, or a place in a log, `FILE:LINE`.
  /// - Returns: calls of their own, oldest first; hidden iterations only where a key or a line names them.
  func keys(of id: String) throws -> [CallKey] {
    if let key = CallKey(text: id), try holds(key) { return [key] }
    if let keys = try keys(onLine: id) { return keys }
    let keys = try keys(ofIdentities: id)
    let found = try keys.isEmpty ? scan(for: id) : keys
    guard !found.isEmpty else { throw ExplainError.unknownID(id) }
    return found
  }

  private func holds(_ key: CallKey) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM call WHERE hour = ? AND identity = ?)",
      arguments: [key.hour, key.identity]) ?? false
  }

  private func keys(_ sql: String, _ arguments: StatementArguments = []) throws -> [CallKey] {
    try Row.fetchAll(db, sql: sql, arguments: arguments)
      .map { CallKey(hour: $0[0], identity: $0[1]) }
  }

  // MARK: - By id

  /// Attempts that share the caller's own id hash their number, too.
  private static let attempts: [Int64] = [1] + Array(2...9)

  private func keys(ofIdentities id: String) throws -> [CallKey] {
    var bytes = id
    let identities = bytes.withUTF8 { bytes -> [Int64] in
      guard let start = bytes.baseAddress else { return [] }
      let text = Text(start: start, count: bytes.count)
      return Self.attempts.map {
        Int64(bitPattern: CallIdentity.ofRequest(text, attempt: $0))
      }
    }
    guard let own = identities.first else { return [] }
    let list = identities.map(String.init).joined(separator: ", ")
    // CROSS JOIN: hour after hour, a look at each.
    let found = try keys(
      """
      SELECT c.hour, c.identity FROM usage_sum AS u
      CROSS JOIN call AS c ON c.hour = u.bucket AND c.identity IN (\(list))
      WHERE u.dimension = 0 AND u.grain = 1
      UNION
      SELECT c.hour, c.identity FROM usage_sum AS u
      CROSS JOIN call_alias AS a ON a.hour = u.bucket AND a.alias = ?1
      CROSS JOIN call AS c ON c.hour = a.hour AND c.identity = a.identity
      WHERE u.dimension = 0 AND u.grain = 1
      """, [own])
    guard !found.isEmpty else { return [] }
    let near = Set(found.flatMap { ($0.hour - 1)...($0.hour + 1) }).sorted()
    return try inOrder(found + named(id, inHours: near))
  }

  /// Calls that have the id as a text; nil hours are all of them.
  private func named(_ id: String, inHours hours: [Int64]?) throws -> [CallKey] {
    let within = hours.map { "hour IN (\($0.map(String.init).joined(separator: ", "))) AND" } ?? ""
    return try keys(
      "SELECT hour, identity FROM call WHERE \(within) (request_id = ?1 OR message_id = ?1)", [id])
  }

  private func scan(for id: String) throws -> [CallKey] { try inOrder(named(id, inHours: nil)) }

  private func inOrder(_ keys: [CallKey]) throws -> [CallKey] {
    let timed = try Set(keys).map { key in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT occurred_at, COALESCE(attempt, 0) FROM call WHERE hour = ? AND identity = ?",
        arguments: [key.hour, key.identity])
      return (key: key, at: row?[0] as Int64? ?? 0, attempt: row?[1] as Int64? ?? 0)
    }
    return timed.sorted {
      ($0.at, $0.attempt, $0.key.identity) < ($1.at, $1.attempt, $1.key.identity)
    }
    .map(\.key)
  }

  // MARK: - By place

  /// The calls that a log's line told; nil if the text names no log that was imported.
  private func keys(onLine text: String) throws -> [CallKey]? {
    guard let colon = text.lastIndex(of: ":"), let line = Int64(text[colon...].dropFirst()),
      colon > text.startIndex
    else { return nil }
    let file = String(text[..<colon])
    let short = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
    let sources = try Int64.fetchAll(
      db,
      sql: """
        SELECT id FROM log_file
        WHERE path IN (?1, ?2) OR substr(path, -length(?3) - 1) = '/' || ?3
        """,
      arguments: [file, URL(fileURLWithPath: file).standardizedFileURL.path, short])
    if sources.isEmpty { return nil }
    var found: [CallKey] = []
    for source in sources { found += try keys(source: source, line: line) }
    guard !found.isEmpty else { throw ExplainError.noCallOnLine(file: file, line: line) }
    return try inOrder(found)
  }

  /// In the hours of the imports that read the line, and of calls told more than once wherever they are.
  private func keys(source: Int64, line: Int64) throws -> [CallKey] {
    let told = try keys(
      """
      SELECT c.hour, c.identity FROM usage_sum AS u
      CROSS JOIN call AS c ON c.hour = u.bucket AND c.source = ?1 AND c.source_line = ?2
      WHERE u.dimension = 0 AND u.grain = 1 AND EXISTS (
        SELECT 1 FROM import_part AS p JOIN import AS i ON i.id = p.import
        WHERE p.source = ?1 AND ?2 BETWEEN p.first_line AND p.last_line
          AND u.bucket BETWEEN COALESCE(i.first_hour - 1, 0) AND COALESCE(i.last_hour + 1, u.bucket))
      UNION
      SELECT c.hour, c.identity FROM call_telling AS t
      JOIN call AS c ON c.hour = t.hour AND c.identity = t.identity
      WHERE t.source = ?1 AND t.source_line = ?2
      """, [source, line])
    let calls = try told.filter { try !isIteration($0) }
    return calls.isEmpty ? told : calls
  }

  func isIteration(_ key: CallKey) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT kind IS NOT NULL FROM call WHERE hour = ? AND identity = ?",
      arguments: [key.hour, key.identity]) ?? false
  }
}
