/// Usage or cost that a provider reports for a span of time: for reconciliation, never a call.
package struct UsageBucket: Sendable, Equatable {
  package enum Report: String, Sendable {
    case usage = "usage_report/messages"
    case cost = "cost_report"
  }

  package enum Dimension: String, CaseIterable, Sendable {
    case workspaceID = "workspace_id"
    case apiKeyID = "api_key_id"
    case accountID = "account_id"
    case serviceAccountID = "service_account_id"
    case model
    case serviceTier = "service_tier"
    case contextWindow = "context_window"
    case inferenceGeo = "inference_geo"
    case speed
    case description
    case costType = "cost_type"
    case tokenType = "token_type"
  }

  package var report: Report
  /// UTC milliseconds, the end exclusive.
  package var startingAt: Int64
  package var endingAt: Int64
  package var dimensions: [Dimension: String] = [:]
  /// The dimensions that are not null anywhere in the bucket's rows, which always come in one page: two groupings of one period are two tellings
  /// of the same usage and must never be added up.
  package var groupedBy: [Dimension] = []
  package var usage = Call.Usage()
  package var currency: String?
  /// Decimal text in cents, as reported.
  package var amount: String?
  package var amountNanos: Int64?

  /// What makes a later report of the bucket the same bucket; null kept apart from every value.
  package var key: UInt64 {
    var text = groupedBy.map(\.rawValue).joined(separator: ",")
    for dimension in Dimension.allCases {
      text += "\u{1F}" + (dimensions[dimension].map { "=" + $0 } ?? "")
    }
    return contentHash(text)
  }
}
