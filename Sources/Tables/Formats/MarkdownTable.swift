/// A GitHub pipe table for people, its numbers as in the terminal; marked values are bold.
///
/// ```markdown
/// | tenant_id | total_usd |
/// | :-------- | --------: |
/// | acme      |    412.50 |
///
/// 2026-11-14 22:00 – 2026-11-15 22:00 UTC · 412 calls, all priced
/// ```
struct MarkdownTable {
  let answer: Answer
  let display: Display

  var text: String {
    let table = answer.table.rows.isEmpty ? "no rows" : rows.joined(separator: "\n")
    let footer = answer.footer(on: display).map(\.markdown)
    return ([table] + footer).joined(separator: "\n\n") + "\n"
  }

  private var rows: [String] {
    let columns = answer.readableColumns(.plain, on: display).map(lines)
    return (0..<answer.table.rows.count + 2).map { line in
      "| " + columns.map { $0[line] }.joined(separator: " | ") + " |"
    }
  }

  /// A column's header, rule and cells in one width.
  private func lines(of column: ReadableColumn) -> [String] {
    let name = column.name.markdown
    let cells = column.cells.map { $0.isMarked ? "**\($0.text.markdown)**" : $0.text.markdown }
    // Three at least: GitHub wants a colon and a dash or two.
    let width = ([name] + cells).map(\.displayWidth).reduce(3, max)
    let dashes = String(repeating: "-", count: width - 1)
    let rule = column.alignment == .left ? ":" + dashes : dashes + ":"
    let padded = { (text: String) in text.padded(to: width, column.alignment) }
    return [padded(name), rule] + cells.map(padded)
  }
}

extension String {
  /// The text with a backslash before all that Markdown would take for its own.
  package var markdown: String {
    let scalars = Array(unicodeScalars)
    return scalars.indices.reduce(into: "") { text, index in
      let isMarkup =
        // Within a word an underscore is one, so `n_calls` stays as it is.
        scalars[index] == "_"
        ? !(scalars.isWord(at: index - 1) && scalars.isWord(at: index + 1))
        : "\\|`*[]<>&~$#".unicodeScalars.contains(scalars[index])
      if isMarkup { text += "\\" }
      text.unicodeScalars.append(scalars[index])
    }
  }
}

extension [Unicode.Scalar] {
  fileprivate func isWord(at index: Int) -> Bool {
    guard indices.contains(index) else { return false }
    return self[index].properties.isAlphabetic || self[index].properties.numericType != nil
  }
}
