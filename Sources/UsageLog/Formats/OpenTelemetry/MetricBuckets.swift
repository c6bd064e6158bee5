/// The counters of Claude Code and of the GenAI conventions: sums, for reconciliation, never calls.
///
/// A delta counts one span of time. A cumulative counter repeats everything since its start, so that of one
/// series the last point counts.
enum MetricBuckets {
  static let series = UsageBucket.Dimension(rawValue: "series")
  static let since = UsageBucket.Dimension(rawValue: "since")

  static func read(
    _ metric: TelemetryRecord, into output: inout RecordOutput
  ) throws(RejectionReason) {
    guard let report = report(of: metric) else {
      output.outcome = .skipped("a metric that counts no usage")
      return
    }
    guard let data = metric.value["sum"] ?? metric.value["histogram"],
      let telling = telling(of: data)
    else {
      output.outcome = .skipped("a metric that says neither delta nor cumulative")
      return
    }
    for point in data["dataPoints"].map({ Array($0.children) }) ?? [] {
      do throws(RejectionReason) {
        var bucket = try bucket(point, of: metric, report)
        bucket.telling = telling
        if telling == .runningTotal { bucket.dimensions[since] = String(bucket.startingAt) }
        bucket.groupedBy = bucket.dimensions.keys.sorted()
        try count(point, of: metric, in: &bucket, &output.notes)
        let same = output.buckets.firstIndex {
          $0.startingAt == bucket.startingAt && $0.endingAt == bucket.endingAt
            && $0.dimensions == bucket.dimensions
        }
        if let same { try output.buckets[same].add(bucket) } else { output.buckets.append(bucket) }
      } catch {
        output.rejectedRows.append(RecordOutput.RejectedRow(error, point))
      }
    }
    if !output.buckets.isEmpty {
      output.outcome = .buckets
    } else if !output.rejectedRows.isEmpty {
      output.outcome = .rejected(output.rejectedRows.removeFirst().reason)
    } else {
      output.outcome = .skipped("a metric without points")
    }
  }

  private static func report(of metric: TelemetryRecord) -> UsageBucket.Report? {
    switch metric.value["name"]?.text?.string {
    case "claude_code.token.usage", "claude_code.cost.usage": .claudeCodeMetrics
    case "gen_ai.client.token.usage": .openTelemetryMetrics
    default: nil
    }
  }

  private static func telling(of data: JSONValue) -> UsageBucket.Telling? {
    switch data["aggregationTemporality"]?.text?.string {
    case "1", "AGGREGATION_TEMPORALITY_DELTA": .single
    case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE": .runningTotal
    default: nil
    }
  }

  private static func bucket(
    _ point: JSONValue, of metric: TelemetryRecord, _ report: UsageBucket.Report
  ) throws(RejectionReason) -> UsageBucket {
    guard let end = point["timeUnixNano"]?.text.flatMap({ Instant($0) }),
      let start = point["startTimeUnixNano"]?.text.flatMap({ Instant($0) }),
      start.milliseconds > 0, end.milliseconds >= start.milliseconds
    else { throw .missingBucketBounds }
    var bucket = UsageBucket(
      report: report, startingAt: start.milliseconds,
      endingAt: max(end.milliseconds, start.milliseconds + 1))
    let own = TelemetryAttributes(point["attributes"])
    let model = own.text(["model", "gen_ai.response.model", "gen_ai.request.model"])
    bucket.dimensions[.model] = model?.named()?.string
    bucket.dimensions[.sessionID] =
      (own.text("session.id") ?? metric.resource.text("session.id"))?.named()?.string
    // Whatever else tells two counters apart, their names above all; the kind of token is a column, not a
    // dimension.
    let name = metric.value["name"]?.text?.string ?? ""
    let all =
      [name] + own.listed(without: ["type", "gen_ai.token.type"])
      + metric.resource.listed(without: [])
    bucket.dimensions[series] = String(contentHash(all.joined(separator: "\u{1F}")), radix: 16)
    return bucket
  }

  private static func count(
    _ point: JSONValue, of metric: TelemetryRecord, in bucket: inout UsageBucket,
    _ notes: inout [String]
  ) throws(RejectionReason) {
    let value = point["asInt"] ?? point["asDouble"] ?? point["sum"]
    if metric.value["name"]?.text.map({ $0 == "claude_code.cost.usage" }) ?? false {
      return try bucket.setAmount(ofDollars: value?.text)
    }
    let own = TelemetryAttributes(point["attributes"])
    let type = own.text(["type", "gen_ai.token.type"])
    switch type?.string {
    case "input": bucket.usage.input = try bucketCount(value, .inputTokens)
    case "output", "completion":
      bucket.usage.output = try bucketCount(value, .outputTokens)
    case "cacheRead", "cache_read":
      bucket.usage.cacheRead = try bucketCount(value, .cacheReadTokens)
    case "cacheCreation", "cache_creation", "cache_write":
      bucket.usage.cacheCreate = try bucketCount(value, .cacheCreateTokens)
    default:
      notes.append("a token count of an unknown type" + (type?.plainWord.map { " (\($0))" } ?? ""))
    }
  }
}
