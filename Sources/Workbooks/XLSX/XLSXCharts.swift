#if XLSX
  import Reports
  import Tables
  import XLSXHeaders

  /// Native charts that read their figures, names and titles from cells, so that no text becomes a formula.
  struct XLSXCharts {
    private let library: XLSXLibrary
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let display: Display
    private let figures = WorkbookPlan.figuresName

    /// Those of the page.
    private static let colors: [UInt32] = [
      0x0072B2, 0xD55E00, 0x008A66, 0xB5578F, 0xA87800, 0x2F8FC6, 0x5B5F66, 0x7A4FB5,
    ]

    init(
      _ library: XLSXLibrary, _ workbook: UnsafeMutablePointer<lxw_workbook>, on display: Display
    ) {
      self.library = library
      self.display = display
      self.workbook = workbook
    }

    func insert(
      _ place: SheetPlan.ChartPlace, into sheet: UnsafeMutablePointer<lxw_worksheet>
    ) -> lxw_error {
      let plan = place.chart
      guard !plan.categories.isEmpty,
        let chart = library.addChart(workbook, UInt8(kind(of: plan).rawValue))
      else { return plan.categories.isEmpty ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED }
      for number in plan.series.indices {
        addSeries(number, isDashed: plan.series[number].isDashed, to: chart, place)
      }
      // The range's ends are two thin lines more.
      for end in plan.band == nil ? 0..<0 : 0..<2 {
        addSeries(plan.series.count + end, isDashed: true, isEnd: true, to: chart, place)
      }
      style(chart, place)
      return plan.description(on: display).withCString { description in
        var options = lxw_chart_options()
        options.x_scale = 1.5
        // Neither moved nor hidden when a filter hides rows.
        options.object_position = UInt8(LXW_OBJECT_DONT_MOVE_DONT_SIZE.rawValue)
        options.description = UnsafeMutablePointer(mutating: description)
        return library.sheet.insertChart(
          sheet, UInt32(place.row), UInt16(place.column), chart, &options)
      }
    }

    private func kind(of chart: ReportChart) -> lxw_chart_type {
      switch chart.kind {
      case .line: LXW_CHART_LINE
      case .bar: LXW_CHART_BAR
      case .stackedColumn: LXW_CHART_COLUMN_STACKED
      }
    }

    private func addSeries(
      _ number: Int, isDashed: Bool, isEnd: Bool = false, to chart: UnsafeMutablePointer<lxw_chart>,
      _ place: SheetPlan.ChartPlace
    ) {
      guard let series = library.chart.addSeries(chart, nil, nil) else { return }
      let header = UInt32(place.figuresRow + 1)
      let (first, last) = (header + 1, header + UInt32(place.chart.categories.count))
      let column = UInt16(number + 1)
      library.chart.setCategories(series, figures, first, 0, last, 0)
      library.chart.setValues(series, figures, first, column, last, column)
      library.chart.setName(series, figures, header, column)
      let color = isEnd ? 0x8A9099 : Self.colors[number % Self.colors.count]
      if place.chart.kind == .line {
        var line = lxw_chart_line()
        line.color = color
        line.width = isEnd ? 1 : 2.25
        line.dash_type = UInt8(
          (isDashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID).rawValue)
        library.chart.setLine(series, &line)
        library.chart.setMarker(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
      } else {
        var fill = lxw_chart_fill()
        fill.color = color
        library.chart.setFill(series, &fill)
      }
    }

    private func style(_ chart: UnsafeMutablePointer<lxw_chart>, _ place: SheetPlan.ChartPlace) {
      library.chart.setTitle(chart, figures, UInt32(place.figuresRow), 0)
      var font = lxw_chart_font()
      font.size = 12
      font.bold = 1
      library.chart.setTitleFont(chart, &font)
      let isAlone = place.chart.series.count == 1 && place.chart.band == nil
      library.chart.setLegend(
        chart, UInt8((isAlone ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_BOTTOM).rawValue))
      var gridlines = lxw_chart_line()
      gridlines.color = 0xDFE2E7
      gridlines.width = 0.75
      // In a bar chart the names are on the second axis, and stand from the bottom up.
      let isBar = place.chart.kind == .bar
      if isBar { library.chart.reverseAxis(chart.pointee.y_axis) }
      let values = isBar ? chart.pointee.x_axis : chart.pointee.y_axis
      library.chart.setGridlines(values, &gridlines)
      library.chart.setAxisFormat(values, place.chart.unit.unit == .pct ? "0%" : "#,##0.##")
    }
  }
#endif
