/// Rows of CloudWatch's log events, as its console and Insights export them.
///
/// Described in docs/formats/bedrock-invocation.md.
///
/// Mostly model invocations; an application's JSON in them is read as it would be in a log of its own.
package struct BedrockInvocationCSV: DelimitedLogFormat {
  package static let name = "bedrock-invocation-csv"
  package static let summary = "the same as CloudWatch exports it: @timestamp,@message"
  package static let delimitings = [Delimiting.comma, .semicolon, .tab]
  package static let hasHeader = true

  private let messages: JSONFormatReader
  private let embedded = EmbeddedJSON()
  private var column = 0
  private var timeColumn: Int?
  private var columns = 0

  package init(options: ReadingOptions) {
    messages = JSONFormatReader(BedrockInvocation.self, fileTime: 0, options: options)
  }

  package static func recognises(first: DelimitedRow) -> Bool { column(of: first) != nil }

  /// Any table may have a column `message`; CloudWatch's has few others.
  private static func column(of header: DelimitedRow) -> Int? {
    let names = header.fields.map(\.trimmed)
    if let column = names.firstIndex(where: { $0 == "@message" }) { return column }
    guard names.count > 1, names.allSatisfy({ name in eventColumns.contains { name == $0 } }) else {
      return nil
    }
    return names.firstIndex { $0 == "message" }
  }

  private static let eventColumns: [StaticString] = [
    "timestamp", "message", "ingestionTime", "eventId", "logStreamName", "logStream", "logGroup",
  ]

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    guard let place = Self.column(of: first) else { throw .noHeader }
    column = place
    timeColumn = first.fields.firstIndex { $0.trimmed == "@timestamp" || $0.trimmed == "timestamp" }
    columns = first.fields.count
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    output.clear()
    embedded.begin()
    messages.begin()
    let fields = row.fields
    if fields.count == 1, fields[0].isEmpty {
      output.outcome = .skipped("blank line")
    } else if fields.count != columns {
      output.outcome = .rejected(.badCSV("\(fields.count) fields where the header has \(columns)"))
    } else {
      let text = fields[column]
      let found = TextRecords(text, time: timeColumn.map { fields[$0].trimmed }, embedded)
      if found.records.isEmpty, let fault = found.fault, text.trimmed.hasPrefix("{\"") {
        output.outcome = .rejected(messages.reason(fault))
      } else {
        read(found, &output)
      }
    }
  }

  /// An event is one record, in whatever containers.
  private func read(_ found: TextRecords, _ output: inout RecordOutput) {
    var open = found.records
    while let next = open.first {
      open.removeFirst()
      switch next {
      case .fault(let reason): output.outcome = .rejected(reason)
      case .record(let record, let time, let reading):
        let place = Place(offset: 0, line: 0)
        if case .packed(let inner, _) = messages.take(
          record, time: time, at: place, by: reading, into: &output)
        {
          open = inner + open
          continue
        }
      }
      if case .skipped = output.outcome { continue }
      if open.isEmpty { return }
      output.notes.append("a log event of several records: only its first call is read")
      return
    }
    output.clear()
    output.outcome = .skipped("a log event that is no model invocation")
  }
}
