/// Claude Code's own OpenTelemetry: events, spans and metrics as OTLP JSON, or flattened by another exporter.
///
/// Described in docs/formats/claude-code-otel.md.
package struct ClaudeCodeTelemetry: JSONLogFormat {
  package static let name = "claude-code-otel"
  package static let summary = "Claude Code's OpenTelemetry, as OTLP JSON"

  private var reader: TelemetryReader

  package init(options: ReadingOptions) { reader = TelemetryReader(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    if TelemetryPack.isPack(record) { return TelemetryPack.isClaudeCode(record) }
    return InferenceTelemetry.isRecord(record) && TelemetryRecord(record, in: nil).isClaudeCode
      || isFlattenedEvent(record)
  }

  /// `{"attributes": {"event.name": "api_request", …}}`, with its body if the exporter kept that.
  private static func isFlattenedEvent(_ record: JSONValue) -> Bool {
    record["attributes"]?["event.name"] != nil && TelemetryRecord(record, in: nil).isClaudeCode
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? { reader.records(in: value) }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    reader.read(record, into: &output)
  }
}

/// Spans and log records of the OpenTelemetry GenAI conventions, as OTLP JSON or one a line.
///
/// Described in docs/formats/otel-genai.md.
package struct InferenceTelemetry: JSONLogFormat {
  package static let name = "otel-genai"
  package static let summary = "OpenTelemetry GenAI spans, as OTLP JSON"

  private var reader: TelemetryReader

  package init(options: ReadingOptions) { reader = TelemetryReader(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    if TelemetryPack.isPack(record) { return !TelemetryPack.isClaudeCode(record) }
    return isRecord(record) && !ClaudeCodeTelemetry.recognises(record)
  }

  /// A span or log record by itself.
  static func isRecord(_ value: JSONValue) -> Bool {
    guard let attributes = value["attributes"], attributes.isArray || attributes.isObject else {
      return false
    }
    let isTimed =
      value["startTimeUnixNano"] != nil || value["timeUnixNano"] != nil
      || value["observedTimeUnixNano"] != nil
    let isPlaced =
      value["spanId"] != nil || value["span_id"] != nil || value["context"]?["span_id"] != nil
    let hasTime = value["start_time"] != nil || value["startTime"] != nil
    return isTimed || (isPlaced && hasTime)
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? { reader.records(in: value) }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    reader.read(record, into: &output)
  }
}
