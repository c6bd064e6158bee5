/// Usage or cost that a provider or a tool reports for a span of time: for reconciliation, never a call.
package struct UsageBucket: Sendable, Equatable {
  /// Whose report it is; two reports of one span are never added up.
  package enum Report: String, Sendable, CaseIterable {
    case usage = "usage_report/messages"
    case cost = "cost_report"
    case claudeCode = "usage_report/claude_code"
    case analyticsUsage = "analytics/usage"
    case analyticsCost = "analytics/cost"
    case consoleUsage = "console/usage"
    case consoleCost = "console/cost"
    case claudeCodeResult = "claude_code/result"
    case claudeCodeMetrics = "claude_code/metrics"
    case openTelemetryMetrics = "otel/metrics"
    case openRouterActivity = "openrouter/activity"
    case liteLLMDaily = "litellm/daily"
  }

  /// What a report tells apart.
  ///
  /// Those in `columns` have a column of their own in the store; others, new ones of the vendor's included,
  /// are kept by name.
  package struct Dimension: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static func < (left: Dimension, right: Dimension) -> Bool {
      left.rawValue < right.rawValue
    }

    package static let workspaceID = Dimension(rawValue: "workspace_id")
    package static let apiKeyID = Dimension(rawValue: "api_key_id")
    package static let accountID = Dimension(rawValue: "account_id")
    package static let serviceAccountID = Dimension(rawValue: "service_account_id")
    package static let model = Dimension(rawValue: "model")
    package static let serviceTier = Dimension(rawValue: "service_tier")
    package static let contextWindow = Dimension(rawValue: "context_window")
    package static let inferenceGeo = Dimension(rawValue: "inference_geo")
    package static let speed = Dimension(rawValue: "speed")
    package static let description = Dimension(rawValue: "description")
    package static let costType = Dimension(rawValue: "cost_type")
    package static let tokenType = Dimension(rawValue: "token_type")
    /// Names, where a report has no ids.
    package static let workspace = Dimension(rawValue: "workspace")
    package static let apiKey = Dimension(rawValue: "api_key")
    package static let actor = Dimension(rawValue: "actor")
    package static let product = Dimension(rawValue: "product")
    package static let sessionID = Dimension(rawValue: "session_id")

    package static let columns: [Dimension] = [
      .workspaceID, .apiKeyID, .accountID, .serviceAccountID, .model, .serviceTier, .contextWindow,
      .inferenceGeo, .speed, .description, .costType, .tokenType, .workspace, .apiKey, .actor,
      .product, .sessionID,
    ]
  }

  /// How a later telling of it replaces an earlier one.
  package enum Telling: Sendable {
    /// The report tells everything of a span at once: what a later one leaves out is not so any more.
    case wholeSpan
    /// One of many that say nothing of each other: a later one replaces only its own report, span and key.
    case single
    /// A total that goes on growing, or has no time of its own: its report and key are one bucket whatever the
    /// span, and the one that ends last counts.
    case runningTotal
  }

  package var report: Report
  package var telling = Telling.wholeSpan
  /// UTC milliseconds, the end exclusive.
  package var startingAt: Int64
  package var endingAt: Int64
  package var dimensions: [Dimension: String] = [:]
  /// The dimensions that the rows of its span are told apart by, as far as their page or header shows: two
  /// groupings of one period are two tellings of the same usage and must never be added up.
  package var groupedBy: [Dimension] = []
  /// When the report's data was last brought up to date, in UTC milliseconds; nil where it does not say.
  package var refreshedAt: Int64?
  /// Other records of the log may tell more of the same span: rows come one by one, or pages end inside it.
  package var mayGoOn = false
  package var usage = Call.Usage()
  /// Requests in the bucket, where the report counts them.
  package var requests: Int64?
  package var currency: String?
  /// Decimal text in cents, as reported.
  package var amount: String?
  package var amountNanos: Int64?
  /// The same before discounts.
  package var listAmount: String?
  package var listAmountNanos: Int64?

  package init(report: Report, startingAt: Int64, endingAt: Int64) {
    self.report = report
    self.startingAt = startingAt
    self.endingAt = endingAt
  }

  /// What makes a later report of the bucket the same bucket; null kept apart from every value.
  package var key: UInt64 {
    var text = groupedBy.map(\.rawValue).joined(separator: ",")
    // By place those that every report of the first version had: their keys are in databases.
    let placed = Dimension.columns.prefix(12)
    for dimension in placed {
      text += "\u{1F}" + (dimensions[dimension].map { "=" + $0 } ?? "")
    }
    for dimension in dimensions.keys.sorted() where !placed.contains(dimension) {
      text += "\u{1E}" + dimension.rawValue + "=" + (dimensions[dimension] ?? "")
    }
    return contentHash(text)
  }
}
