/// A way in which usage is logged.
///
/// One file in `Formats/` each, and one line in `LogFormats`.
package protocol LogFormat: SendableMetatype {
  /// What `--from` calls it.
  static var name: String { get }
  static var summary: String { get }
  init(options: ReadingOptions)
}

/// A format whose records are JSON values.
package protocol JSONLogFormat: LogFormat {
  /// Whether the record is of this format and of no other.
  static func recognises(_ record: JSONValue) -> Bool

  /// The records inside a value that packs many of them; nil where the value itself is the record.
  mutating func records(in value: JSONValue) -> [JSONValue]?

  /// Reads one record; whatever it is, `output.outcome` says so.
  ///
  /// The outcome `open` says that later values complete the record; `isOpen` stays true until one does, and
  /// `finish` is called where none will.
  ///
  /// - Parameter fileTime: for records that carry no time, in UTC milliseconds.
  mutating func read(_ record: JSONValue, fileTime: Int64, into output: inout RecordOutput)

  /// A record was begun that later values complete.
  var isOpen: Bool { get }

  /// Tells what an open record has come to when nothing follows it.
  mutating func finish(fileTime: Int64, into output: inout RecordOutput)
}

extension JSONLogFormat {
  package mutating func records(in value: JSONValue) -> [JSONValue]? { nil }

  package var isOpen: Bool { false }

  package mutating func finish(fileTime: Int64, into output: inout RecordOutput) {
    output.clear()
  }
}

/// A format whose records are rows of delimited fields.
package protocol DelimitedLogFormat: LogFormat {
  /// The ways its fields may be told apart, in the order they are tried.
  static var delimitings: [Delimiting] { get }

  /// Whether the first row names the columns; without a header it is a record itself.
  static var hasHeader: Bool { get }

  /// Whether a file that starts with this row is of this format.
  static func recognises(first: DelimitedRow) -> Bool

  /// Learns the columns from the first row.
  ///
  /// - Throws: `LogError.noHeader` for a header that names none of them.
  mutating func begin(with first: DelimitedRow) throws(LogError)

  mutating func read(_ row: DelimitedRow, into output: inout RecordOutput)

  /// The columns' names in a log that starts with this row, for the user's mappings.
  static func columns(of first: DelimitedRow) -> [String]
}

extension DelimitedLogFormat {
  package static func columns(of first: DelimitedRow) -> [String] {
    hasHeader ? first.fields.map(\.trimmed.string) : []
  }
}

/// Every format, in the order in which a record is tried on them.
package enum LogFormats {
  package static let json: [any JSONLogFormat.Type] = specific + [ApplicationJSON.self]

  /// Those that are known by keys of their own; what none of them knows may be an application's.
  static let specific: [any JSONLogFormat.Type] = [
    BedrockInvocation.self, BedrockBatch.self,
    MessageBatchResults.self,
    AdminUsageReport.self, AdminCostReport.self, ClaudeCodeReport.self, AnalyticsReport.self,
    VertexRequestResponse.self,
    ClaudeCodeTelemetry.self, InferenceTelemetry.self,
    ClaudeCodeTranscript.self, ClaudeCodeResult.self,
    LiteLLM.self, Langfuse.self, Helicone.self, OpenRouter.self,
    StreamEvents.self,
    MessagesResponse.self, OpenAIUsage.self,
  ]

  package static let delimited: [any DelimitedLogFormat.Type] =
    specificDelimited + [CallTableDump.self, ApplicationCSV.self]

  /// Those that are known by columns of their own; what none of them knows may be an application's.
  static let specificDelimited: [any DelimitedLogFormat.Type] = [
    BedrockInvocationCSV.self,
    ConsoleUsageCSV.self, ConsoleCostCSV.self,
    ExportedRows<LiteLLMExport>.self, ExportedRows<LangfuseExport>.self,
    ExportedRows<HeliconeExport>.self, ExportedRows<OpenRouterExport>.self,
    ExportedRows<OpenRouterActivityExport>.self,
  ]

  /// One by one: a cast of the arrays searches every conformance of the program for each format.
  package static var all: [any LogFormat.Type] { json.map { $0 } + delimited.map { $0 } }

  package static func named(_ name: String) -> (any LogFormat.Type)? {
    all.first { $0.name == name }
  }

  /// The format of the first records of a JSON log; nil if no record is of a known one.
  ///
  /// - Parameter options: with what the user mapped, an application's record of any shape is known.
  package static func recognise(
    _ record: JSONValue, _ options: ReadingOptions = ReadingOptions()
  ) -> (any JSONLogFormat.Type)? {
    if let known = json.first(where: { $0.recognises(record) }) { return known }
    guard options.mappings[ApplicationJSON.name] != nil || !options.mapped.isEmpty else {
      return nil
    }
    return ApplicationJSON.holdsCall(record, options) ? ApplicationJSON.self : nil
  }
}
