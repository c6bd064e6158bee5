import GRDB
import Tables
import UsageLog

/// Puts together what is to be said of single calls.
final class CallExplainer {
  private let db: Database
  private let prices: KnownPrices
  private let select: Statement
  private let tellings: StoredTellings
  private let longNames: Statement

  init(_ db: Database, _ prices: KnownPrices) throws {
    self.db = db
    self.prices = prices
    let columns = CallColumn.allCases.map(\.name).joined(separator: ", ")
    select = try Statement("SELECT \(columns) FROM call WHERE hour = ?1 AND identity = ?2", on: db)
    tellings = try StoredTellings(db)
    longNames = try Statement("SELECT text FROM long_name WHERE code = ?1", on: db)
  }

  /// A call with the hidden iterations inside it.
  func explanation(of key: CallKey) throws -> Explanation {
    var explanation = try alone(key)
    let hidden = HiddenCalls(db: db)
    if explanation.kind == "call" {
      explanation.iterations = try hidden.inside(key).map(alone)
    } else {
      explanation.insideOf = try hidden.around(key, at: explanation.occurredAt)?.text
    }
    return explanation
  }

  private func alone(_ key: CallKey) throws -> Explanation {
    var rows = CodedCalls()
    let call = try load(key, into: &rows)
    let book = rows[call, .priceBook]
    var reckoning = try prices.withPricing(ofBook: book) { try reckon(rows, call, &$0) }
    reckoning.remarks += try ClosedCall(key, at: rows[call, .occurredAt], db).remarks
    return Explanation(
      key: key.text, occurredAt: rows[call, .occurredAt],
      timeIsApproximate: rows[call, .timeIsApproximate] == 1,
      kind: try name(rows, call, .kind) ?? "call", facts: try facts(of: rows, call),
      reckoning: reckoning, stored: try storedCost(of: rows, call),
      tellings: try told(key, call, &rows))
  }

  private func load(_ key: CallKey, into rows: inout CodedCalls) throws -> Int {
    select.bind(0, key.hour)
    select.bind(1, key.identity)
    guard try select.next() else { throw ExplainError.unknownID(key.text) }
    defer { select.reset() }
    return rows.append(reading: select)
  }

  // MARK: - Cost

  private func reckon(
    _ rows: CodedCalls, _ row: Int, _ pricing: inout CallPricing
  ) throws -> Reckoning {
    let facts = try pricing.facts(of: rows, row, name: prices.name)
    let conditions = try pricing.key(of: rows, row)?.conditions(prices.name)
    let plan = try pricing.plan(of: rows, row, name: prices.name)
    return Reckoning(facts, conditions, plan, in: pricing.prices)
  }

  private func storedCost(of rows: CodedCalls, _ row: Int) throws -> StoredCost {
    let id = rows[row, .priceBook]
    var stored = StoredCost(
      costNanos: rows.value(row, .costNanos), listNanos: rows.value(row, .listCostNanos),
      loggedNanos: rows.value(row, .loggedCostNanos), book: prices.book(id))
    let again = try priced(rows, row, byBook: id)
    stored.agrees =
      again[row, .costNanos] == rows[row, .costNanos]
      && again[row, .listCostNanos] == rows[row, .listCostNanos]
    if stored.book == nil || id == prices.today.bookID { return stored }
    let today = try priced(rows, row, byBook: prices.today.bookID)
    if today[row, .costNanos] != rows[row, .costNanos] {
      let outcome = try prices.withPricing(ofBook: prices.today.bookID) {
        try reckon(rows, row, &$0).outcome
      }
      stored.today = StoredCost.Today(costNanos: today.value(row, .costNanos), outcome: outcome)
    }
    return stored
  }

  private func priced(_ rows: CodedCalls, _ row: Int, byBook id: Int64) throws -> CodedCalls {
    var again = rows
    try prices.withPricing(ofBook: id) { try $0.price(&again, row, name: prices.name) }
    return again
  }

  // MARK: - Facts

