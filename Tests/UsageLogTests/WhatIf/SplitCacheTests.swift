import Testing

@testable import UsageLog

/// Caches where calls are split between two models.
@Suite struct SplitCacheTests {
  private func turn(
    _ minute: Int64, reads: Int64, writes: Int64 = 0, session: UInt64? = 1
  ) -> ObservedCall {
    var call = ObservedCall()
    call.occurredAt = minute * 60_000
    call.usage = TokenUsage(input: 10, cacheWrite5m: writes, cacheRead: reads, output: 5)
    call.prefix = 7
    call.conversation = session
    return call
  }

  @Test func `a conversation that goes as a whole pays for one cold read`() {
    var caches = PrefixCaches()
    #expect(caches.warmReads(of: turn(0, reads: 8000, writes: 500), at: .new) == 0)
    #expect(caches.warmReads(of: turn(1, reads: 8500, writes: 700), at: .new) == 8500)
    // Ten minutes later: the log shows that the entry was still there.
    #expect(caches.warmReads(of: turn(11, reads: 9200), at: .new) == 9200)
  }

  @Test func `a conversation split in two writes at both models what the other one has`() {
    var caches = PrefixCaches()
    #expect(caches.warmReads(of: turn(0, reads: 0, writes: 8000), at: .old) == 0)
    #expect(caches.warmReads(of: turn(1, reads: 8000, writes: 500), at: .new) == 0)
    // The old model has the first turn only, the new one everything up to the second.
    #expect(caches.warmReads(of: turn(2, reads: 8500, writes: 600), at: .old) == 8000)
    #expect(caches.warmReads(of: turn(3, reads: 9100), at: .new) == 8500)
    // Seven minutes after its last call there, nothing is left.
    #expect(caches.warmReads(of: turn(9, reads: 9100), at: .old) == 0)
  }

  @Test func `another conversation shares no more than the shortest read`() {
    var caches = PrefixCaches()
    _ = caches.warmReads(of: turn(0, reads: 8000, writes: 900, session: 1), at: .new)
    _ = caches.warmReads(of: turn(1, reads: 8900, session: 1), at: .old)
    _ = caches.warmReads(of: turn(2, reads: 8000, writes: 400, session: 2), at: .old)
    #expect(caches.warmReads(of: turn(3, reads: 8400, session: 2), at: .new) == 8000)
  }

  @Test func `as long as nothing has moved all is as it was`() {
    var caches = PrefixCaches()
    #expect(caches.warmReads(of: turn(0, reads: 8000), at: .old) == 8000)
    #expect(caches.warmReads(of: turn(90, reads: 8000), at: .old) == 8000)
  }

  @Test func `a larger share holds a smaller one, and comes near its size`() {
    let ids: [Int64] = (0..<20_000).map { Int64(bitPattern: mixed(UInt64($0))) }
    let small = Set(ids.filter { Share(basisPoints: 3000).takes($0) })
    let large = Set(ids.filter { Share(basisPoints: 7000).takes($0) })
    #expect(small.isSubset(of: large))
    #expect((5700...6300).contains(small.count))
    #expect((13_700...14_300).contains(large.count))
    #expect(ids.allSatisfy { Share.all.takes($0) })
  }

  @Test func `a trim never goes below zero and adds up to what was asked`() {
    let usage = TokenUsage(
      input: 101, cacheWrite5m: 33, cacheWrite1h: 7, cacheRead: 1001, output: 9)
    for tokens: Int64 in [0, 1, 2, 99, 500, 1141, 1142, 5000] {
      for part in InputTrim.Part.allCases {
        let trimmed = InputTrim(.tokens(tokens), of: part).trimmed(usage)
        let most =
          switch part {
          case .all: usage.promptTokens
          case .uncached: usage.input
          case .cached: usage.cachedTokens
          }
        #expect(usage.promptTokens - trimmed.promptTokens == min(tokens, most))
        #expect(min(trimmed.input, trimmed.cacheRead, trimmed.cacheWrite5m) >= 0)
        #expect(trimmed.output == usage.output)
      }
    }
  }

  @Test func `a percentile is the smallest value that so many do not exceed`() {
    let counts: [Int64: Int64] = [10: 90, 20: 9, 500: 1]
    #expect(percentile(9000, of: counts) == 10)
    #expect(percentile(9001, of: counts) == 20)
    #expect(percentile(9900, of: counts) == 20)
    #expect(percentile(10_000, of: counts) == 500)
  }

  @Test func `models are told apart by family and version, never by a part of it`() {
    #expect(ModelFacts.shortestCachedPrefix(of: "claude-opus-5-5") == 512)
    #expect(ModelFacts.shortestCachedPrefix(of: "claude-haiku-4-5-20251001") == 4096)
    #expect(ModelFacts.shortestCachedPrefix(of: "claude-3-5-haiku-20241022") == 2048)
    #expect(ModelFacts.shortestCachedPrefix(of: "claude-haiku-5-5") == nil)
    #expect(ModelFacts.shortestCachedPrefix(of: "claude-opus-6-preview") == nil)
    let (old, new) = ("claude-sonnet-4-6", "claude-sonnet-5-5")
    #expect(ModelFacts.tokenizerFactor(from: old, to: new) == Ratio(13, over: 10))
    #expect(ModelFacts.tokenizerFactor(from: new, to: old) == Ratio(10, over: 13))
    #expect(ModelFacts.tokenizerFactor(from: new, to: "claude-opus-4-7") == .one)
    #expect(ModelFacts.tokenizerFactor(from: new, to: "gpt-4o") == .one)
  }
}
