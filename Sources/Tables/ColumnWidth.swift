extension ReadableColumn {
  /// What is left of a text at least: a short hash is still worth reading.
  static let leastWidth = 8

  /// The width in which nothing is cut or broken.
  var width: Int {
    cells.map(\.text.displayWidth).reduce(name.displayWidth, max)
  }

  /// The width with every text whole and the name broken wherever it can be.
  fileprivate var brokenWidth: Int {
    cells.map(\.text.displayWidth).reduce(brokenNameWidth, max)
  }

  /// The width below which a number or a part of the name would be cut.
  fileprivate var floor: Int {
    cells.map { $0.isText ? min(Self.leastWidth, $0.text.displayWidth) : $0.text.displayWidth }
      .reduce(brokenNameWidth, max)
  }

  private var brokenNameWidth: Int {
    name.brokenAtUnderscores(to: 0).map(\.displayWidth).max() ?? 0
  }

  /// The column with `!` after its marked values, and room for it after the others.
  var withMarks: ReadableColumn {
    guard cells.contains(where: \.isMarked) else { return self }
    var column = self
    for index in cells.indices { column.cells[index].text += cells[index].isMarked ? " !" : "  " }
    return column
  }
}

extension ReadableColumn.Cell {
  func shortened(to width: Int) -> Self {
    var cell = self
    if isText { cell.text = text.shortened(to: width) }
    return cell
  }
}

extension [ReadableColumn] {
  /// The width of a line with all columns and two spaces between them.
  var gridWidth: Int { map(\.width).reduce(-2) { $0 + 2 + $1 } }

  /// The widths in which a line fits, or nil if none does: names break first, then texts are cut.
  func fittedWidths(to width: Int) -> [Int]? {
    let floors = map(\.floor)
    var widths = zip(self, floors).map { Swift.max($1, Swift.min($0.brokenWidth, width)) }
    var excess = widths.reduce(-2) { $0 + 2 + $1 } - width
    while excess > 0 {
      let flexible = indices.filter { widths[$0] > floors[$0] }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    // What room is left makes names whole again.
    for index in indices where self[index].name.displayWidth <= widths[index] - excess {
      let grown = Swift.max(widths[index], self[index].name.displayWidth)
      excess += grown - widths[index]
      widths[index] = grown
    }
    return widths
  }
}
