package import Tables

/// A chart drawn for a width, as an image that speaks: a title and a description come with it.
package struct ChartDrawing {
  let chart: ReportChart
  let display: Display
  let width: Double

  /// Letters of 12 pixels are about so wide.
  static let letter = 6.6

  package init(_ chart: ReportChart, on display: Display, width: Int) {
    self.chart = chart
    self.display = display
    self.width = Double(width)
  }

  /// - Parameter id: unique on the page; names the title and the description.
  package func svg(id: String) -> String {
    let (drawn, height) = chart.kind == .bar ? bars : columnsOrLines
    return """
      <svg role="img" aria-labelledby="\(id)-t \(id)-d" viewBox="0 0 \(Int(width)) \(Int(height))">
      <title id="\(id)-t">\(chart.heading.html)</title>
      <desc id="\(id)-d">\(chart.description(on: display).html)</desc>
      \(drawn.elements.joined(separator: "\n"))
      </svg>
      """
  }

  /// A value as the chart measures it; nil is a gap.
  func quantity(_ value: Value) -> Double? { value.quantity(in: chart.unit.unit) }

  /// What the pointer is told: `cobalt-air, 9 Nov: 412.50 USD`.
  func tooltip(_ series: ReportChart.Series, _ index: Int) -> String {
    let form = chart.unit.form(of: series.values, on: display)
    let label = chart.unit.label.map { " " + $0 } ?? ""
    return "\(series.name), \(chart.categories[index]): \(form.text(series.values[index]))\(label)"
  }

  /// Colours go round after eight.
  func color(_ series: Int) -> Int { series % 8 + 1 }

  func scale(_ values: [Double], steps: Int) -> ChartScale {
    ChartScale(values, steps: steps, isWhole: [.count, .tokens, .ms].contains(chart.unit.unit))
  }

  private var columnsOrLines: (SVG, Double) {
    let plot = TimePlot(self)
    return (plot.drawn, plot.height)
  }

  private var bars: (SVG, Double) {
    let plot = BarPlot(self)
    return (plot.drawn, plot.height)
  }
}
