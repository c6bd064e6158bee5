/// One row of an Admin or Analytics report, and whose it is.
struct ReportRow {
  let value: JSONValue
  let report: UsageBucket.Report
  /// Where the figures stand: in the row itself, or in `usage` or `cost` beside `group`.
  let figures: JSONValue

  /// - Parameter isAnalytics: the page says so; the rows of the older endpoints look like the Admin API's.
  /// - Returns: nil for a row of no known report.
  init?(_ value: JSONValue, isAnalytics: Bool = false) {
    self.value = value
    let isGrouped = value["group"]?.isObject == true
    if let usage = value["usage"], usage.isObject,
      isGrouped || usage["uncached_input_tokens"] != nil
    {
      (report, figures) = (.analyticsUsage, usage)
    } else if let cost = value["cost"], cost.isObject, isGrouped || cost["amount"] != nil {
      (report, figures) = (.analyticsCost, cost)
    } else if value["uncached_input_tokens"] != nil {
      let isAnalytics = isAnalytics || Self.isAnalytics(value)
      (report, figures) = (isAnalytics ? .analyticsUsage : .usage, value)
    } else if value["amount"] != nil, value["currency"] != nil {
      let isAnalytics = isAnalytics || Self.isAnalytics(value)
      (report, figures) = (isAnalytics ? .analyticsCost : .cost, value)
    } else {
      return nil
    }
  }

  /// A row without its page: it has what the Admin API's rows have not.
  private static func isAnalytics(_ row: JSONValue) -> Bool {
    let own: [StaticString] = [
      "actor", "data_refreshed_at", "list_amount", "product", "rbac_group_id", "requests",
      "slack_channel_id", "total_tokens",
    ]
    return row.children.contains { member in
      member.key.hasPrefix("claude_tag_") || own.contains { member.key == $0 }
    }
  }

  var isAnalytics: Bool { report == .analyticsUsage || report == .analyticsCost }

  /// The row as a bucket of this span, its dimensions aside.
  func bucket(startingAt: Int64, endingAt: Int64) throws(RejectionReason) -> UsageBucket {
    var bucket = UsageBucket(report: report, startingAt: startingAt, endingAt: endingAt)
    bucket.requests = try bucketRequests(figures["requests"] ?? value["requests"])
    switch report {
    case .usage, .analyticsUsage: bucket.usage = try usage()
    default: try readCost(into: &bucket)
    }
    return bucket
  }

  private func usage() throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    usage.input = try bucketCount(figures["uncached_input_tokens"], .inputTokens)
    usage.cacheRead = try bucketCount(figures["cache_read_input_tokens"], .cacheReadTokens)
    usage.output = try bucketCount(figures["output_tokens"], .outputTokens)
    if let split = figures["cache_creation"], split.isObject {
      let short = try bucketCount(split["ephemeral_5m_input_tokens"], .cacheCreate5mTokens)
      let long = try bucketCount(split["ephemeral_1h_input_tokens"], .cacheCreate1hTokens)
      usage.cacheCreate = (short ?? 0) + (long ?? 0)
      usage.cacheCreate1h = long ?? 0
    }
    usage.webSearches = try bucketCount(
      figures["server_tool_use"]?["web_search_requests"], .webSearchRequests)
    return usage
  }

  private func readCost(into bucket: inout UsageBucket) throws(RejectionReason) {
    guard let amount = figures["amount"]?.text else { throw .unreadableAmount }
    try bucket.setAmount(amount.string)
    if let listed = figures["list_amount"]?.text { try bucket.setListAmount(listed.string) }
    bucket.currency = (figures["currency"] ?? value["currency"])?.text?.string
  }

  /// What the row counts that this does not read.
  var notes: [String] {
    var notes: [String] = []
    let parts = [
      figures, figures["cache_creation"], figures["server_tool_use"],
    ].compactMap { $0 }
    for part in parts {
      for member in part.children where member.isNumber && !Self.isKnown(member.key) {
        notes.append("a report counts \(noted(member.key)), which is not read")
      }
    }
    return notes
  }

  private static func isKnown(_ key: Text) -> Bool {
    let known: [StaticString] = [
      "uncached_input_tokens", "cache_read_input_tokens", "output_tokens", "total_tokens",
      "requests", "amount", "list_amount", "ephemeral_5m_input_tokens",
      "ephemeral_1h_input_tokens", "web_search_requests", "web_fetch_requests",
    ]
    return known.contains { key == $0 }
  }
}
