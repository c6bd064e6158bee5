/// A row of the `LiteLLM_Daily*Spend` tables: a day's sums of one user, team or tag, key and model.
enum LiteLLMDaily {
  /// What the tables keep apart, and what it is called here.
  private static let columns: [(column: StaticString, dimension: UsageBucket.Dimension)] = [
    ("api_key", .apiKeyID), ("model", .model), ("user_id", named("user_id")),
    ("team_id", named("team_id")), ("organization_id", named("organization_id")),
    ("end_user_id", named("end_user_id")), ("agent_id", named("agent_id")), ("tag", named("tag")),
    ("model_group", named("model_group")),
    ("custom_llm_provider", named("custom_llm_provider")), ("endpoint", named("endpoint")),
    ("mcp_namespaced_tool_name", named("mcp_namespaced_tool_name")),
  ]

  private static func named(_ name: String) -> UsageBucket.Dimension {
    UsageBucket.Dimension(rawValue: name)
  }

  static func isRow(_ record: JSONValue) -> Bool {
    record["api_requests"] != nil && record["date"] != nil && record["spend"] != nil
      && record["prompt_tokens"] != nil
  }

  static func read(_ row: JSONValue, into output: inout RecordOutput) {
    do throws(RejectionReason) {
      output.buckets.append(try bucket(row, &output.notes))
      output.outcome = .buckets
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  private static func bucket(
    _ row: JSONValue, _ notes: inout [String]
  ) throws(RejectionReason) -> UsageBucket {
    var bucket = try UsageBucket(report: .liteLLMDaily, day: row["date"])
    for (column, dimension) in columns {
      guard let value = row[column] else { continue }
      // The table's columns, whether filled or not: its rows are one grouping.
      bucket.groupedBy.append(dimension)
      guard let text = value.text, !text.isEmpty, !text.hasPrefix("sk-") else { continue }
      bucket.dimensions[dimension] = text.named(upTo: Text.longestID)?.string
    }
    let prompt = try bucketCount(row["prompt_tokens"], .promptTokens) ?? 0
    let read = try bucketCount(row["cache_read_input_tokens"], .cacheReadTokens)
    let written = try bucketCount(row["cache_creation_input_tokens"], .cacheCreateTokens)
    bucket.usage.input = prompt
    bucket.usage.cacheRead = read
    bucket.usage.cacheCreate = written
    bucket.usage.output = try bucketCount(row["completion_tokens"], .outputTokens)
    bucket.requests = try bucketCount(row["api_requests"], .attempt)
    let cached = (read ?? 0) + (written ?? 0)
    if cached > 0, cached <= prompt {
      notes.append("LiteLLM sums that do not say whether prompt_tokens counts cached ones: kept")
    }
    if let spend = row.first("spend")?.text { try bucket.setAmount(dollars: spend) }
    return bucket
  }
}

extension UsageBucket {
  /// A day's bucket, by its date.
  init(report: Report, day: JSONValue?) throws(RejectionReason) {
    guard let date = day?.text.flatMap({ Instant($0) }) else { throw .missingBucketBounds }
    let start = date.milliseconds - date.milliseconds % 86_400_000
    self.init(report: report, startingAt: start, endingAt: start + 86_400_000)
  }

  /// Takes an amount in dollars.
  mutating func setAmount(dollars: Text) throws(RejectionReason) {
    let parts = dollars.trimmed.string.lowercased().split(separator: "e")
    guard parts.count <= 2, let number = parts.first,
      let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) < 100,
      let cents = ExactDecimal("\(number)e\(exponent + 2)")
    else { throw .unreadableAmount }
    currency = "USD"
    try setAmount(cents.text)
  }
}
