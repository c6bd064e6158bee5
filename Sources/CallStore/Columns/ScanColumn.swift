/// The columns of `call` that are also kept packed: what questions filter, group and add up by, and all that
/// prices depend on.
///
/// What most logs do not tell costs nothing: a column that is NULL throughout packs to nothing.
enum ScanColumn: Int, CaseIterable {
  case occurredAt
  case tenant, feature, model, deploy, channel, workspace, prompt, session, user, priceBook
  case statusCode, kind
  case agent, apiKey, region, inferenceGeo, serviceTier, speed, stopReason, outcome
  case operation, prefixHash, toolHash, attempt, maxTokens, modelRaw, stopCategory, source
  case inputTokens, cacheCreateTokens, cacheCreate1hTokens, cacheReadTokens, outputTokens
  case webSearchRequests, costNanos, listCostNanos, loggedCostNanos, latencyMs, ttftMs
  case identity

  var column: CallColumn { Self.columns[rawValue] }

  /// The column of that name in `call`.
  init?(named name: String) {
    guard let column = Self.allCases.first(where: { $0.column.name == name }) else { return nil }
    self = column
  }

  /// They share their names; a test holds this to it.
  private static let columns: [CallColumn] = allCases.map { column in
    guard let same = CallColumn.allCases.first(where: { "\($0)" == "\(column)" }) else {
      preconditionFailure("call has no column \(column)")
    }
    return same
  }

  /// Few values that come again and again, kept once in a dictionary; else amounts.
  var isCode: Bool { rawValue >= Self.tenant.rawValue && rawValue <= Self.source.rawValue }
}
