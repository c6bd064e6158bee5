/// What applications log themselves: flat rows in the `llm_call` names or their usual aliases,
/// tracker rows, and wrappers around requests and responses.
///
/// Described in docs/formats/application-json.md.
package struct ApplicationJSON: JSONLogFormat {
  package static let name = "application-json"
  package static let summary = "an application's own JSON: flat rows, requests and responses"

  private var reader: JSONCallReader
  private var knownKeys = 0
  /// The log holds records of other formats, too.
  private var isMixed = false

  package init(options: ReadingOptions) { reader = JSONCallReader(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    guard record.isObject, !LogFormats.specific.contains(where: { $0.recognises(record) })
    else { return false }
    return holdsCall(record, ReadingOptions())
  }

  /// Whether the record makes a call, or would but for a mistake in it.
  static func holdsCall(_ record: JSONValue, _ options: ReadingOptions) -> Bool {
    var options = options
    options.use = nil
    options = options.reading(Self.self)
    options.mappedValues?.begin(record, in: nil, goesOn: false)
    var probe = JSONCallReader(options: options)
    var output = RecordOutput()
    probe.read(record, fileTime: 0, into: &output)
    return switch output.outcome {
    case .call, .rejected: true
    case .buckets, .skipped, .open: false
    }
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    reader.read(record, fileTime: fileTime, into: &output)
    if isMixed || reader.knownKeys > knownKeys { leaveToOthers(record, &output) }
  }

  /// A record that another format knows by its own keys is not the application's.
  ///
  /// Only keys that the log did not have yet can show one; looking at every record would cost too much.
  private mutating func leaveToOthers(_ record: JSONValue, _ output: inout RecordOutput) {
    knownKeys = reader.knownKeys
    // A raw response it reads the same way.
    guard
      LogFormats.specific.contains(where: {
        $0 != MessagesResponse.self && $0.recognises(record)
      })
    else { return }
    isMixed = true
    output.clear()
    output.outcome = .skipped("a record of another format")
  }
}
