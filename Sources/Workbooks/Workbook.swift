package import Reports

/// A report as a workbook for spreadsheets: sheets, formulas with stored values, native charts.
package enum Workbook {
  /// Whether this build can write one at all; the library still has to be there at run time.
  package static var isBuilt: Bool {
    #if XLSX
      true
    #else
      false
    #endif
  }

  /// The same bytes for the same document, every time.
  ///
  /// - Parameter temporaryFolder: where a private folder may be made for as long as it takes.
  package static func file(
    of document: ReportDocument, named name: String = "report.xlsx",
    temporaryFolder: String = "/tmp"
  ) throws(WorkbookError) -> ReportFile {
    let plan = try WorkbookPlan(document)
    #if XLSX
      return ReportFile(
        name: name, bytes: try XLSXWriter.bytes(of: plan, temporaryFolder: temporaryFolder))
    #else
      _ = plan
      throw .notBuilt
    #endif
  }
}
