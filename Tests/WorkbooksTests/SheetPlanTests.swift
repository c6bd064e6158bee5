import ReportStory
import Reports
import Tables
import Testing

@testable import Workbooks

struct SheetPlanTests {
  private func plan(_ title: String) throws -> SheetPlan {
    try #require(try WorkbookPlan(ReportStory.document).sheets.first { $0.name == title })
  }

  @Test func `the sheets are the report's sections, and one for the charts' figures`() throws {
    let plan = try WorkbookPlan(ReportStory.document)
    #expect(
      plan.sheets.map(\.name) == [
        "Summary", "By tenant", "By feature", "By model", "Cache", "Anomalies",
        "Budget and forecast", "Reconciliation", "Data quality", "Method",
      ])
    #expect(plan.figures?.name == "Chart figures")
  }

  @Test func `totals and what is derived are formulas beside their values`() throws {
    let sheet = try plan("By tenant")
    let top = try #require(sheet.frozenHeader)
    func content(_ row: Int, _ column: Int) -> SheetPlan.Content? {
      sheet.cells.first { $0.row == row && $0.column == column }?.content
    }
    let total = top + 12
    #expect(content(total, 0) == .text("Total"))
    #expect(content(total, 1) == .formula("=SUM(B\(top + 2):B\(top + 12))", 1342.370000001))
    #expect(content(total, 4) == .formula("=B\(total + 1)-D\(total + 1)", 332.255000001))
    guard case .formula(let share, let value)? = content(top + 1, 6) else {
      Issue.record("a share is a formula")
      return
    }
    #expect(share == "=B\(top + 2)/B$\(total + 1)")
    #expect((value - 401.65 / 1342.370000001).magnitude < 1e-15)
    #expect(content(top + 1, 9) == .formula("=B\(top + 2)/H\(top + 2)", 401.65 / 702))
    #expect(content(top + 1, 12) == .flag(true))
    #expect(sheet.filter == .init(firstRow: top, lastRow: top + 11, lastColumn: 12))
  }

  @Test func `NULL is an empty cell, also where a formula would make it something`() throws {
    let sheet = try plan("By tenant")
    let last = try #require(sheet.frozenHeader) + 11
    let columns = sheet.cells.filter { $0.row == last }.map(\.column)
    // No name, no week before, so no change, and no tokens.
    #expect(columns == [1, 6, 7, 9])
  }

  @Test func `instants are days of a spreadsheet, by the report's clock`() {
    let athens = Display { _ in 7200 }
    #expect(
      SheetPlan.content(.integer(ReportStory.asOf + 4 * 3_600_000), .instant, on: athens)
        == .number(46_342.25))
  }

  @Test func `names that no sheet can have are refused before anything is written`() {
    func error(_ names: String...) -> WorkbookError? {
      do {
        _ = try SheetName.validated(names)
        return nil
      } catch { return error }
    }
    #expect(error("Summary", "By tenant") == nil)
    let bad = [
      "", String(repeating: "x", count: 32), "a/b", "[a]", "what?", "a:b", "'a", "a'", "History",
      "a\nb",
    ]
    for name in bad { #expect(error(name) != nil, "\(name)") }
    #expect(error("Summary", "SUMMARY") != nil)
    // 16 emoji are 32 units of UTF-16.
    #expect(error(String(repeating: "🦊", count: 16)) != nil)
  }

  @Test func `a cell's text is visible, possible in XML, and cut where a cell ends`() {
    #expect(CellText.shown("a\u{1B}b\u{FFFF}") == "a\\u{1B}b\\u{FFFF}")
    let long = CellText.shown(String(repeating: "🦊", count: 20_000))
    #expect(long.utf16.count <= 32_767 && long.utf16.count > 32_760)
    #expect(long.hasSuffix("…"))
  }

  @Test func `addresses go on after Z`() {
    #expect(SheetPlan.address(0, 0) == "A1")
    #expect(SheetPlan.address(6, 25, fixed: true) == "Z$7")
    #expect(SheetPlan.address(6, 26) == "AA7")
    #expect(SheetPlan.address(6, 701) == "ZZ7")
    #expect(SheetPlan.address(6, 702) == "AAA7")
  }

  @Test func `a build without libxlsxwriter says how to get one with it`() throws {
    guard !Workbook.isBuilt else { return }
    #expect(throws: WorkbookError.notBuilt) { try Workbook.file(of: ReportStory.document) }
    #expect("\(WorkbookError.notBuilt)".contains("libxlsxwriter-dev"))
  }
}
