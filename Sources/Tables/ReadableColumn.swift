/// A column as people read it: every cell in the same decimals, with separators, NULL named.
struct ReadableColumn {
  struct Cell {
    var text: String
    /// Only text may be cut to fit a terminal, never a number.
    var isText = false
    /// Whether the value lies beyond the column's threshold.
    var isMarked = false
  }

  var name: String
  var cells: [Cell]
  var alignment: Alignment

  /// How much is shown beside the plain values, from all to nothing.
  enum Detail {
    case withBars
    case plain
    /// Times without their year where it is that of "now" in the whole column.
    case withoutYear
  }
}

extension Answer {
  /// All columns in the form for people; with bars, each in a column after its own.
  func readableColumns(
    _ detail: ReadableColumn.Detail, on display: Display
  ) -> [ReadableColumn] {
    let year = detail == .withoutYear ? display.clock(at: asOf).year : nil
    return table.columns.indices.flatMap { index in
      let (column, values) = (table.columns[index], table.rows.map { $0[index] })
      let readable = ReadableColumn(column, values, on: display, year: year)
      return detail == .withBars && column.bar
        ? [readable, ReadableColumn(barsFor: values)] : [readable]
    }
  }
}

extension ReadableColumn {
  fileprivate init(
    _ column: Column, _ values: [Value], on display: Display, year: Int64?
  ) {
    let form = ReadableForm(of: values, in: column, on: display, year: year)
    name = form.header(of: column).visible
    alignment = column.unit == .text || column.unit == .flag ? .left : .right
    cells = values.map { value in
      let isMarked = column.highlight?.marks(value, in: column.unit) ?? false
      if case .text(let text) = value {
        return Cell(text: text.visible, isText: true, isMarked: isMarked)
      }
      return Cell(text: form.text(value), isMarked: isMarked)
    }
  }
}

extension ReadableColumn {
  /// Bars of up to 12 cells in steps of an eighth, as long as the value beside the largest one.
  fileprivate init(barsFor values: [Value]) {
    let quantities = values.map { max(0, $0.quantity(in: .real) ?? 0) }
    let largest = quantities.max() ?? 0
    name = ""
    alignment = .left
    cells = quantities.map { quantity in
      guard quantity > 0 else { return Cell(text: "") }
      // What is not zero shows at least a line.
      let eighths = max(1, Int(quantity / largest * 12 * 8 + 0.5))
      let (full, rest) = eighths.quotientAndRemainder(dividingBy: 8)
      let end = rest > 0 ? [Self.eighths[rest - 1]] : []
      return Cell(text: String(repeating: "█", count: full) + String(end))
    }
  }

  private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
