import UsageLog

extension Call {
  /// Why the table would refuse the call, if it would.
  ///
  /// The constraints of `call`, looked at before they can stop an import: a bad record is a reject.
  var refusal: RejectionReason? {
    let most: Int64 = 1_000_000_000
    return Self.refusal(usage.input, most, .inputTokens)
      ?? Self.refusal(usage.cacheCreate, most, .cacheCreateTokens)
      ?? Self.refusal(usage.cacheCreate1h, usage.cacheCreate ?? 0, .cacheCreate1hTokens)
      ?? Self.refusal(usage.cacheRead, most, .cacheReadTokens)
      ?? Self.refusal(usage.output, most, .outputTokens)
      ?? Self.refusal(usage.webSearches, 1_000_000, .webSearchRequests)
  }

  @inline(__always)
  private static func refusal(_ count: Int64?, _ limit: Int64, _ field: Field) -> RejectionReason? {
    guard let count else { return nil }
    return count < 0 ? .negativeCount(field) : count > limit ? .absurdCount(field) : nil
  }
}
