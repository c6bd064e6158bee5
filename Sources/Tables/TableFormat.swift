/// The forms in which an answer can be printed; the raw values are those of `--format`.
package enum TableFormat: String, CaseIterable, Sendable {
  case table
  case json
  case jsonl
  case csv
  case tsv
  case markdown

  /// Reads the format off a file's suffix, given without its dot: `csv` of `report.csv`.
  package init?(fileSuffix: String) {
    switch fileSuffix.lowercased() {
    case "txt": self = .table
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "csv": self = .csv
    case "tsv": self = .tsv
    case "md", "markdown": self = .markdown
    default: return nil
    }
  }

  /// The whole text, ending in a newline unless it is empty.
  ///
  /// The only place where formats meet: a new case does not compile until it is printed here.
  package func render(_ answer: Answer, on display: Display = Display()) -> String {
    switch self {
    case .table: TextTable(answer: answer, display: display).text
    case .json: JSONTable(answer: answer).text
    case .jsonl: JSONLinesTable(table: answer.table).text
    case .csv: CSVTable(table: answer.table).text
    case .tsv: TSVTable(table: answer.table).text
    case .markdown: MarkdownTable(answer: answer, display: display).text
    }
  }

  /// The lines of an answer that this format cannot carry, to be printed on standard error.
  package func remarks(_ answer: Answer, on display: Display = Display()) -> [String] {
    switch self {
    case .table, .markdown: []
    case .json: answer.notes.map(\.visible)
    case .jsonl, .csv, .tsv: answer.footer(on: display)
    }
  }
}

/// Where people will read: how wide it is, whether it shows colour, and what its clocks say.
package struct Display: Sendable {
  /// Cells of a terminal's line; nil where nothing limits it.
  package var width: Int?
  package var color: Bool
  /// The zone: seconds to add to UTC at an instant given in milliseconds since 1970.
  package var secondsFromUTC: @Sendable (Int64) -> Int

  /// Describes a display; a width that is not positive (some terminals report 0) means no limit.
  package init(
    width: Int? = nil, color: Bool = false,
    secondsFromUTC: @escaping @Sendable (Int64) -> Int = { _ in 0 }
  ) {
    self.width = width.flatMap { $0 > 0 ? $0 : nil }
    self.color = color
    self.secondsFromUTC = secondsFromUTC
  }

  /// The date and time that clocks show at an instant.
  package func clock(at instant: Int64) -> ClockTime {
    ClockTime(instant, secondsFromUTC: secondsFromUTC(instant))
  }
}
