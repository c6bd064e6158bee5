import GRDB
import Tables

/// What speaks against closing a period now: each thing that may still change its figures.
struct ClosingDoubts {
  let sentences: [String]

  /// - Parameter window: UTC milliseconds.
  init(_ window: Range<Int64>, _ db: Database) throws {
    sentences = try [
      Self.unpriced(window, db), Self.rejected(window, db), Self.interrupted(db),
      Self.missingEnd(window, db),
    ].compactMap(\.self)
  }

  private static let ofWindow = """
    hour BETWEEN ?1 / \(hourLength) - 1 AND ?2 / \(hourLength)
      AND occurred_at >= ?1 AND occurred_at < ?2
    """

  private static func unpriced(_ window: Range<Int64>, _ db: Database) throws -> String? {
    let count = try Int64.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) FROM call
        WHERE \(ofWindow) AND cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL
          AND COALESCE(input_tokens, cache_create_tokens, cache_read_tokens, output_tokens) > 0
        """, arguments: [window.lowerBound, window.upperBound])
    guard let count, count > 0 else { return nil }
    return "\(counted(count, "call")) used tokens and \(count == 1 ? "has" : "have") no price: "
      + "forensics prices unpriced"
  }

  /// A record that could not be read has no time: those of imports that told of the period count.
  private static func rejected(_ window: Range<Int64>, _ db: Database) throws -> String? {
    let count = try Int64.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) FROM reject JOIN import ON import.id = reject.import
        WHERE first_hour IS NULL OR (first_hour <= ?2 / \(hourLength) AND last_hour >= ?1 / \(hourLength))
        """, arguments: [window.lowerBound, window.upperBound - 1])
    guard let count, count > 0 else { return nil }
    return
      "\(counted(count, "record")) of the imports that tell of it \(count == 1 ? "was" : "were") rejected: "
      + "forensics rejects"
  }

  private static func interrupted(_ db: Database) throws -> String? {
    let open = try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM import WHERE finished_at IS NULL")
    return open.map {
      "import \($0) was interrupted, and its logs may hold more: import the same files again"
    }
  }

  private static func missingEnd(_ window: Range<Int64>, _ db: Database) throws -> String? {
    let newest = try Int64.fetchOne(
      db, sql: "SELECT MAX(occurred_at) FROM call WHERE \(ofWindow)",
      arguments: [window.lowerBound, window.upperBound])
    guard let newest, window.upperBound - newest > dayLength else { return nil }
    return "its last day has no calls: the newest is of \(ClockTime(newest).toTheSecond) UTC"
  }
}
