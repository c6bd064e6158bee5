/// The columns of the table `call`, in its order.
///
/// A test holds them against the schema.
enum CallColumn: Int, CaseIterable {
  case hour, identity, occurredAt, timeIsApproximate
  case messageID, requestID
  case tenant, feature, deploy, model, modelRaw, prompt
  case inputTokens, cacheCreateTokens, cacheCreate1hTokens, cacheReadTokens, outputTokens
  case webSearchRequests, costNanos, loggedCostNanos
  case statusCode, latencyMs, ttftMs
  case serviceTier, speed, inferenceGeo, channel, region, workspace, apiKey, agent
  case stopReason, stopCategory, kind, outcome
  case session, user, operation, parentCall, attempt, maxTokens, prefixHash, toolHash
  case rowVersion, source, sourceLine
  case importID
  case priceBook, listCostNanos

  var name: String { Self.names[rawValue] }

  private static let names = allCases.map { snakeCase("\($0)") }

  /// `inputTokens` is `input_tokens` in SQL.
  private static func snakeCase(_ name: String) -> String {
    switch name {
    case "messageID": "message_id"
    case "requestID": "request_id"
    case "cacheCreate1hTokens": "cache_create_1h_tokens"
    case "costNanos": "cost_usd_nanos"
    case "loggedCostNanos": "logged_cost_usd_nanos"
    case "importID": "import"
    case "listCostNanos": "list_cost_usd_nanos"
    default:
      name.reduce(into: "") { text, letter in
        if letter.isUppercase { text += "_" }
        text += letter.lowercased()
      }
    }
  }

  /// Stored as text; every other column is an integer or the code of a name.
  var isText: Bool { self == .messageID || self == .requestID || self == .parentCall }

  static let count = allCases.count

  /// Decided by the record that told most about the call, as a whole.
  static let billed: [CallColumn] = [
    .model, .modelRaw, .inputTokens, .cacheCreateTokens, .cacheCreate1hTokens, .cacheReadTokens,
    .outputTokens, .webSearchRequests, .serviceTier, .speed, .inferenceGeo, .channel, .region,
    .statusCode, .stopReason, .stopCategory, .outcome, .rowVersion,
  ]

  /// Codes of the table `name`.
  static let named: [CallColumn] = [
    .tenant, .feature, .deploy, .model, .modelRaw, .serviceTier, .speed, .inferenceGeo, .channel,
    .region, .workspace, .apiKey, .agent, .stopReason, .stopCategory, .kind, .outcome,
  ]

  /// Where a telling came from, and what is reckoned from the rest.
  static let provenance: Set<CallColumn> = [
    .identity, .source, .sourceLine, .importID, .costNanos, .listCostNanos, .priceBook,
  ]

  /// What pricing fills in.
  static let priced: [CallColumn] = [.costNanos, .listCostNanos, .priceBook]

  /// What pricing reads, beside `billed`.
  static let pricedBy: [CallColumn] = billed + [.occurredAt, .kind, .workspace, .apiKey]

  /// What a telling says of its call.
  static let told = allCases.filter { !provenance.contains($0) }
  static let texts = allCases.filter(\.isText)

  /// Filled by whichever record knows them first.
  static let filled: [CallColumn] = [
    .messageID, .requestID, .tenant, .feature, .deploy, .prompt, .loggedCostNanos, .latencyMs,
    .ttftMs, .workspace, .apiKey, .agent, .session, .user, .operation, .parentCall, .attempt,
    .maxTokens, .prefixHash, .toolHash,
  ]
}
