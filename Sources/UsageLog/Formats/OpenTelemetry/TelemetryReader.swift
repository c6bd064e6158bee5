/// Reads OpenTelemetry's spans, log records and metrics, Claude Code's own and those of the GenAI conventions.
///
/// Both formats read with it: a collector's file holds what all of its sources sent.
struct TelemetryReader {
  private var pack = TelemetryPack()
  private var events: ClaudeCodeEvents
  private var inference: InferenceReader
  private let mapped: MappedAttributes
  private let fields: CallFields
  private let embedded = EmbeddedJSON()

  init(options: ReadingOptions) {
    fields = CallFields(options: options)
    mapped = MappedAttributes(options)
    events = ClaudeCodeEvents(options: options, fields: fields)
    inference = InferenceReader(options: options, fields: fields)
  }

  mutating func records(in value: JSONValue) -> [JSONValue]? { pack.records(in: value) }

  mutating func read(_ value: JSONValue, into output: inout RecordOutput) {
    output.clear()
    guard value.isObject else {
      output.outcome = .skipped("not an object")
      return
    }
    embedded.begin()
    fields.begin()
    let record = pack.record(value)
    mapped.tell(record, fields)
    do {
      switch record.kind {
      case .metric: try MetricBuckets.read(record, into: &output)
      case .span where record.isClaudeCode: try events.read(span: record, into: &output)
      case .log where record.isClaudeCode:
        try events.read(event: record, embedded, into: &output)
      case .span, .log: try inference.read(record, embedded, into: &output)
      }
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }
}

/// The attributes that the user's `--map` names; they are the last word.
struct MappedAttributes {
  private let fields: [(name: String, field: FieldIndex)]

  init(_ options: ReadingOptions) {
    fields = options.mapped.map { ($0.key, FieldIndex($0.value)) }
  }

  func tell(_ record: TelemetryRecord, _ fields: CallFields) {
    for (name, field) in self.fields {
      if let text = record.attribute(named: name)?.text { fields.set(field, text, rank: 0) }
    }
  }
}

/// Ids put together from parts of a record; valid until the next one is made.
final class MadeText {
  private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)

  deinit { bytes.deallocate() }

  /// Nil for what is too long for an id.
  func text(_ string: String) -> Text? {
    let utf8 = Array(string.utf8)
    guard utf8.count <= bytes.count, let start = bytes.baseAddress else { return nil }
    start.update(from: utf8, count: utf8.count)
    return Text(start: UnsafePointer(start), count: utf8.count)
  }
}
