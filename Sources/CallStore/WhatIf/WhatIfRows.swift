import GRDB
import UsageLog

/// Reads what a hypothesis needs of each call, and nothing else.
struct WhatIfRows {
  /// What else pricing looks at where a call was not priced with the book in use.
  private static let facts: [CallColumn] = [
    .statusCode, .outcome, .stopReason, .stopCategory, .workspace, .apiKey,
  ]

  private let statement: Statement
  /// Read of every call; behind them in the statement come `facts`.
  private let columns: [CallColumn]
  private let bookID: Int64
  private let alwaysNeedsFacts: Bool

  /// - Parameters:
  ///   - group: what the answer is grouped by.
  ///   - pricing: the book in use.
  init(
    _ selection: Selection, _ reach: Reach, by group: CallColumn, _ pricing: CallPricing,
    on db: Database
  ) throws {
    var terms = try SelectedRows.terms(of: selection, db)
    let known = try DimensionCodes(db)
    if let models = reach.models { terms.append(try SelectedRows.term(.model, models, known)) }
    if let features = reach.features {
      terms.append(try SelectedRows.term(.feature, features, known))
    }
    if let tokens = reach.outputAbove { terms.append("output_tokens > \(tokens)") }
    let columns = Self.columns(reach, group)
    self.columns = columns
    bookID = pricing.bookID
    alwaysNeedsFacts = reach.needsOutcomes || pricing.asksForAccount
    statement = try Statement(
      """
      SELECT \((columns + Self.facts).map(\.name).joined(separator: ", ")) FROM call\
      \(SelectionSQL.whereClause(terms))\(reach.isInOrder ? "\n  ORDER BY hour" : "")
      """, on: db)
  }

  private static func columns(_ reach: Reach, _ group: CallColumn) -> [CallColumn] {
    var columns: [CallColumn] = [
      .hour, .identity, .occurredAt, .feature, .inputTokens, .cacheCreateTokens,
      .cacheCreate1hTokens, .cacheReadTokens, .outputTokens, .webSearchRequests, .costNanos,
      .priceBook, .kind, .model, .modelRaw, .channel, .region, .serviceTier, .speed, .inferenceGeo,
    ]
    // Caches and conversations are what order is needed for.
    if reach.isInOrder { columns += [.prompt, .prefixHash, .session, .workspace] }
    return columns.contains(group) ? columns : columns + [group]
  }

  /// Hands over each call as a row of `rows`; an hour at a time where they come in the order of their times.
  func each(
    inOrder: Bool, _ body: (_ rows: CodedCalls, _ row: Int) throws -> Void
  ) throws {
    var rows = CodedCalls()
    guard inOrder else {
      let row = rows.append()
      while try statement.next() {
        read(into: &rows, row)
        try body(rows, row)
      }
      return
    }
    var hour = CodedCalls.null
    while try statement.next() {
      if let next = statement.int(0), next != hour {
        try flush(&rows, body)
        hour = next
      }
      read(into: &rows, rows.append())
    }
    try flush(&rows, body)
  }

  private func read(into rows: inout CodedCalls, _ row: Int) {
    for (place, column) in columns.enumerated() {
      rows[row, column] = statement.int(place) ?? CodedCalls.null
    }
    guard
      alwaysNeedsFacts || rows[row, .priceBook] != bookID
        || rows[row, .costNanos] == CodedCalls.null
    else { return }
    for (place, column) in Self.facts.enumerated() {
      rows[row, column] = statement.int(columns.count + place) ?? CodedCalls.null
    }
  }

  private func flush(
    _ rows: inout CodedCalls, _ body: (CodedCalls, Int) throws -> Void
  ) throws {
    let times = (0..<rows.count).map { (rows[$0, .occurredAt], rows[$0, .identity], $0) }
    for (_, _, row) in times.sorted(by: <) { try body(rows, row) }
    rows.removeAll()
  }
}
