/// What a call uses where it did not run: its reads as far as they are warm there, and only what can be cached.
struct MovedUsage {
  private(set) var usage: TokenUsage
  private(set) var effects: SideEffects = []
  /// The same with every read warm.
  private(set) var warm: TokenUsage

  /// - Parameters:
  ///   - warmReads: how many of its cache reads are warm there.
  ///   - tokenizer: how many tokens the same text has there, for each token here.
  init(
    _ call: ObservedCall, warmReads: Int64, lastsAnHour: Bool, tokenizer: Ratio = .one
  ) {
    var cold = call.usage
    let missed = cold.cacheRead - warmReads
    cold.cacheRead = warmReads
    if lastsAnHour { cold.cacheWrite1h += missed } else { cold.cacheWrite5m += missed }
    usage = cold.counted(by: tokenizer)
    warm = call.usage.counted(by: tokenizer)
    if missed > 0 { effects.insert(.coldCache) }
    effects.formUnion(usage.fit(call.cache))
    _ = warm.fit(call.cache)
    if usage == warm { effects.remove(.coldCache) }
  }
}

extension TokenUsage {
  /// Tokens that go through the cache: written or read.
  package var cachedTokens: Int64 { cacheWrite5m + cacheWrite1h + cacheRead }

  /// The same text counted by another tokenizer, each class rounded half-even.
  func counted(by tokenizer: Ratio) -> TokenUsage {
    if tokenizer == .one { return self }
    func counted(_ tokens: Int64) -> Int64 { Int64(tokenizer.rounded(Int128(tokens))) }
    return TokenUsage(
      input: counted(input), cacheWrite5m: counted(cacheWrite5m),
      cacheWrite1h: counted(cacheWrite1h), cacheRead: counted(cacheRead), output: counted(output),
      webSearches: webSearches)
  }

  /// Sends as plain input what cannot be cached there.
  mutating func fit(_ cache: CacheTerms) -> SideEffects {
    guard cachedTokens > 0 else { return [] }
    if let minimum = cache.minimum, cachedTokens < minimum {
      uncache()
      return .belowMinimum
    }
    guard !cache.sellsAll else { return [] }
    let before = self
    if !cache.sells1h { (cacheWrite5m, cacheWrite1h) = (cacheWrite5m + cacheWrite1h, 0) }
    if !cache.sells5m { (input, cacheWrite5m) = (input + cacheWrite5m, 0) }
    if !cache.sellsReads { (input, cacheRead) = (input + cacheRead, 0) }
    return self == before ? [] : .withoutCachePrice
  }

  /// Everything that went through the cache is plain input.
  mutating func uncache() {
    input += cachedTokens
    (cacheWrite5m, cacheWrite1h, cacheRead) = (0, 0, 0)
  }
}
