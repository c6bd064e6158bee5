#if XLSX
  import Reports
  import XLSXHeaders

  /// Carries a plan out with libxlsxwriter, and hands back the file's bytes.
  struct XLSXWriter {
    let library: XLSXLibrary
    let workbook: UnsafeMutablePointer<lxw_workbook>
    var formats: XLSXFormats

    static func bytes(
      of plan: WorkbookPlan, temporaryFolder: String
    ) throws(WorkbookError) -> [UInt8] {
      let library = try XLSXLibrary.system.get()
      let folder = try PrivateFolder(in: temporaryFolder)
      defer { folder.remove() }
      let path = folder.path + "/report.xlsx"
      try write(plan, to: path, temporaryFolder: folder.path, with: library)
      return try folder.bytes(of: path)
    }

    private static func write(
      _ plan: WorkbookPlan, to path: String, temporaryFolder: String, with library: XLSXLibrary
    ) throws(WorkbookError) {
      let workbook = temporaryFolder.withCString { folder in
        var options = lxw_workbook_options()
        options.tmpdir = UnsafeMutablePointer(mutating: folder)
        return library.new(path, &options)
      }
      guard let workbook else { throw .failed("it could not be begun") }
      var writer = XLSXWriter(
        library: library, workbook: workbook, formats: XLSXFormats(library, workbook))
      var failure: WorkbookError?
      do {
        try writer.setProperties(of: plan.document)
        try writer.write(plan)
      } catch { failure = error }
      // Closed whatever happened: it frees all that was allocated.
      let code = library.close(workbook)
      if let failure { throw failure }
      try writer.check(code)
    }

    private mutating func write(_ plan: WorkbookPlan) throws(WorkbookError) {
      var charts: [(UnsafeMutablePointer<lxw_worksheet>, SheetPlan.ChartPlace)] = []
      for plan in plan.sheets {
        let sheet = try write(plan)
        charts += plan.charts.map { (sheet, $0) }
      }
      if let figures = plan.figures { _ = try write(figures) }
      let drawing = XLSXCharts(library, workbook, on: plan.document.display)
      for (sheet, place) in charts { try check(drawing.insert(place, into: sheet)) }
    }

    private mutating func write(
      _ plan: SheetPlan
    ) throws(WorkbookError) -> UnsafeMutablePointer<lxw_worksheet> {
      guard let sheet = library.addSheet(workbook, plan.name) else {
        throw .sheetName(plan.name, reason: "libxlsxwriter does not take it")
      }
      for (column, width) in plan.widths.enumerated() {
        let column = UInt16(column)
        try check(library.sheet.setColumn(sheet, column, column, width, nil))
      }
      for cell in plan.cells { try write(cell, to: sheet) }
      if let filter = plan.filter {
        try check(
          library.sheet.autofilter(
            sheet, UInt32(filter.firstRow), 0, UInt32(filter.lastRow), UInt16(filter.lastColumn)))
      }
      if let header = plan.frozenHeader {
        library.sheet.freeze(sheet, UInt32(header + 1), 1)
        try check(library.sheet.repeatRows(sheet, UInt32(header), UInt32(header)))
      }
      library.sheet.gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
      if plan.isLandscape { library.sheet.setLandscape(sheet) }
      // 9 is A4; as many pages down as it takes.
      library.sheet.setPaper(sheet, 9)
      library.sheet.fitToPages(sheet, 1, 0)
      try check(library.sheet.setFooter(sheet, "&L&A&R&P / &N"))
      return sheet
    }

    /// Text never goes where a formula or an address could be read into it.
    private mutating func write(
      _ cell: SheetPlan.Cell, to sheet: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
      let (row, column) = (UInt32(cell.row), UInt16(cell.column))
      let format = formats[cell.style]
      let code =
        switch cell.content {
        case .blank: library.sheet.blank(sheet, row, column, format)
        case .text(let text): library.sheet.string(sheet, row, column, text, format)
        case .number(let number): library.sheet.number(sheet, row, column, number, format)
        case .flag(let flag): library.sheet.boolean(sheet, row, column, flag ? 1 : 0, format)
        case .formula(let formula, let value):
          library.sheet.formula(sheet, row, column, formula, format, value)
        }
      try check(code)
    }

    /// The file's only clock is the time of its making, which is that of the report.
    private func setProperties(of document: ReportDocument) throws(WorkbookError) {
      let title = CellText.shown(document.title).prefix(200)
      let subject = CellText.shown(document.subtitle).prefix(200)
      let code = String(title).withCString { title in
        String(subject).withCString { subject in
          "forensics".withCString { author in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: title)
            properties.subject = UnsafeMutablePointer(mutating: subject)
            properties.author = UnsafeMutablePointer(mutating: author)
            // 0 would be "now".
            properties.created = max(1, Int(document.asOf / 1000))
            return library.setProperties(workbook, &properties)
          }
        }
      }
      try check(code)
    }

    private func check(_ code: lxw_error) throws(WorkbookError) {
      guard code != LXW_NO_ERROR else { return }
      throw .failed(library.explain(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
    }
  }
#endif
