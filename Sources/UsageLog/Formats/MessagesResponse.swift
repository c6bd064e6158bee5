/// Raw Messages API responses and error bodies, one JSON document each.
///
/// Described in docs/formats/messages-response.md.
///
/// They carry no time: it is the file's, marked as approximate, unless `--set occurred_at=…` gives one.
package struct MessagesResponse: JSONLogFormat {
  package static let name = "messages-response"
  package static let summary = "raw Messages API responses"

  private var reader: JSONCallReader

  package init(options: ReadingOptions) { reader = JSONCallReader(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    guard let type = record["type"]?.text, !hasTime(record) else { return false }
    return (type == "message" && record["usage"]?.isObject == true)
      || (type == "error" && record["error"]?.isObject == true)
  }

  /// A response with a time beside it was logged by an application.
  private static func hasTime(_ record: JSONValue) -> Bool {
    ["occurred_at", "timestamp", "ts", "time", "created_at"].contains { record[$0] != nil }
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    reader.read(record, fileTime: fileTime, into: &output)
  }
}
