/// Delimited files with a header: the same fields and aliases as the JSON rows, in any order.
///
/// Described in docs/formats/application-csv.md.
package struct ApplicationCSV: DelimitedLogFormat {
  package static let name = "application-csv"
  package static let summary = "CSV, semicolon or tab separated, with a header"
  package static let delimitings = [Delimiting.comma, .semicolon, .tab]
  package static let hasHeader = true

  private var keys: KeyTable
  private var reader: ColumnCallReader

  package init(options: ReadingOptions) {
    keys = KeyTable(mapped: options.mapped, use: options.use)
    reader = ColumnCallReader(options: options)
  }

  package static func recognises(first: DelimitedRow) -> Bool {
    recognises(first: first, mapping: nil)
  }

  /// - Parameter mapping: the user's, of this source.
  static func recognises(first: DelimitedRow, mapping: SourceMapping?) -> Bool {
    guard !LogFormats.specificDelimited.contains(where: { $0.recognises(first: first) })
    else { return false }
    var keys = KeyTable()
    var fields = mapping?.fields(in: columns(of: first)) ?? []
    for column in first.fields {
      if let field = keys.meaning(of: column.trimmed).field { fields.insert(field) }
    }
    let counts: Set<Field> = [.inputTokens, .promptTokens, .outputTokens, .cacheReadTokens]
    return !fields.isDisjoint(with: counts)
      && !fields.isDisjoint(with: [.model, .occurredAt, .promptHash])
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    reader.name(Array(first.fields), keys: &keys)
    // The first row of a file without a header is a record, and nothing of one may be kept as a header.
    guard reader.knowsColumns else { throw .noHeader }
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    reader.read(row, into: &output)
  }
}
