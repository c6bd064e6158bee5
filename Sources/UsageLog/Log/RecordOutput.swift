/// What one record of a log turned out to be.
package struct RecordOutput {
  package enum Outcome: Equatable, Sendable {
    case call
    case buckets
    /// Readable, but nothing this tool counts; the reason is a fixed phrase.
    case skipped(String)
    case rejected(RejectionReason)
  }

  package var outcome = Outcome.skipped("empty")
  /// The call first, then the hidden iterations inside it.
  package var calls: [Call] = []
  package var buckets: [UsageBucket] = []

  package init() {}

  mutating func clear() {
    calls.removeAll(keepingCapacity: true)
    buckets.removeAll(keepingCapacity: true)
    outcome = .skipped("empty")
  }
}

/// What a reader needs to know beside the record.
package struct ReadingOptions: Sendable {
  /// `--map COLUMN=FIELD`.
  package var mapped: [String: Field] = [:]
  /// `--set FIELD=VALUE`.
  package var defaults: [Field: String] = [:]
  /// Milliseconds that naive local times are ahead of UTC (`--assume-timezone`), by the naive time.
  package var naiveOffset: @Sendable (Int64) -> Int64 = { _ in 0 }

  package init() {}
}
