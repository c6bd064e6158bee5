/// An explanation for people, as plain text: headings, names with their values, aligned columns, sentences.
///
/// ```
/// What it cost
///   class   tokens  $/MTok   amount $
///   input      100       3   0.000300
///   sum                      0.000300
/// ```
///
/// Sentences and values are wrapped; columns and lines given as they are keep their width.
package struct Document: Equatable, Sendable {
  package enum Block: Equatable, Sendable {
    case title(String)
    case heading(String)
    /// Names on the left, values on the right.
    case pairs([Pair])
    case grid(Grid)
    /// A paragraph each; what goes on is indented.
    case sentences([String])
    /// As they are: places that people copy.
    case lines([String])
  }

  package struct Pair: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package struct Grid: Equatable, Sendable {
    package var names: [String]
    /// The first so many columns are texts, aligned to the left; the others are numbers.
    package var textColumns: Int
    package var rows: [[String]]
    /// Set off by a rule.
    package var totals: [[String]]

    package init(
      _ names: [String], textColumns: Int = 1, rows: [[String]], totals: [[String]] = []
    ) {
      self.names = names
      self.textColumns = textColumns
      self.rows = rows
      self.totals = totals
    }
  }

  package var blocks: [Block]

  package init(_ blocks: [Block] = []) { self.blocks = blocks }

  /// - Parameter width: of a line, in a terminal's cells.
  package func text(width: Int = 100) -> String {
    var lines: [String] = []
    for block in blocks {
      let own = self.lines(of: block, width: width)
      if case .heading = block, !lines.isEmpty { lines.append("") }
      if case .title = block, !lines.isEmpty { lines.append("") }
      lines += own
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of block: Block, width: Int) -> [String] {
    switch block {
    case .title(let text), .heading(let text): text.visible.wrapped(to: width)
    case .pairs(let pairs): pairs.flatMap { lines(of: $0, among: pairs, width: width) }
    case .grid(let grid): lines(of: grid)
    case .sentences(let sentences): sentences.flatMap { hanging($0.visible, width: width) }
    case .lines(let lines): lines.map { "  " + $0.visible }
    }
  }

  private func lines(of pair: Pair, among pairs: [Pair], width: Int) -> [String] {
    let indent = (pairs.map(\.name.visible.displayWidth).max() ?? 0) + 4
    let value = pair.value.visible.wrapped(to: max(20, width - indent))
    let space = String(repeating: " ", count: indent)
    return value.enumerated().map { index, line in
      index == 0 ? "  " + pair.name.visible.padded(to: indent - 2, .left) + line : space + line
    }
  }

  private func hanging(_ sentence: String, width: Int) -> [String] {
    sentence.wrapped(to: width - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
  }

  private func lines(of grid: Grid) -> [String] {
    let all = [grid.names] + grid.rows + grid.totals
    let widths = grid.names.indices.map { column in
      all.map { $0[column].visible.displayWidth }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        cell.visible.padded(to: widths[column], column < grid.textColumns ? .left : .right)
      }
      var line = "  " + padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    let rule = line(widths.map { String(repeating: "─", count: $0) })
    return [line(grid.names), rule] + grid.rows.map(line)
      + (grid.totals.isEmpty ? [] : [rule] + grid.totals.map(line))
  }
}
