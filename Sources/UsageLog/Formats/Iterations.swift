/// The hidden model calls inside one response (`usage.iterations`).
///
/// What is billed is the sum over all entries: the answering attempt becomes the call, every other entry a
/// call of its own that names its parent. Top-level counts that repeat an entry are never added to it.
enum Iterations {
  /// Takes the counts of `calls[0]` from the answering entry and appends the other entries.
  static func split(
    _ iterations: JSONValue?, of call: Call, into calls: inout [Call]
  ) throws(RejectionReason) {
    guard let iterations else { return }
    let entries = Array(iterations.children).filter { $0.isObject }
    guard !entries.isEmpty else { return }
    let answering = entries.lastIndex { isAttempt(type(of: $0)) }
    // Without a fallback the top level sums its attempts up; flat logs of the call say the same.
    let topLevelIsSum = try sum(of: entries)?.agrees(with: call.usage) ?? false
    for (index, entry) in entries.enumerated() {
      if topLevelIsSum, isAttempt(type(of: entry)) { continue }
      let usage = try counts(of: entry)
      if index == answering {
        calls[0].usage.take(usage)
        continue
      }
      var extra = call
      extra.usage = usage
      extra.usage.webSearches = nil
      extra.loggedCostNanos = nil
      extra.latencyMs = nil
      extra.ttftMs = nil
      extra.stopReason = nil
      extra.outcome = .succeeded
      extra.parentCall = call.messageID ?? call.requestID
      let entryType = type(of: entry)
      extra.iteration = Call.Iteration(
        type: entryType.named() ?? entryType.prefix(0), index: index)
      if let model = entry["model"]?.text?.named() { extra.model = model }
      // Falling back means the earlier attempt was declined; without output it may be free.
      if isAttempt(entryType), hasFallback(entries[(index + 1)...]) {
        // A free refusal may report one output token; whether anything was said is not in the entry.
        let isSilent = usage.output ?? 0 <= 1
        extra.stopCategory = entry["stop_details"]?["category"]?.text?.named() ?? call.stopCategory
        extra.outcome = isSilent ? .refused : .refusedMidStream
      } else {
        extra.stopCategory = nil
      }
      calls.append(extra)
    }
  }

  /// Tokens of all attempts together, or nil where one fell back on another model.
  private static func sum(of entries: [JSONValue]) throws(RejectionReason) -> Call.Usage? {
    if hasFallback(entries[...]) { return nil }
    var sum = Call.Usage()
    for entry in entries where isAttempt(type(of: entry)) { sum.add(try counts(of: entry)) }
    return sum
  }

  private static func type(of entry: JSONValue) -> Text { entry["type"]?.text ?? entry.key }

  private static func isAttempt(_ type: Text) -> Bool {
    type == "message" || type == "fallback_message"
  }

  private static func hasFallback(_ later: ArraySlice<JSONValue>) -> Bool {
    later.contains { type(of: $0) == "fallback_message" }
  }

  private static func counts(of entry: JSONValue) throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    usage.input = try tokenCount(entry["input_tokens"]?.text, .inputTokens) ?? 0
    usage.output = try tokenCount(entry["output_tokens"]?.text, .outputTokens) ?? 0
    usage.cacheRead = try tokenCount(entry["cache_read_input_tokens"]?.text, .cacheReadTokens) ?? 0
    usage.cacheCreate =
      try tokenCount(entry["cache_creation_input_tokens"]?.text, .cacheCreateTokens) ?? 0
    if let split = entry["cache_creation"], split.isObject {
      let short =
        try tokenCount(split["ephemeral_5m_input_tokens"]?.text, .cacheCreate5mTokens) ?? 0
      let long = try tokenCount(split["ephemeral_1h_input_tokens"]?.text, .cacheCreate1hTokens) ?? 0
      usage.cacheCreate1h = long
      usage.cacheCreate = max(usage.cacheCreate ?? 0, short + long)
    }
    return usage
  }
}

extension Call.Usage {
  fileprivate mutating func add(_ entry: Call.Usage) {
    input = (input ?? 0) + (entry.input ?? 0)
    output = (output ?? 0) + (entry.output ?? 0)
    cacheRead = (cacheRead ?? 0) + (entry.cacheRead ?? 0)
    cacheCreate = (cacheCreate ?? 0) + (entry.cacheCreate ?? 0)
  }

  fileprivate func agrees(with other: Call.Usage) -> Bool {
    input == other.input && output == other.output && cacheRead == other.cacheRead
      && cacheCreate == other.cacheCreate
  }

  /// The entry's counts; what only the top level says (searches, a split it lacks) stays.
  fileprivate mutating func take(_ entry: Call.Usage) {
    let topLevel = self
    self = entry
    webSearches = topLevel.webSearches
    if cacheCreate1h == nil, topLevel.cacheCreate == entry.cacheCreate {
      cacheCreate1h = topLevel.cacheCreate1h
    }
  }
}
