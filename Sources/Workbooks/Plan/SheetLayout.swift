import Reports
import Tables

/// A section from the top of a sheet to its bottom: titles, what leads, the first grid, then the rest as it comes.
///
/// The first grid's header stays when the sheet is scrolled, so charts that stand before it move behind it; beside
/// it where it is long.
struct SheetLayout {
  var sheet: SheetPlan
  private let document: ReportDocument
  private var row = 0
  private var waiting: [ReportChart] = []

  /// A chart is 15 rows high.
  private static let chartRows = 16
  /// From so many rows on, nobody would find a chart below.
  private static let longTable = 40

  init(_ section: ReportSection, of document: ReportDocument) {
    self.document = document
    sheet = SheetPlan(name: section.title)
    writeHead(section)
    for block in section.blocks { write(block) }
    placeWaiting()
    // At the bottom: on top, a long line would make the print as small as it is wide.
    row += 1
    for pair in document.basis { line("\(pair.name): \(pair.value)", .note) }
    sheet.isLandscape = sheet.widths.reduce(0, +) > 85
    if sheet.widths.isEmpty { sheet.widen(0, to: 24) }
  }

  private mutating func writeHead(_ section: ReportSection) {
    line(section.title, .title)
    line("\(document.title) · \(document.subtitle)", .subtitle)
    for sentence in section.lead { line(sentence, .lead) }
    row += 1
  }

  private mutating func line(_ text: String, _ role: CellStyle.Role) {
    sheet.put(text, row, 0, CellStyle(role))
    row += 1
  }

  private mutating func write(_ block: ReportBlock) {
    switch block {
    case .figures(let figures): write(figures)
    case .table(let table): write(table)
    case .chart(let chart):
      waiting.append(chart)
      if sheet.frozenHeader != nil { placeWaiting() }
    case .sentences(let sentences):
      for sentence in sentences { line(sentence, .lead) }
      row += 1
    case .pairs(let pairs):
      for pair in pairs { write(pair) }
      row += 1
    }
  }

  private mutating func write(_ pair: ReportPair) {
    sheet.put(pair.name, row, 0, CellStyle(.body))
    sheet.put(pair.value, row, 1, CellStyle(.lead))
    sheet.widen(0, to: pair.name.visible.displayWidth)
    row += 1
  }

  private mutating func write(_ table: ReportTable) {
    // The first one stands right under what leads.
    if sheet.frozenHeader != nil { line(table.title, .heading) }
    let plan = TablePlan(table: table, display: document.display, top: row)
    plan.write(to: &sheet)
    freeze()
    if sheet.filter == nil, !table.rows.isEmpty {
      sheet.filter = .init(
        firstRow: plan.top, lastRow: plan.lastRow, lastColumn: table.columns.count - 1)
    }
    row = plan.end
    if let note = table.note { line(note, .note) }
    row += 1
    table.rows.count > Self.longTable
      ? placeWaiting(beside: plan.top, from: table.columns.count + 1) : placeWaiting()
  }

  private mutating func write(_ figures: [ReportFigure]) {
    let headings = ["Figure", "Value", "Unit", "Change", "Against", "Note"]
    for (column, heading) in headings.enumerated() {
      sheet.put(heading, row, column, CellStyle(.header, isNumber: column == 1 || column == 3))
      sheet.widen(column, to: heading.count + 2)
    }
    freeze()
    row += 1
    for figure in figures { write(figure) }
    row += 1
    placeWaiting()
  }

  private mutating func write(_ figure: ReportFigure) {
    sheet.put(figure.name, row, 0, CellStyle(.body))
    sheet.widen(0, to: figure.name.visible.displayWidth)
    write(figure.value, figure.unit, column: 1, role: .figure)
    // Per cent says so in its number's format.
    if let label = figure.unit.label, figure.unit != .pct, figure.value != .null {
      sheet.put(label, row, 2, CellStyle(.body))
    }
    if let change = figure.change {
      write(change.value, change.unit, column: 3, role: .body)
      sheet.put(change.against, row, 4, CellStyle(.body))
      sheet.widen(4, to: change.against.visible.displayWidth)
    }
    if let note = figure.note { sheet.put(note, row, 5, CellStyle(.lead)) }
    row += 1
  }

  private mutating func write(
    _ value: Value, _ unit: ReportUnit, column: Int, role: CellStyle.Role
  ) {
    let form = unit.form(of: [value], on: document.display)
    let content = SheetPlan.content(value, unit, on: document.display)
    guard content != .blank else { return }
    sheet.put(content, row, column, CellStyle(role, unit, decimals: form.decimals))
    sheet.widen(column, to: form.text(value).count)
  }

  private mutating func freeze() {
    if sheet.frozenHeader == nil { sheet.frozenHeader = row }
  }

  private mutating func placeWaiting(beside top: Int, from column: Int) {
    for (number, chart) in waiting.enumerated() {
      place(chart, top + number * Self.chartRows, column)
    }
    waiting = []
  }

  private mutating func placeWaiting() {
    for chart in waiting {
      place(chart, row, 0)
      row += Self.chartRows
    }
    waiting = []
  }

  private mutating func place(_ chart: ReportChart, _ row: Int, _ column: Int) {
    // The row of its figures follows.
    sheet.charts.append(.init(chart: chart, row: row, column: column, figuresRow: 0))
  }
}
