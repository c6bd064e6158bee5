/// Admin API `usage_report/claude_code`: who used Claude Code on a day, by model.
///
/// Described in docs/formats/admin-claude-code-report.md.
package struct ClaudeCodeReport: JSONLogFormat {
  package static let name = "admin-claude-code-report"
  package static let summary = "Admin API usage_report/claude_code pages"

  private static let day: Int64 = 86_400_000

  /// Always told apart; a page of them may end anywhere inside a day.
  private static let grouping: [UsageBucket.Dimension] = [
    .model, .actor, Dimension(rawValue: "actor_type"), Dimension(rawValue: "customer_type"),
    Dimension(rawValue: "is_remote"), Dimension(rawValue: "subscription_type"),
    Dimension(rawValue: "terminal_type"),
  ]

  private typealias Dimension = UsageBucket.Dimension

  package init(options: ReadingOptions) {}

  package static func recognises(_ record: JSONValue) -> Bool {
    isRow(record) || rows(of: record) != nil
  }

  private static func isRow(_ value: JSONValue) -> Bool {
    value["date"] != nil && (value["core_metrics"] != nil || value["model_breakdown"] != nil)
  }

  private static func rows(of page: JSONValue) -> [JSONValue]? {
    guard let data = page["data"], data.isArray, data.children.contains(where: isRow) else {
      return nil
    }
    return Array(data.children)
  }

  /// The rows of a page; one of them by itself is a record too.
  package mutating func records(in value: JSONValue) -> [JSONValue]? { Self.rows(of: value) }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    guard Self.isRow(record) else {
      output.outcome = .skipped("no row of a Claude Code report")
      return
    }
    guard let models = record["model_breakdown"], !models.isEmptyContainer else {
      output.outcome = .skipped("a user's day without usage of a model")
      return
    }
    guard let date = record["date"]?.text.flatMap({ Instant($0) })?.milliseconds else {
      output.outcome = .rejected(.missingDay)
      return
    }
    var template = UsageBucket(
      report: .claudeCode, startingAt: date - date % Self.day,
      endingAt: date - date % Self.day + Self.day)
    template.dimensions = BucketDimensions(row: record).named
    template.groupedBy = Dimension.inOrder(Self.grouping + template.dimensions.keys)
    template.mayGoOn = true
    for model in models.children {
      do throws(RejectionReason) {
        try read(model, template, into: &output)
      } catch {
        output.rejectedRows.append(RecordOutput.RejectedRow(error, model, in: record))
      }
    }
    output.settleRows(orElse: "a user's day without usage of a model")
  }

  private func read(
    _ model: JSONValue, _ template: UsageBucket, into output: inout RecordOutput
  ) throws(RejectionReason) {
    var bucket = template
    bucket.dimensions[.model] = model["model"]?.text?.named()?.string
    bucket.usage = try usage(model["tokens"])
    if let cost = model["estimated_cost"], let cents = cost["amount"]?.text {
      try bucket.setAmount(cents.string)
      bucket.currency = cost["currency"]?.text?.string
    }
    if let same = output.buckets.firstIndex(where: { $0.dimensions == bucket.dimensions }) {
      try output.buckets[same].add(bucket)
    } else {
      output.buckets.append(bucket)
    }
  }

  private func usage(_ tokens: JSONValue?) throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    usage.input = try bucketCount(tokens?["input"], .inputTokens)
    usage.cacheCreate = try bucketCount(tokens?["cache_creation"], .cacheCreateTokens)
    usage.cacheRead = try bucketCount(tokens?["cache_read"], .cacheReadTokens)
    usage.output = try bucketCount(tokens?["output"], .outputTokens)
    return usage
  }
}
