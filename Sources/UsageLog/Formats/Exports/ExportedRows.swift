/// The delimited form in which a product exports records that are JSON elsewhere.
package protocol RowExport: SendableMetatype {
  /// The format that reads the record a row stands for.
  associatedtype Records: JSONLogFormat
  static var name: String { get }
  static var summary: String { get }
  /// The columns as the JSON records spell them, apart by spaces.
  static var columns: String { get }
  /// Whether these are the columns of the export; in lower case, spaces as `_`.
  static func isHeader(_ columns: Set<String>) -> Bool
}

/// Rows that become the JSON records they stand for, and are read as those.
package struct ExportedRows<Export: RowExport>: DelimitedLogFormat {
  package static var name: String { Export.name }
  package static var summary: String { Export.summary }
  package static var delimitings: [Delimiting] { [.comma, .semicolon, .tab] }
  package static var hasHeader: Bool { true }

  private var records: Export.Records
  private var row = RowObject(columns: [])
  private var columns = 0

  package init(options: ReadingOptions) { records = Export.Records(options: options) }

  package static func recognises(first: DelimitedRow) -> Bool {
    guard first.fields.count > 2 else { return false }
    return Export.isHeader(Set(first.fields.map { plainName($0.trimmed.string) }))
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    // Exports keep the records' spelling; hands and databases do not.
    let spellings = Export.columns.split(whereSeparator: \.isWhitespace).map(String.init)
    let known = Dictionary(spellings.map { (plainName($0), $0) }) { first, _ in first }
    let names = first.fields.map { $0.trimmed.string }
    guard names.contains(where: { known[plainName($0)] != nil }) else { throw .noHeader }
    columns = names.count
    row = RowObject(columns: names.map { known[plainName($0)] ?? $0 })
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    output.clear()
    if row.fields.count == 1, row.fields[0].isEmpty {
      output.outcome = .skipped("blank line")
    } else if row.fields.count != columns {
      output.outcome = .rejected(
        .badCSV("\(row.fields.count) fields where the header has \(columns)"))
    } else {
      // Every export has times of its own.
      records.read(self.row.value(of: row), fileTime: 0, into: &output)
    }
  }
}

private func plainName(_ name: String) -> String {
  String(name.lowercased().map { $0 == " " ? "_" : $0 })
}
