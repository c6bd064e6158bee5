/// A dump of the articles' MySQL table `llm_call` without a header, as `SELECT … INTO OUTFILE` and
/// `mysqldump --tab` write it: columns in table order, naive `DATETIME(3)`, `\N` for NULL.
///
/// Described in docs/formats/call-table-dump.md.
package struct CallTableDump: DelimitedLogFormat {
  package static let name = "call-table-dump"
  package static let summary = "a dump of the articles' table llm_call, without a header"
  package static let delimitings = [Delimiting.dump, .comma, .semicolon]
  package static let hasHeader = false

  private var reader: ColumnCallReader

  private static let columns: [Field?] = [
    nil, .occurredAt, .requestID, .tenantID, .feature, .deploySHA, .model, .promptHash,
    .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens, .costMicros, .statusCode,
    .latencyMs,
  ]

  package init(options: ReadingOptions) { reader = ColumnCallReader(options: options) }

  /// Fifteen columns with the table's types, or fourteen without its `id`.
  package static func recognises(first: DelimitedRow) -> Bool {
    let shift = first.fields.count == columns.count - 1 ? 1 : 0
    guard first.fields.count == columns.count - shift else { return false }
    for (index, field) in first.fields.enumerated() {
      switch columns[index + shift] {
      case .occurredAt: if Instant(field) == nil || plainInteger(field) != nil { return false }
      case .inputTokens, .outputTokens, .statusCode, .latencyMs:
        if !field.isEmpty, plainInteger(field) == nil { return false }
      default: break
      }
    }
    return true
  }

  package static func columns(of first: DelimitedRow) -> [String] {
    columns.suffix(first.fields.count).map { $0?.rawValue ?? "id" }
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    reader.name(Array(Self.columns.suffix(first.fields.count)))
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    reader.read(row, into: &output)
  }
}
