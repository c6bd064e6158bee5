/// The catalogue's own form, its columns found by their names.
extension PriceFile {
  /// Reads what lines can be read; the others are passed over with their number.
  ///
  /// Columns may be missing and stand in any order. Without `unverified` a source that says so sets
  /// it, without `source` the file is the source.
  init(csv bytes: [UInt8], name: String) throws(PriceFileError) {
    self.init(name: name, kind: .catalogue)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    let columns = try Self.columns(lines[0], of: name)
    unstated = Set(PriceColumn.allCases).subtracting(columns)
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      do throws(PriceCatalogueError) {
        guard fields.count == columns.count, !line.contains("\"") else {
          throw PriceCatalogueError(
            line: index + 1,
            problem: "expected \(columns.count) fields without quotes or inner commas")
        }
        var values: [PriceColumn: String] = [:]
        for (column, field) in zip(columns, fields) { values[column] = String(field) }
        if unstated.contains(.source) { values[.source] = name.replacing(",", with: " ") }
        if unstated.contains(.unverified) {
          values[.unverified] = values[.source, default: ""].contains("unverified") ? "1" : "0"
        }
        rows.append(try PriceRow(PriceRowText(values, line: index + 1)))
      } catch {
        let model = zip(columns, fields).first { $0.0 == .model }.map { String($0.1) }
        passedOver.append(
          PassedOver(
            kind: .unreadable, line: error.line, name: model ?? "", reason: error.problem))
      }
    }
  }

  private static func columns(
    _ header: String, of file: String
  ) throws(PriceFileError) -> [PriceColumn] {
    var columns: [PriceColumn] = []
    for name in header.split(separator: ",", omittingEmptySubsequences: false) {
      guard let column = PriceColumn.allCases.first(where: { $0.name == name }) else {
        throw PriceFileError(
          name: file, problem: "line 1: a catalogue has no column '\(name.prefix(40))'")
      }
      guard !columns.contains(column) else {
        throw PriceFileError(name: file, problem: "line 1: column '\(name)' stands there twice")
      }
      columns.append(column)
    }
    for column: PriceColumn in [.provider, .model, .input, .output]
    where !columns.contains(column) {
      throw PriceFileError(name: file, problem: "line 1: column '\(column.name)' is missing")
    }
    return columns
  }
}
