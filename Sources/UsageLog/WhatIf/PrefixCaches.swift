/// Replays which cached prefixes would be warm where calls are split between two places.
///
/// A cache belongs to a model at a place. What was read in the log was warm where the call ran; elsewhere it is
/// warm only if an earlier call went there, too: the one that kept it warm in the log, or one within the entry's
/// lifetime. A conversation is warm as far as its last turn there went; beyond that, what calls of
/// different conversations share is taken to be the shortest prefix that any of them has read.
struct PrefixCaches {
  enum Place: Int {
    case old, new
  }

  private struct Entry {
    /// When it was last used at each place, in UTC milliseconds; the smallest number is never.
    var oldAt = Int64.min
    var newAt = Int64.min
    var oldExtent: Int64 = 0
    var newExtent: Int64 = 0
    var last: Place?

    func at(_ place: Place) -> Int64? {
      let at = place == .old ? oldAt : newAt
      return at == .min ? nil : at
    }

    func extent(_ place: Place) -> Int64 { place == .old ? oldExtent : newExtent }

    mutating func use(_ place: Place, at instant: Int64, extent: Int64) {
      if place == .old {
        (oldAt, oldExtent) = (instant, extent)
      } else {
        (newAt, newExtent) = (instant, extent)
      }
      last = place
    }

    func isWarm(_ place: Place, at instant: Int64, for lifetime: Int64) -> Bool {
      guard let used = at(place) else { return false }
      return last == place || instant - used <= lifetime
    }
  }

  private struct Prefix {
    var entry = Entry()
    /// The shortest that was ever read: what its calls share.
    var shared = Int64.max
    var lastsAnHour = false
  }

  private var prefixes: [UInt64: Prefix] = [:]
  private var conversations: [UInt64: Entry] = [:]

  /// How many of a call's cache reads would have been warm at a place; notes that it ran there.
  mutating func warmReads(of call: ObservedCall, at place: Place) -> Int64 {
    let usage = call.usage
    let cached = usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h
    guard cached > 0 else { return 0 }
    var prefix = prefixes[call.prefix] ?? Prefix()
    if usage.cacheWrite1h > 0 { prefix.lastsAnHour = true }
    if usage.cacheRead > 0 { prefix.shared = min(prefix.shared, usage.cacheRead) }
    let conversation = call.conversation.map { $0 ^ call.prefix }
    let turn = conversation.flatMap { conversations[$0] }
    let warm = warmReads(usage.cacheRead, prefix, turn, call.occurredAt, place)
    prefix.entry.use(place, at: call.occurredAt, extent: cached)
    prefixes[call.prefix] = prefix
    if let conversation {
      var turn = turn ?? Entry()
      turn.use(place, at: call.occurredAt, extent: cached)
      conversations[conversation] = turn
    }
    return warm
  }

  /// Whether its writes would last an hour, by what was written before.
  func lastsAnHour(_ call: ObservedCall) -> Bool { prefixes[call.prefix]?.lastsAnHour ?? false }

  private func warmReads(
    _ reads: Int64, _ prefix: Prefix, _ turn: Entry?, _ instant: Int64, _ place: Place
  ) -> Int64 {
    // Nothing has moved yet: as it was logged.
    if place == .old, prefix.entry.at(.new) == nil { return reads }
    let lifetime = prefix.lastsAnHour ? CacheLifetime.hour : CacheLifetime.fiveMinutes
    var warm: Int64 = 0
    if let turn, turn.isWarm(place, at: instant, for: lifetime) {
      warm = turn.last == place ? reads : min(reads, turn.extent(place))
    }
    if prefix.entry.isWarm(place, at: instant, for: lifetime) {
      let isChain = turn == nil && prefix.entry.last == place
      warm = max(warm, isChain ? reads : min(reads, prefix.shared))
    }
    return warm
  }
}

/// How long a cache entry lives after its last use, in milliseconds.
package enum CacheLifetime {
  package static let fiveMinutes: Int64 = 300_000
  package static let hour: Int64 = 3_600_000
}
