/// Which results are running totals of one query, told apart by what the log shows.
///
/// With `--output-format json` every result is a query of its own. A stream may hold several results of one
/// session: with streaming input each repeats the totals of those before, so the last one counts.
struct ResultStreams {
  enum Run: Equatable {
    /// The stream's first run of the session.
    case first
    /// Another run in the same log, by the id of its first result.
    case later(String)
  }

  private struct Last {
    var totals: [UsageBucket]
    var duration: Int64
    var run: Run
  }

  private var begun: Set<String> = []
  private var last: [String: Last] = [:]

  /// A line of the session other than a result: the log is a stream.
  mutating func begin(_ session: String?) {
    if let session { begun.insert(session) }
  }

  /// The run whose total the result is; nil for a query of its own.
  mutating func run(
    of session: String, _ totals: [UsageBucket], duration: Int64, uuid: String?
  ) -> Run? {
    guard begun.contains(session) else { return nil }
    var run = last[session]?.run ?? .first
    // Totals that fall are those of a new process, which begins at nought.
    if let last = last[session], duration < last.duration || !continues(last.totals, totals) {
      run = uuid.map { .later($0) } ?? run
    }
    last[session] = Last(totals: totals, duration: duration, run: run)
    return run
  }

  private func continues(_ before: [UsageBucket], _ now: [UsageBucket]) -> Bool {
    before.allSatisfy { old in
      guard let new = now.first(where: { $0.dimensions[.model] == old.dimensions[.model] }) else {
        return false
      }
      return (new.usage.input ?? 0) >= (old.usage.input ?? 0)
        && (new.usage.output ?? 0) >= (old.usage.output ?? 0)
        && (new.usage.cacheRead ?? 0) >= (old.usage.cacheRead ?? 0)
        && (new.usage.cacheCreate ?? 0) >= (old.usage.cacheCreate ?? 0)
        && (new.amountNanos ?? 0) >= (old.amountNanos ?? 0)
    }
  }
}
