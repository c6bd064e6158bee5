import Tables

/// A chart with its legend and, folded away, its figures; drawn twice, as letters must not shrink with a phone.
struct PageChart {
  private let chart: ReportChart
  private let display: Display

  init(_ chart: ReportChart, on display: Display) {
    self.chart = chart
    self.display = display
  }

  func html(id: String) -> String {
    guard !chart.categories.isEmpty else {
      return "<h3>\(chart.title.html)</h3>\n<p class=\"empty\">No data.</p>"
    }
    return """
      <figure>
      <figcaption>\(chart.title.html)\(unit)</figcaption>
      \(legend)
      <div class="wide">
      \(ChartDrawing(chart, on: display, width: 860).svg(id: id + "-w"))
      </div>
      <div class="narrow">
      \(ChartDrawing(chart, on: display, width: 340).svg(id: id + "-n"))
      </div>
      <details><summary>Figures</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="\(chart.title.html), figures">
      \(PageTable(chart.table, on: display).element)
      </div></details>
      </figure>
      """
  }

  private var unit: String { chart.unit.label.map { " <small>\($0.html)</small>" } ?? "" }

  /// None where the title says it all.
  private var legend: String {
    guard chart.series.count > 1 || chart.band != nil else { return "" }
    let series = chart.series.enumerated().map { number, series in
      "<li>\(swatch(number, series))\(series.name.html)</li>\n"
    }
    let band = chart.band.map { band in
      "<li><svg class=\"swatch\" viewBox=\"0 0 26 12\" aria-hidden=\"true\">"
        + "<path class=\"band\" d=\"M0 1L26 1L26 11L0 11Z\"/></svg>\(band.name.html)</li>\n"
    }
    return "<ul class=\"legend\">\n\(series.joined())\(band ?? "")</ul>"
  }

  private func swatch(_ number: Int, _ series: ReportChart.Series) -> String {
    var drawn = SVG()
    let color = number % 8 + 1
    switch chart.kind {
    case .line:
      drawn.line(
        from: (0, 6), to: (26, 6), class: "l\(color)\(series.isDashed ? " dashed" : "")")
      drawn.marker(number, at: (13, 6), class: "f\(color)")
    case .bar, .stackedColumn:
      drawn.rectangle(x: 7, y: 0, width: 12, height: 12, class: "f\(color)")
    }
    return "<svg class=\"swatch\" viewBox=\"0 0 26 12\" aria-hidden=\"true\">"
      + "\(drawn.elements.joined())</svg>"
  }
}
