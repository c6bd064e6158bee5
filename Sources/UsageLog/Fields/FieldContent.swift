/// What a field can hold.
enum FieldContent {
  case time
  case tokens
  case count
  case status
  case outcome
  /// A decimal number of 10⁻ˢᶜᵃˡᵉ units.
  case decimal(scale: Int)
  /// A text of at most so many bytes in one line.
  case name(upTo: Int)
}

extension Field {
  var content: FieldContent {
    switch self {
    case .occurredAt: .time
    case .inputTokens, .promptTokens, .cacheCreateTokens, .cacheCreate5mTokens,
      .cacheCreate1hTokens, .cacheReadTokens, .cachedTokens, .outputTokens, .webSearchRequests:
      .tokens
    case .attempt, .retryCount, .maxTokens: .count
    case .statusCode: .status
    case .outcome: .outcome
    case .costNanos, .latencyMs, .latency, .ttftMs: .decimal(scale: 0)
    case .costMicros: .decimal(scale: 3)
    case .costCents: .decimal(scale: 7)
    case .costDollars: .decimal(scale: 9)
    case .tenantID, .feature, .deploySHA, .model, .channel, .region, .agent, .serviceTier, .speed,
      .inferenceGeo, .stopReason, .stopCategory:
      .name(upTo: Text.longestName)
    case .requestID, .messageID, .promptHash, .sessionID, .userID, .operationID, .parentCall,
      .workspace, .apiKey, .prefixHash, .toolHash:
      .name(upTo: Text.longestID)
    }
  }

  /// What the field holds instead of this text; nil if it can hold it.
  package func expectation(against text: String) -> String? {
    let pool = TextPool()
    let value = pool.copy(text).trimmed
    return withExtendedLifetime(pool) { expected(against: value) }
  }

  private func expected(against value: Text) -> String? {
    if value.isEmpty { return "a value" }
    switch content {
    case .time:
      return Instant(value).map { CallBuilder.times.contains($0.milliseconds) } == true
        ? nil : "a time between 2010 and 2099 (RFC 3339 or an epoch)"
    case .tokens, .count:
      return (try? tokenCount(value, self)) == nil ? "a whole number" : nil
    case .status:
      if let code = wholeNumber(value) {
        return (100...599).contains(code) ? nil : "an HTTP status"
      }
      return StatusWord(value) == nil ? "an HTTP status" : nil
    case .outcome:
      return Call.Outcome(rawValue: value.string) == nil
        ? "one of succeeded, errored, canceled, expired, refused, refused_mid_stream" : nil
    case .decimal(let scale):
      return wholeUnits(value, scale: scale).map { $0 >= 0 } == true ? nil : "a number from 0"
    case .name(let limit):
      return value.named(upTo: limit) == nil ? "one line of at most \(limit) bytes" : nil
    }
  }
}
