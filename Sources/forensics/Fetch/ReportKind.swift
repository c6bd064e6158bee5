import ArgumentParser

/// A report that the vendor keeps, and what its endpoint takes.
///
/// Source: the vendor's references of `usage_report/messages`, `cost_report`, `analytics/usage` and
/// `analytics/cost`.
enum ReportKind: String, CaseIterable, ExpressibleByArgument, Sendable {
  case adminUsage = "admin-usage"
  case adminCost = "admin-cost"
  case analyticsUsage = "analytics-usage"
  case analyticsCost = "analytics-cost"

  var isAnalytics: Bool { self == .analyticsUsage || self == .analyticsCost }

  var path: String {
    switch self {
    case .adminUsage: "/v1/organizations/usage_report/messages"
    case .adminCost: "/v1/organizations/cost_report"
    case .analyticsUsage: "/v1/organizations/analytics/usage"
    case .analyticsCost: "/v1/organizations/analytics/cost"
    }
  }

  var widths: [BucketWidth] { self == .adminCost ? [.day] : BucketWidth.allCases }

  /// What the endpoint calls the length of its buckets.
  var widthParameter: String { isAnalytics ? "time_bucket_width" : "bucket_width" }

  /// As many buckets as a page may have; nil where a page is so many rows, and the endpoint knows best.
  func bucketsPerPage(_ width: BucketWidth) -> Int? {
    if isAnalytics { return nil }
    return switch width {
    case .day: 31
    case .hour: 168
    case .minute: 1440
    }
  }

  /// No question may span more milliseconds; nil where it may be as long as one likes.
  var longestSpan: Int64? { isAnalytics ? 31 * BucketWidth.day.milliseconds : nil }

  /// For so long after a bucket its figures may move.
  ///
  /// The Admin API tells of a call after some minutes, "occasionally longer"; analytics are final after about 30 days.
  var revisedFor: Int64 { (isAnalytics ? 30 : 1) * BucketWidth.day.milliseconds }

  /// Everything it can be grouped by; nil where new names come, and the endpoint knows best.
  var groupings: [String]? {
    switch self {
    case .adminUsage:
      [
        "workspace_id", "model", "service_tier", "context_window", "inference_geo", "speed",
        "api_key_id", "account_id", "service_account_id",
      ]
    case .adminCost: ["workspace_id", "description"]
    case .analyticsUsage, .analyticsCost: nil
    }
  }

  /// What decides a price, so that the report can be held against priced calls.
  var standardGrouping: [String] {
    let usage = ["workspace_id", "model", "service_tier", "context_window", "inference_geo"]
    return switch self {
    case .adminUsage: usage
    case .adminCost: ["workspace_id", "description"]
    case .analyticsUsage: usage + ["speed"]
    case .analyticsCost: usage + ["speed", "cost_type", "token_type"]
    }
  }

  /// What the endpoint has to be asked for by name while it is in beta.
  func betas(groupedBy names: [String]) -> [String] {
    if isAnalytics { return ["analytics-usage-cost-2026-08-24"] }
    return self == .adminUsage && names.contains("speed") ? ["fast-mode-2026-02-01"] : []
  }
}
