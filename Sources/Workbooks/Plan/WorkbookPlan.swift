package import Reports
import Tables

/// A report as sheets: one a section, and one with the figures of all charts, so that no filter hides them.
package struct WorkbookPlan {
  let sheets: [SheetPlan]
  let figures: SheetPlan?
  let document: ReportDocument

  static let figuresName = "Chart figures"

  /// - Throws: of a section whose title no sheet can have.
  package init(_ document: ReportDocument) throws(WorkbookError) {
    self.document = document
    var figures = SheetPlan(name: Self.figuresName)
    var nextRow = 0
    sheets = document.sections.map { section in
      var layout = SheetLayout(section, of: document)
      for index in layout.sheet.charts.indices {
        layout.sheet.charts[index].figuresRow = nextRow
        nextRow = Self.write(
          layout.sheet.charts[index].chart, at: nextRow, of: document, to: &figures)
      }
      return layout.sheet
    }
    self.figures = nextRow == 0 ? nil : figures
    _ = try SheetName.validated(
      sheets.map(\.name) + (self.figures == nil ? [] : [Self.figuresName]))
  }

  /// A title, a header and a row for each category.
  ///
  /// - Returns: the row where the next one may begin.
  private static func write(
    _ chart: ReportChart, at row: Int, of document: ReportDocument, to sheet: inout SheetPlan
  ) -> Int {
    sheet.put(chart.heading, row, 0, CellStyle(.heading))
    let table = TablePlan(
      table: chart.table, display: document.display, top: row + 1, namesUnits: false)
    table.write(to: &sheet)
    return table.end + 1
  }
}
