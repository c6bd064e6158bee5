/// What one record of a log turned out to be.
package struct RecordOutput {
  package enum Outcome: Equatable, Sendable {
    case call
    case buckets
    /// Readable, but nothing this tool counts; the reason is a fixed phrase.
    case skipped(String)
    case rejected(RejectionReason)
    /// Part of a record that goes on in the next values of the log.
    case open
  }

  package var outcome = Outcome.skipped("empty")
  /// The call first, then the hidden iterations inside it.
  package var calls: [Call] = []
  package var buckets: [UsageBucket] = []
  /// Rows of a report's page that could not be read, beside what `outcome` says of the others.
  package var rejectedRows: [RejectedRow] = []
  /// What the user should know of, once and with its count: a usage field that is not known, a rule that
  /// had to guess. Fixed phrases and names of keys, never values.
  package var notes: [String] = []

  /// A part of a record that could not be taken, while the rest of it was.
  package struct RejectedRow: Equatable, Sendable {
    package var reason: RejectionReason
    /// Where it starts, in bytes from the record's start.
    package var offset: Int64
    package var length: Int64

    init(_ reason: RejectionReason, _ row: JSONValue) {
      let source = row.source
      self.reason = reason
      offset = Int64(source.start - row.bytes)
      length = Int64(source.count)
    }
  }

  package init() {}

  mutating func clear() {
    rejectedRows.removeAll(keepingCapacity: true)
    calls.removeAll(keepingCapacity: true)
    buckets.removeAll(keepingCapacity: true)
    if !notes.isEmpty { notes.removeAll() }
    outcome = .skipped("empty")
  }
}

/// What a reader needs to know beside the record.
package struct ReadingOptions: Sendable {
  /// `--map COLUMN=FIELD`.
  package var mapped: [String: Field] = [:]
  /// `--set FIELD=VALUE`.
  package var defaults: [Field: String] = [:]
  /// The log's file name, which for some sources names a batch or a job; empty for standard input.
  package var fileName = ""
  /// Milliseconds that naive local times are ahead of UTC (`--assume-timezone`), by the naive time.
  package var naiveOffset: @Sendable (Int64) -> Int64 = { _ in 0 }

  package init() {}
}
