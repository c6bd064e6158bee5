import UsageLog

extension Call {
  /// Why the table would refuse the call, if it would.
  ///
  /// The constraints of `call`, looked at before they can stop an import: a bad record is a reject.
  var refusal: RejectionReason? {
    let limit: Int64 = 1_000_000_000
    let counts: [(Int64?, Int64, Field)] = [
      (usage.input, limit, .inputTokens), (usage.cacheCreate, limit, .cacheCreateTokens),
      (usage.cacheCreate1h, usage.cacheCreate ?? 0, .cacheCreate1hTokens),
      (usage.cacheRead, limit, .cacheReadTokens), (usage.output, limit, .outputTokens),
      (usage.webSearches, 1_000_000, .webSearchRequests),
    ]
    for (count, limit, field) in counts {
      guard let count else { continue }
      if count < 0 { return .negativeCount(field) }
      if count > limit { return .absurdCount(field) }
    }
    return nil
  }
}
