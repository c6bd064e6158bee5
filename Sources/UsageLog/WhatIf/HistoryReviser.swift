/// Follows conversations turn by turn and drops what a limit would not have sent.
struct HistoryReviser: CallReviser {
  /// A conversation as far as it has been seen.
  private struct Thread {
    /// What the first turn sent.
    var first: Int64
    var prompt: Int64
    var turn: Int64 = 1
    /// What each turn after the first added.
    var growth: [Int64] = []
    /// What was left out of its last turn.
    var dropped: Int64 = 0
    /// What the turn before had cached.
    var cached: Int64 = 0
    var lastsAnHour = false
  }

  let rule: HistoryLimit.Rule
  private var threads: [UInt64: Thread] = [:]
  private var restarts: Int64 = 0

  init(rule: HistoryLimit.Rule) { self.rule = rule }

  mutating func revise(_ call: ObservedCall) -> Revision {
    // A compaction is a prompt of its own, not a turn.
    if call.isHidden { return .asItWas }
    guard let conversation = call.conversation else { return .stays("no session was logged") }
    let prompt = call.usage.promptTokens
    guard var thread = threads[conversation], prompt >= thread.prompt else {
      if threads[conversation] != nil { restarts += 1 }
      var begun = Thread(first: prompt, prompt: prompt)
      begun.lastsAnHour = call.usage.cacheWrite1h > 0
      begun.cached = call.usage.cachedTokens
      threads[conversation] = begun
      return .asItWas
    }
    var summary: TokenUsage?
    // The same prompt again is the same turn again.
    if prompt > thread.prompt {
      thread.turn += 1
      thread.growth.append(prompt - thread.prompt)
      thread.prompt = prompt
      summary = self.summary(before: thread)
    }
    let before = thread.dropped
    let kept = keptTokens(thread)
    thread.dropped = prompt - kept
    if call.usage.cacheWrite1h > 0 { thread.lastsAnHour = true }
    let change = change(call.usage, thread, isMoved: thread.dropped != before, kept: kept)
    thread.cached = change.usages.first.cachedTokens
    threads[conversation] = thread
    guard change.usages.first != call.usage || summary != nil else { return .asItWas }
    var answer = change
    answer.added = summary
    if summary != nil { answer.effects.insert(.addedCall) }
    return .changed(answer)
  }

  /// The prompt that would be sent.
  private func keptTokens(_ thread: Thread) -> Int64 {
    switch rule {
    case .window(let turns):
      return thread.first + thread.growth.suffix(Int(turns)).reduce(0, +)
    case .summary(let tokens, let every):
      let summarised = (thread.turn - 1) / every * every
      guard summarised > 0 else { return thread.prompt }
      // Growth begins with the second turn.
      return thread.first + tokens + thread.growth.dropFirst(Int(summarised - 1)).reduce(0, +)
    }
  }

  /// The call that writes a summary before this turn: it reads the old one and the turns since.
  private func summary(before thread: Thread) -> TokenUsage? {
    guard case .summary(let tokens, let every) = rule, (thread.turn - 1) % every == 0 else {
      return nil
    }
    let block = thread.growth.dropLast().suffix(Int(every)).reduce(0, +)
    let isFirst = thread.turn - 1 == every
    return TokenUsage(input: block + (isFirst ? 0 : tokens), output: tokens)
  }

  private func change(
    _ usage: TokenUsage, _ thread: Thread, isMoved: Bool, kept: Int64
  ) -> Change {
    guard thread.dropped != 0 || isMoved else { return Change(usage) }
    // What is dropped stood in the middle, before what is not cached.
    let cached = max(0, usage.cachedTokens - thread.dropped)
    var changed = usage
    changed.input = max(0, kept - min(cached, kept))
    func split(_ reads: Int64) -> TokenUsage {
      var split = changed
      let cached = min(cached, kept)
      split.cacheRead = min(reads, cached)
      let writes = cached - split.cacheRead
      (split.cacheWrite5m, split.cacheWrite1h) = thread.lastsAnHour ? (0, writes) : (writes, 0)
      return split
    }
    let reads = min(usage.cacheRead, isMoved ? thread.first : thread.cached)
    let broken = split(reads)
    // As if what is behind the gap could still be read.
    let unbroken = split(max(reads, usage.cacheRead - thread.dropped))
    guard broken != unbroken else { return Change(broken) }
    return Change(broken, effects: .movedPrefix, withoutEffect: unbroken)
  }

  var findings: [WhatIfFinding] { restarts == 0 ? [] : [.restarts(restarts)] }
}
