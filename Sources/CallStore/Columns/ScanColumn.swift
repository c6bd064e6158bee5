/// The columns of `call` that are also kept packed: what questions filter, group and add up by.
enum ScanColumn: Int, CaseIterable {
  case occurredAt
  case tenant, feature, model, deploy, channel, workspace, prompt, session, user, priceBook
  case statusCode, kind
  case inputTokens, cacheCreateTokens, cacheCreate1hTokens, cacheReadTokens, outputTokens
  case webSearchRequests, costNanos, listCostNanos, latencyMs

  var column: CallColumn {
    switch self {
    case .occurredAt: .occurredAt
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploy: .deploy
    case .channel: .channel
    case .workspace: .workspace
    case .prompt: .prompt
    case .session: .session
    case .user: .user
    case .priceBook: .priceBook
    case .statusCode: .statusCode
    case .kind: .kind
    case .inputTokens: .inputTokens
    case .cacheCreateTokens: .cacheCreateTokens
    case .cacheCreate1hTokens: .cacheCreate1hTokens
    case .cacheReadTokens: .cacheReadTokens
    case .outputTokens: .outputTokens
    case .webSearchRequests: .webSearchRequests
    case .costNanos: .costNanos
    case .listCostNanos: .listCostNanos
    case .latencyMs: .latencyMs
    }
  }

  /// Few values that come again and again, kept once in a dictionary; else amounts.
  var isCode: Bool { rawValue >= Self.tenant.rawValue && rawValue <= Self.kind.rawValue }
}
