/// A table for a terminal, or for any place with letters of one width.
///
/// ```
/// tenant_id  total_usd
/// ─────────  ─────────
/// acme          412.50  ████████████
/// initech         0.07  ▏
///
/// 2026-11-14 22:00 – 2026-11-15 22:00 UTC · 412 calls, all priced
/// ```
///
/// Where the width is short, first the bars go; then names break at underscores, the year goes where
/// it is plain, and texts are cut. What still does not fit is said below a table of many rows: what all
/// have in common, and the last columns; few rows become lists of names and values. Numbers are never cut,
/// so they alone may go beyond a tiny width.
struct TextTable {
  let answer: Answer
  let display: Display

  var text: String {
    let (body, remarks) = answer.table.rows.isEmpty ? (["no rows"], []) : rows
    let footer = answer.footer(on: display) + remarks
    let lines = display.width.map { width in footer.flatMap { $0.wrapped(to: width) } } ?? footer
    return (body + (lines.isEmpty ? [] : [""]) + lines).map { $0 + "\n" }.joined()
  }

  /// The lines of the rows, and what to say of columns that are not among them.
  private var rows: ([String], remarks: [String]) {
    let (rich, plain) = (columns(.withBars), columns(.plain))
    guard let width = display.width, rich.gridWidth > width else {
      return (grid(rich, rich.map(\.width)), [])
    }
    if plain.gridWidth <= width { return (grid(plain, plain.map(\.width)), []) }
    let tight = columns(.withoutYear)
    if let widths = tight.fittedWidths(to: width) { return (grid(tight, widths), []) }
    if let fewer = FewerColumns(tight, width: width) {
      return (grid(fewer.columns, fewer.widths), fewer.remarks)
    }
    return (list(plain, width: width), [])
  }

  private func columns(_ detail: ReadableColumn.Detail) -> [ReadableColumn] {
    answer.readableColumns(detail, on: display).map(\.withMarks)
  }

  private func grid(_ columns: [ReadableColumn], _ widths: [Int]) -> [String] {
    // A column of bars has no name, and nothing to rule off.
    let rule = zip(columns, widths).map {
      String(repeating: $0.name.isEmpty ? " " : "─", count: $1)
    }
    let rows = answer.table.rows.indices.map { row in
      zip(columns, widths).map { column, width in
        let cell = column.cells[row].shortened(to: width)
        return cell.text.padded(to: width, column.alignment) { styled($0, cell.style) }
      }
    }
    return (head(columns, widths) + [rule] + rows).map(line)
  }

  /// The names on one line or several; short ones stand at the bottom, next to their values.
  private func head(_ columns: [ReadableColumn], _ widths: [Int]) -> [[String]] {
    let names = zip(columns, widths).map { $0.name.brokenAtUnderscores(to: $1) }
    let height = names.map(\.count).max() ?? 0
    return (0..<height).map { row in
      zip(columns.indices, names).map { index, name in
        let row = row - (height - name.count)
        let text = row < 0 ? "" : name[row]
        return text.padded(to: widths[index], columns[index].alignment) { styled($0, .bold) }
      }
    }
  }

  /// A block of lines for each row, names on the left, with an empty line between blocks.
  private func list(_ columns: [ReadableColumn], width: Int) -> [String] {
    let numbers = columns.flatMap(\.cells).filter { !$0.isText }.map(\.text.displayWidth)
    let room = max(ReadableColumn.leastWidth, width - 2 - (numbers.max() ?? 0))
    let nameWidth = min(room, columns.map(\.name.displayWidth).max() ?? 0)
    let blocks = answer.table.rows.indices.map { row in
      columns.map { column in
        let name = column.name.shortened(to: nameWidth)
        let cell = column.cells[row].shortened(to: width - 2 - nameWidth)
        return line([
          name.padded(to: nameWidth, .left) { styled($0, .bold) }, styled(cell.text, cell.style),
        ])
      }
    }
    return Array(blocks.joined(separator: [""]))
  }

  private func line(_ cells: [String]) -> String {
    var line = cells.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }

  private func styled(_ text: String, _ style: Style?) -> String {
    guard display.color, let style, !text.isEmpty else { return text }
    return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }
}

/// The numbers by which terminals know what we use (ECMA-48, Select Graphic Rendition).
private enum Style: Int {
  case bold = 1
  case red = 31
}

extension ReadableColumn.Cell {
  fileprivate var style: Style? { isMarked ? .red : nil }
}
