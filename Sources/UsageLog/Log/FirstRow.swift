/// A way to read a delimited log's first row: as which format, cut how, into how many fields.
struct FirstRow {
  let format: any DelimitedLogFormat.Type
  let delimiting: Delimiting
  let fields: Int
  /// In bytes, with the line break.
  let length: Int
  /// The format knows the row, or the user mapped one of its columns.
  let isKnown: Bool

  /// The first way in which any format knows the row.
  static func known(_ bytes: Text, isLast: Bool, options: ReadingOptions) -> FirstRow? {
    ways(bytes, isLast: isLast, as: LogFormats.delimited, options: options).first { $0.isKnown }
  }

  /// How a row is cut that is of this format whether or not it looks like it: into the most fields.
  static func cut(
    _ bytes: Text, isLast: Bool, as format: any DelimitedLogFormat.Type, options: ReadingOptions
  ) -> FirstRow? {
    let ways = ways(bytes, isLast: isLast, as: [format], options: options)
    return ways.first { $0.isKnown }
      ?? ways.filter { $0.fields > 1 }.max { $0.fields < $1.fields }
  }

  private static func ways(
    _ bytes: Text, isLast: Bool, as formats: [any DelimitedLogFormat.Type], options: ReadingOptions
  ) -> [FirstRow] {
    formats.flatMap { format in
      format.delimitings.compactMap { delimiting in
        let reader = DelimitedReader(delimiting)
        guard
          case .row(let row, let length) = reader.read(
            bytes.start, count: bytes.count, isLast: isLast)
        else { return nil }
        // The row lies in the reader.
        return withExtendedLifetime(reader) {
          let isMapped =
            format == ApplicationCSV.self
            && (row.fields.contains { options.mapped[$0.trimmed.string] != nil }
              || ApplicationCSV.recognises(first: row, mapping: options.mappings[format.name]))
          return FirstRow(
            format: format, delimiting: delimiting, fields: row.fields.count, length: length,
            isKnown: isMapped || format.recognises(first: row))
        }
      }
    }
  }
}
