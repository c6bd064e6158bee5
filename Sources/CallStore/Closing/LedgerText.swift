import Crypto
import GRDB

/// A window's ledger as one text, for its hash: what finance counts, and nothing else.
///
/// A line for each hour and each group of calls that agree in every name, with their sums, in the order of the
/// lines' bytes. Codes, imports, logs and price books are not in it, so the same calls have the same text in any
/// database; it is made of stored columns alone, so new prices, new zones and new wording leave it as it is.
/// Users, sessions and prompts are not in it either: they can be forgotten.
struct LedgerText {
  /// Counts up when the text changes: older hashes are then still made as they were.
  private static let version = 1

  private static let names: [CallColumn] = [
    .tenant, .feature, .deploy, .model, .modelRaw, .serviceTier, .speed, .inferenceGeo, .channel,
    .region, .workspace, .apiKey, .agent, .stopReason, .stopCategory, .kind, .outcome,
  ]
  /// SQL over one call.
  private static let amounts = [
    "kind IS NULL", "kind IS NOT NULL", "COALESCE(status_code, 0) >= 400",
    "cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL",
    "cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NOT NULL",
    "COALESCE(input_tokens, 0)", "COALESCE(cache_create_tokens, 0)",
    "COALESCE(cache_create_1h_tokens, 0)", "COALESCE(cache_read_tokens, 0)",
    "COALESCE(output_tokens, 0)", "COALESCE(web_search_requests, 0)",
    "COALESCE(cost_usd_nanos, 0)", "COALESCE(list_cost_usd_nanos, cost_usd_nanos, 0)",
  ]
  private static let (callsPlace, costPlace) = (0, 11)

  private let db: Database
  private let texts: CodedTexts

  init(_ db: Database) throws {
    self.db = db
    texts = try CodedTexts(db)
  }

  /// - Parameter window: UTC milliseconds.
  func figures(of window: Range<Int64>) throws -> LedgerFigures {
    var figures = LedgerFigures()
    var hash = SHA256()
    hash.update(data: Array("forensics ledger \(Self.version)\n".utf8))
    for day in floor(window.lowerBound, dayLength)...floor(window.upperBound - 1, dayLength) {
      // A day at a time, so that a long period does not fill the memory.
      let part = (day * dayLength..<(day + 1) * dayLength).clamped(to: window)
      let lines = try lines(Self.own, [part.lowerBound, part.upperBound]) { amounts in
        figures.calls += amounts[Self.callsPlace]
        figures.costNanos += amounts[Self.costPlace]
      }
      for line in lines { hash.update(data: line) }
    }
    let adjusting = try lines(Self.datedIn, [window.lowerBound, window.upperBound]) { amounts in
      figures.adjustedCalls += amounts[Self.callsPlace]
      figures.adjustedNanos += amounts[Self.costPlace]
    }
    for line in adjusting { hash.update(data: line) }
    figures.hash = "\(Self.version):\(hash.finalize().hexadecimal)"
    return figures
  }

  // MARK: - Lines

  /// A line a row: its first column, the names, the sums.
  ///
  /// Groups whose sums are all nothing have none.
  private func lines(
    _ sql: String, _ window: [Int64], add: ([Int64]) -> Void
  ) throws -> [[UInt8]] {
    let statement = try Statement(sql, on: db)
    for (place, bound) in window.enumerated() { statement.bind(place, bound) }
    var lines: [[UInt8]] = []
    while try statement.next() {
      let sums = Self.amounts.indices.map { statement.int(1 + Self.names.count + $0) ?? 0 }
      guard sums.contains(where: { $0 != 0 }) else { continue }
      add(sums)
      var fields = [Self.field(statement.text(0))]
      for place in Self.names.indices {
        fields.append(Self.field(try statement.int(1 + place).flatMap(texts.text)))
      }
      fields += sums.map { String($0) }
      lines.append(Array((fields.joined(separator: "\t") + "\n").utf8))
    }
    return lines.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What was not logged is empty, and nothing that was logged can look like it.
  private static func field(_ text: String?) -> String {
    guard let text else { return "" }
    return "="
      + text.replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
      .replacing("\n", with: "\\n")
  }

  private static let sums = amounts.map { "SUM(sign * (\($0)))" }.joined(separator: ", ")
  private static let codes = names.map(\.name).joined(separator: ", ")
  private static let read =
    (names + [
      .statusCode, .inputTokens, .cacheCreateTokens, .cacheCreate1hTokens, .cacheReadTokens,
      .outputTokens, .webSearchRequests, .costNanos, .listCostNanos,
    ]).map(\.name).joined(separator: ", ")
  private static let ofWindow = """
    hour BETWEEN ?1 / \(hourLength) - 1 AND ?2 / \(hourLength)
      AND occurred_at >= ?1 AND occurred_at < ?2
    """

  /// The calls as they were when their period was closed: without what came, with what went.
  private static let own = """
    SELECT hour, \(codes), \(sums) FROM (
      SELECT 1 AS sign, hour, \(read) FROM call WHERE \(ofWindow)
      UNION ALL
      SELECT -sign, hour, \(read) FROM adjustment WHERE \(ofWindow)
    ) GROUP BY hour, \(codes)
    """

  private static let datedIn = """
    SELECT 'adjusts ' || (SELECT period FROM closing WHERE id = adjustment.closing), \(codes), \(sums)
    FROM adjustment WHERE booked_at >= ?1 AND booked_at < ?2
    GROUP BY closing, \(codes)
    """
}

/// The texts behind codes of the table `name`, each looked up once.
private final class CodedTexts {
  private let select: Statement
  private var known: [Int64: String] = [:]

  init(_ db: Database) throws {
    select = try Statement("SELECT text FROM name WHERE id = ?1", on: db)
  }

  func text(_ code: Int64) throws -> String? {
    if let text = known[code] { return text }
    select.bind(0, code)
    guard try select.next() else { return nil }
    defer { select.reset() }
    known[code] = select.text(0)
    return known[code]
  }
}

extension SHA256.Digest {
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
