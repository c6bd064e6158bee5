import Reports
import Tables

/// A sheet as it is to be written: cells, what is frozen and filtered, how wide columns are, where charts stand.
///
/// Rows and columns count from 0.
struct SheetPlan {
  enum Content: Equatable {
    case blank
    case text(String)
    case number(Double)
    case flag(Bool)
    /// Made of our own addresses only, with the value that is stored beside it.
    case formula(String, Double)
  }

  struct Cell: Equatable {
    var row: Int
    var column: Int
    var content: Content
    var style: CellStyle
  }

  struct Filter: Equatable {
    var firstRow, lastRow, lastColumn: Int
  }

  struct ChartPlace {
    var chart: ReportChart
    var row, column: Int
    /// Where its figures are, on the sheet of all charts' figures.
    var figuresRow: Int
  }

  let name: String
  var cells: [Cell] = []
  /// Widths in letters.
  var widths: [Double] = []
  /// The row whose header stays: rows above and it.
  var frozenHeader: Int?
  var filter: Filter?
  var charts: [ChartPlace] = []
  var isLandscape = false

  init(name: String) { self.name = name }

  mutating func put(_ content: Content, _ row: Int, _ column: Int, _ style: CellStyle) {
    cells.append(Cell(row: row, column: column, content: content, style: style))
  }

  mutating func put(_ text: String, _ row: Int, _ column: Int, _ style: CellStyle) {
    put(.text(CellText.shown(text)), row, column, style)
  }

  /// Makes a column at least so wide, within reason.
  mutating func widen(_ column: Int, to width: Int) {
    while widths.count <= column { widths.append(9) }
    widths[column] = max(widths[column], Double(min(width, 48)) + 2)
  }

  /// `B7`, or `B$7` where the row has to stay.
  static func address(_ row: Int, _ column: Int, fixed: Bool = false) -> String {
    var (letters, rest) = ("", column)
    while rest >= 0 {
      letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
      rest = rest / 26 - 1
    }
    return "\(letters)\(fixed ? "$" : "")\(row + 1)"
  }
}
