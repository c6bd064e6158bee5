/// Rows of a CloudWatch Insights export whose `@message` is a model invocation.
///
/// Described in docs/formats/bedrock-invocation.md.
package struct BedrockInvocationCSV: DelimitedLogFormat {
  package static let name = "bedrock-invocation-csv"
  package static let summary = "the same as CloudWatch Insights exports it"
  package static let delimitings = [Delimiting.comma, .semicolon, .tab]
  package static let hasHeader = true

  private var invocations: BedrockInvocation
  private let embedded = EmbeddedJSON()
  private var column = 0
  private var columns = 0

  package init(options: ReadingOptions) { invocations = BedrockInvocation(options: options) }

  package static func recognises(first: DelimitedRow) -> Bool { column(of: first) != nil }

  private static func column(of header: DelimitedRow) -> Int? {
    header.fields.firstIndex { $0.trimmed == "@message" }
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    guard let place = Self.column(of: first) else { throw .noHeader }
    column = place
    columns = first.fields.count
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    output.clear()
    embedded.begin()
    let fields = row.fields
    if fields.count == 1, fields[0].isEmpty {
      output.outcome = .skipped("blank line")
    } else if fields.count != columns {
      output.outcome = .rejected(.badCSV("\(fields.count) fields where the header has \(columns)"))
    } else if let record = embedded.parse(fields[column]) {
      invocations.read(record, fileTime: 0, into: &output)
    } else {
      output.outcome = .skipped("a log event that is no model invocation")
    }
  }
}
