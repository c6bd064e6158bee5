/// The same prompts without a cache, with five minutes and with an hour, by the gaps that were observed.
package struct CacheChoice: Hypothesis {
  /// Tokens that calls share where the log does not tell; nil is an upper bound.
  package let prefixTokens: Int64?

  package init(prefixTokens: Int64? = nil) { self.prefixTokens = prefixTokens }

  package var assumption: String {
    "calls come as they came; of a prefix the log knows what was written and read; calls that cached nothing share "
      + (prefixTokens.map { "\($0) tokens" }
        ?? "no more than the shortest of the calls with the same prompt (an upper bound)")
  }

  package var scenarios: [String] { ["no_cache", "cache_5m", "cache_1h"] }

  package var reach: Reach { Reach(isInOrder: true) }

  package func reviser() -> any CallReviser { CachingReviser(prefixTokens: prefixTokens) }
}

/// Replays each prefix under both lifetimes.
private struct CachingReviser: CallReviser {
  private struct Prefix {
    var calls: Int64 = 0
    /// The shortest prompt of calls that cached nothing.
    var shortest = Int64.max
    /// The shortest read: what conversations share.
    var shared = Int64.max
    var lastsAnHour = false
    var usedAt: Int64?

    mutating func survey(_ usage: TokenUsage) {
      calls += 1
      if usage.cachedTokens == 0 { shortest = min(shortest, usage.promptTokens) }
      if usage.cacheWrite1h > 0 { lastsAnHour = true }
      if usage.cacheRead > 0 { shared = min(shared, usage.cacheRead) }
    }
  }

  private struct Turn {
    var usedAt: Int64
    var extent: Int64
  }

  let prefixTokens: Int64?
  private var prefixes: [UInt64: Prefix] = [:]
  private var turns: [UInt64: Turn] = [:]
  private var writes: (short: Int64, long: Int64) = (0, 0)
  private var reads: (short: Int64, long: Int64) = (0, 0)

  init(prefixTokens: Int64?) { self.prefixTokens = prefixTokens }

  var needsSurvey: Bool { true }

  mutating func survey(_ call: ObservedCall) {
    guard let key = key(of: call) else { return }
    prefixes[key, default: Prefix()].survey(call.usage)
  }

  mutating func revise(_ call: ObservedCall) -> Revision {
    guard let key = key(of: call), var prefix = prefixes[key] else { return .asItWas }
    let wasCached = call.usage.cachedTokens > 0
    let tokens = wasCached ? call.usage.cachedTokens : bound(call.usage, prefix)
    guard tokens > 0 else { return .asItWas }
    guard call.cache.sellsAll else { return .stays("caching has no price of its own there") }
    if !wasCached, let minimum = call.cache.minimum, tokens < minimum {
      return .stays("the shared part is too short to be cached")
    }
    let conversation = call.conversation.map { $0 ^ key }
    let turn = conversation.flatMap { turns[$0] }
    func warm(_ lifetime: Int64) -> Int64 {
      warmTokens(of: call, tokens, prefix, turn, lifetime)
    }
    let (short, long) = (warm(CacheLifetime.fiveMinutes), warm(CacheLifetime.hour))
    prefix.usedAt = call.occurredAt
    prefixes[key] = prefix
    if let conversation { turns[conversation] = Turn(usedAt: call.occurredAt, extent: tokens) }
    writes = (writes.short + tokens - short, writes.long + tokens - long)
    reads = (reads.short + short, reads.long + long)
    return .changed(change(call.usage, tokens, short, long))
  }

  /// Calls with the same may share a prefix; nil where nothing says so.
  private func key(of call: ObservedCall) -> UInt64? {
    if call.isHidden { return nil }
    if call.hasLoggedPrefix || call.usage.cachedTokens > 0 || prefixTokens != nil {
      return call.prefix
    }
    return call.prompt
  }

  private func bound(_ usage: TokenUsage, _ prefix: Prefix) -> Int64 {
    if let prefixTokens { return min(prefixTokens, usage.promptTokens) }
    // A prompt that came once is shared with nobody.
    return prefix.calls > 1 ? min(prefix.shortest, prefix.shared) : 0
  }

  private func warmTokens(
    of call: ObservedCall, _ tokens: Int64, _ prefix: Prefix, _ turn: Turn?, _ lifetime: Int64
  ) -> Int64 {
    // Written before the first call that was selected: as it was.
    guard let used = prefix.usedAt else { return call.usage.cacheRead }
    let isInTime = call.occurredAt - used <= lifetime
    // A read proves that the entry was there, whatever kept it: with five minutes, unless it may have had an hour.
    if call.usage.cacheRead > 0 {
      let isProven = lifetime == CacheLifetime.hour || !prefix.lastsAnHour
      return isProven || isInTime ? call.usage.cacheRead : 0
    }
    guard isInTime else { return 0 }
    let wasCached = call.usage.cachedTokens > 0
    var warm = wasCached ? (prefix.shared == .max ? 0 : prefix.shared) : tokens
    if let turn, call.occurredAt - turn.usedAt <= lifetime { warm = max(warm, turn.extent) }
    return min(tokens, warm)
  }

  private func change(
    _ usage: TokenUsage, _ tokens: Int64, _ short: Int64, _ long: Int64
  ) -> Change {
    var plain = usage
    plain.uncache()
    var (five, hour) = (plain, plain)
    (five.input, five.cacheWrite5m, five.cacheRead) = (plain.input - tokens, tokens - short, short)
    (hour.input, hour.cacheWrite1h, hour.cacheRead) = (plain.input - tokens, tokens - long, long)
    var change = Change(plain)
    change.usages = ScenarioUsages(plain, five, hour)
    return change
  }

  var findings: [WhatIfFinding] {
    guard reads.long + writes.long > 0 else { return [] }
    return [
      .cached(
        reads5m: reads.short, writes5m: writes.short, reads1h: reads.long, writes1h: writes.long)
    ]
  }
}