  private func facts(of rows: CodedCalls, _ row: Int) throws -> [Explanation.Fact] {
    try Self.shown.map { name, column in
      Explanation.Fact(name: name, value: try value(rows, row, column))
    }
  }

  /// Columns by their names in `llm_call`.
  private static let shown: [(String, CallColumn)] = [
    ("request_id", .requestID), ("message_id", .messageID), ("tenant_id", .tenant),
    ("feature", .feature), ("deploy_sha", .deploy), ("prompt_hash", .prompt), ("model", .model),
    ("model_raw", .modelRaw), ("channel", .channel), ("region", .region),
    ("service_tier", .serviceTier), ("speed", .speed), ("inference_geo", .inferenceGeo),
    ("status_code", .statusCode), ("stop_reason", .stopReason), ("stop_category", .stopCategory),
    ("outcome", .outcome), ("attempt", .attempt), ("workspace", .workspace), ("api_key", .apiKey),
    ("agent", .agent), ("session_id", .session), ("user_id", .user), ("operation_id", .operation),
    ("parent_call", .parentCall), ("latency_ms", .latencyMs),
  ]

  private func value(_ rows: CodedCalls, _ row: Int, _ column: CallColumn) throws -> Value {
    if column.isText {
      return rows.bytes(row, column).map { .text(String(decoding: $0, as: UTF8.self)) } ?? .null
    }
    guard let code = rows.value(row, column) else { return .null }
    if CallColumn.named.contains(column) { return try prices.name(code).map { .text($0) } ?? .null }
    switch column {
    case .session, .user, .operation: return try longName(code).map { .text($0) } ?? .null
    case .prompt: return .text(try longName(code) ?? hexadecimal(code))
    default: return .integer(code)
    }
  }

  private func longName(_ code: Int64) throws -> String? {
    longNames.bind(0, code)
    guard try longNames.next() else { return nil }
    defer { longNames.reset() }
    return longNames.text(0)
  }

  private func name(_ rows: CodedCalls, _ row: Int, _ column: CallColumn) throws -> String? {
    try rows.value(row, column).flatMap(prices.name)
  }

  // MARK: - Tellings

  private func told(
    _ key: CallKey, _ call: Int, _ rows: inout CodedCalls
  ) throws -> [ExplainedTelling] {
    var told = try tellings.load(key, call: call, into: &rows)
    if told.isEmpty { told = [Telling(ofItself: call, in: &rows)] }
    let current = told.current
    let deciding = current.first { rows.decides($0.row, what: call) }
    return try (current + told.filter { !$0.counts }).map { telling in
      try explained(telling, decides: telling.counts && telling.row == deciding?.row)
    }
  }

  private func explained(_ telling: Telling, decides: Bool) throws -> ExplainedTelling {
    let log = try Row.fetchOne(
      db, sql: "SELECT path, label, format FROM log_file WHERE id = ?", arguments: [telling.source])
    let importID = try telling.importID == CodedCalls.null ? importOfOld(telling) : telling.importID
    return ExplainedTelling(
      file: log?["path"] ?? "", line: telling.line, label: log?["label"] ?? "",
      format: log?["format"] ?? "", importID: importID,
      importedAt: try Int64.fetchOne(
        db, sql: "SELECT started_at FROM import WHERE id = ?", arguments: [importID]),
      replacedBy: telling.replacedBy, decidesUsage: decides)
  }

  /// Calls stored by older versions do not say which import told them first.
  private func importOfOld(_ telling: Telling) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT MIN(import) FROM import_part WHERE source = ?1 AND ?2 BETWEEN first_line AND last_line
        """, arguments: [telling.source, telling.line]) ?? 0
  }
}

extension CodedCalls {
  /// Whether what a telling says of the usage is what counts.
  fileprivate func decides(_ telling: Int, what call: Int) -> Bool {
    let usage: [CallColumn] = [
      .rowVersion, .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens,
    ]
    return usage.allSatisfy { self[telling, $0] == self[call, $0] }
  }
}
