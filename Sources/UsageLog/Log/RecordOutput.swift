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
  /// What the user should know of, once and with its count.
  ///
  /// A usage field that is not known, a rule that had to guess: fixed phrases and names of keys, never values.
  package var notes: [String] = []

  /// A part of a record that could not be taken, while the rest of it was.
  package struct RejectedRow: Equatable, Sendable {
    package var reason: RejectionReason
    /// Where it starts, in bytes from the record's start.
    package var offset: Int64
    package var length: Int64

    /// - Parameter record: of which the row is a part, where that is not the whole value that was read.
    init(_ reason: RejectionReason, _ row: JSONValue, in record: JSONValue? = nil) {
      let source = row.source
      self.reason = reason
      offset = Int64(source.start - (record?.source.start ?? row.bytes))
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
  /// Where the user says the fields of a source stand, by the format's name.
  package var mappings: [String: SourceMapping] = [:]
  /// Is told which of `mapped` and `mappings` the logs have.
  package var use: MappingUse?
  /// What the record now read says at the places mapped for its format.
  ///
  /// Made for one log and format, and used on the thread that reads it.
  nonisolated(unsafe) var mappedValues: MappedValues?
  /// `--otel-input`: whether the input counts of OpenTelemetry spans include cached tokens; nil to tell by rule.
  package var otelInput: OTelInput?
  /// The log's file name, which for some sources names a batch or a job; empty for standard input.
  package var fileName = ""
  /// `--requests FILE`: what was submitted in batches whose results name it by `custom_id` only.
  package var requests = BatchRequests()
  /// Milliseconds that naive local times are ahead of UTC (`--assume-timezone`), by the naive time.
  package var naiveOffset: @Sendable (Int64) -> Int64 = { _ in 0 }
  /// Whose offset that is; empty for UTC.
  package var zone = ""

  /// What the record's container says; each log has its own.
  var envelope: Envelope?

  package init() {}

  /// The options for one format, with the user's mapping of that source in them.
  func reading(_ format: any LogFormat.Type) -> ReadingOptions {
    guard let mapping = mappings[format.name] else { return self }
    var options = self
    options.defaults.merge(mapping.defaults) { $1 }
    options.mappedValues = MappedValues(mapping, of: format.name, use: use)
    return options
  }
}
