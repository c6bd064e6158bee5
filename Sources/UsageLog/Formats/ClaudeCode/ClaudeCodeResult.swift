/// What `claude -p` prints as JSON, and the Agent SDK's result messages: totals of one query, by model.
///
/// Described in docs/formats/claude-code-result.md.
///
/// A query's lines in a stream carry placeholders for the output, so only its result counts, as buckets:
/// they hold neither the calls nor a time.
package struct ClaudeCodeResult: JSONLogFormat {
  package static let name = "claude-code-result"
  package static let summary = "what claude -p and the Agent SDK print at the end"

  static let uuid = UsageBucket.Dimension(rawValue: "uuid")
  /// The log in which a stream's running totals stand.
  static let stream = UsageBucket.Dimension(rawValue: "stream")

  private let fileName: String
  private var streams = ResultStreams()

  package init(options: ReadingOptions) { fileName = options.fileName }

  package static func recognises(_ record: JSONValue) -> Bool {
    guard let type = record["type"]?.text, record["sessionId"] == nil else { return false }
    if type == "result" { return record["total_cost_usd"] != nil || record["modelUsage"] != nil }
    return isStreamLine(record, type)
  }

  private static func isStreamLine(_ record: JSONValue, _ type: Text) -> Bool {
    guard record["session_id"]?.isString == true else { return false }
    return switch type.string {
    case "assistant", "user": record["message"]?.isObject == true
    case "system": record["subtype"] != nil
    case "stream_event": record["event"] != nil
    case "result": record["subtype"] != nil
    default: false
    }
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    guard let type = record["type"]?.text, type == "result" else {
      output.outcome = .skipped("a line of a query: its result holds the totals")
      streams.begin(record["session_id"]?.text?.string)
      return
    }
    do {
      var totals = try models(of: record, fileTime)
      guard !totals.isEmpty else {
        output.outcome = .skipped("a result that used nothing")
        return
      }
      name(&totals, record)
      output.buckets = totals
      output.outcome = .buckets
    } catch {
      output.outcome = .rejected(error)
    }
  }

  /// A bucket for each model; two spellings of one model are added up.
  private func models(
    of result: JSONValue, _ fileTime: Int64
  ) throws(RejectionReason) -> [UsageBucket] {
    let span = try span(of: result, endingAt: fileTime)
    func bucket() -> UsageBucket {
      UsageBucket(
        report: .claudeCodeResult, startingAt: span.lowerBound, endingAt: span.upperBound)
    }
    guard let models = result["modelUsage"], models.isObject else {
      var total = bucket()
      total.usage = try Self.mainLoop(result["usage"])
      try total.setAmount(ofDollars: result["total_cost_usd"]?.text)
      return total.isEmpty ? [] : [total]
    }
    var totals: [UsageBucket] = []
    for model in models.children {
      var total = bucket()
      total.dimensions[.model] = Self.model(model)
      total.usage = try Self.usage(model)
      try total.setAmount(ofDollars: model["costUSD"]?.text)
      if let same = totals.firstIndex(where: { $0.dimensions == total.dimensions }) {
        try totals[same].add(total)
      } else {
        totals.append(total)
      }
    }
    return totals
  }

  /// Results have no time: the file's is when it ended, at the latest.
  private func span(
    of result: JSONValue, endingAt end: Int64
  ) throws(RejectionReason) -> Range<Int64> {
    guard end > 1_262_304_000_000 else { throw .missingBucketBounds }
    let duration = result["duration_ms"]?.text.flatMap { wholeUnits($0, scale: 0) } ?? 0
    return end - min(max(duration, 1), 30 * 86_400_000)..<end
  }

  /// What makes a later result the same bucket.
  private mutating func name(_ totals: inout [UsageBucket], _ result: JSONValue) {
    let session = result["session_id"]?.text?.string
    let uuid = result["uuid"]?.text?.string
    let duration = result["duration_api_ms"]?.text.flatMap { wholeUnits($0, scale: 0) } ?? 0
    let run = session.flatMap { streams.run(of: $0, totals, duration: duration, uuid: uuid) }
    for index in totals.indices {
      totals[index].dimensions[.sessionID] = session
      switch run {
      case nil: totals[index].dimensions[Self.uuid] = uuid
      case .first: totals[index].dimensions[Self.stream] = fileName.isEmpty ? "-" : fileName
      case .later(let first):
        totals[index].dimensions[Self.stream] = fileName.isEmpty ? "-" : fileName
        totals[index].dimensions[Self.uuid] = first
      }
      totals[index].groupedBy = totals[index].dimensions.keys.sorted()
      totals[index].telling = .runningTotal
    }
  }

  // MARK: - Figures

  private static func usage(_ model: JSONValue) throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    usage.input = try bucketCount(model["inputTokens"], .inputTokens)
    usage.output = try bucketCount(model["outputTokens"], .outputTokens)
    usage.cacheRead = try bucketCount(model["cacheReadInputTokens"], .cacheReadTokens)
    usage.cacheCreate = try bucketCount(
      model["cacheCreationInputTokens"], .cacheCreateTokens)
    usage.webSearches = try bucketCount(
      model["webSearchRequests"], .webSearchRequests)
    return usage
  }

  /// Results before `modelUsage`: the main loop's tokens, without subagents.
  private static func mainLoop(_ told: JSONValue?) throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    guard let told else { return usage }
    usage.input = try bucketCount(told["input_tokens"], .inputTokens)
    usage.output = try bucketCount(told["output_tokens"], .outputTokens)
    usage.cacheRead = try bucketCount(told["cache_read_input_tokens"], .cacheReadTokens)
    usage.cacheCreate = try bucketCount(
      told["cache_creation_input_tokens"], .cacheCreateTokens)
    usage.webSearches = try bucketCount(
      told["server_tool_use"]?["web_search_requests"], .webSearchRequests)
    return usage
  }

  /// `claude-opus-5[1m]` is `claude-opus-5` with the long context window.
  private static func model(_ entry: JSONValue) -> String {
    if let plain = entry["canonicalModel"]?.text?.named(), !plain.isEmpty { return plain.string }
    let key = entry.key.named()?.string ?? "?"
    return key.hasSuffix("[1m]") ? String(key.dropLast(4)) : key
  }
}

extension UsageBucket {
  fileprivate var isEmpty: Bool {
    (usage.input ?? 0) == 0 && (usage.output ?? 0) == 0 && (usage.cacheRead ?? 0) == 0
      && (usage.cacheCreate ?? 0) == 0 && (amountNanos ?? 0) == 0
  }

  /// Takes an amount in dollars, as exact cents.
  mutating func setAmount(ofDollars dollars: Text?) throws(RejectionReason) {
    guard let dollars else { return }
    let parts = dollars.trimmed.string.lowercased().split(
      separator: "e", omittingEmptySubsequences: false)
    guard parts.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
      let cents = ExactDecimal("\(parts[0])e\(exponent + 2)")
    else { throw .unreadableAmount }
    try setAmount(cents.text)
    currency = "USD"
  }
}
