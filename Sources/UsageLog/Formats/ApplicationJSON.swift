/// What applications log themselves: flat rows in the `llm_call` names or their usual aliases,
/// tracker rows, and wrappers around requests and responses.
///
/// Described in docs/formats/application-json.md.
package struct ApplicationJSON: JSONLogFormat {
  package static let name = "application-json"
  package static let summary = "an application's own JSON lines: flat rows, or request and response"

  private var reader: JSONCallReader

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
  }
}
