/// The columns of a table that is too wide for its place, less those that can be missed.
///
/// First go those that say the same in every row, then the last ones that mark nothing: what a table is about
/// stands in front. Both are told below it.
struct FewerColumns {
  private(set) var columns: [ReadableColumn]
  private(set) var widths: [Int] = []
  private(set) var remarks: [String] = []

  /// Rows that are easily read as lists of names and values.
  private static let fewRows = 3
  /// What is narrower has no room for a table worth its name.
  private static let leastWidth = 60

  /// Nil where lists are better: of few rows, or where most columns would have to go.
  init?(_ all: [ReadableColumn], width: Int) {
    guard let rows = all.first?.cells.count, rows > Self.fewRows, width >= Self.leastWidth else {
      return nil
    }
    columns = all.enumerated().filter { $0.offset == 0 || !$0.element.isConstant }.map(\.element)
    let same = all.dropFirst().filter(\.isConstant).compactMap { column in
      let text = column.cells[0].text
      return text.isEmpty || text == "–" ? nil : "\(column.name) \(text)"
    }
    var left: [String] = []
    while columns.fittedWidths(to: width) == nil {
      guard let last = columns.lastIndex(where: { !$0.cells.contains(where: \.isMarked) }), last > 0
      else { return nil }
      left.insert(columns.remove(at: last).name, at: 0)
    }
    guard columns.count * 2 >= all.count - same.count, let widths = columns.fittedWidths(to: width)
    else { return nil }
    self.widths = widths
    if !same.isEmpty { remarks.append("in every row: " + same.joined(separator: ", ")) }
    if !left.isEmpty {
      remarks.append(
        "no room for \(left.joined(separator: ", ")): a wider terminal or --format json shows them")
    }
  }
}

extension ReadableColumn {
  fileprivate var isConstant: Bool {
    guard let first = cells.first, !first.isMarked else { return false }
    return cells.allSatisfy { $0.text == first.text && !$0.isMarked }
  }
}
