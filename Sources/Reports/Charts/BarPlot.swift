import Tables

/// A bar to the right for each name, longest names cut, each with its value at its end.
struct BarPlot {
  private let drawing: ChartDrawing
  private let scale: ChartScale
  private let names: [String]
  private let nameEnd: Double
  private let left: Double
  private let right: Double
  private(set) var drawn = SVG()
  let height: Double
  private let rowHeight: Double
  private let barHeight = 18.0
  private let forms: [ReadableForm]

  private var chart: ReportChart { drawing.chart }
  /// On a narrow chart names stand above their bars.
  private var isNarrow: Bool { drawing.width < 500 }

  init(_ drawing: ChartDrawing) {
    let chart = drawing.chart
    let isNarrow = drawing.width < 500
    self.drawing = drawing
    names = chart.categories.map { $0.label(cutTo: isNarrow ? 44 : 28) }
    forms = chart.series.map { chart.unit.form(of: $0.values, on: drawing.display) }
    let values = chart.series.flatMap(\.values).compactMap(drawing.quantity)
    scale = drawing.scale(values, steps: isNarrow ? 3 : 5)
    let texts = zip(chart.series, forms).flatMap { series, form in series.values.map(form.text) }
    let room = Double(texts.map(\.displayWidth).max() ?? 1) * ChartDrawing.letter + 12
    let widest = Double(names.map(\.displayWidth).max() ?? 1) * ChartDrawing.letter + 12
    nameEnd = widest - 8
    left = (isNarrow ? 4 : widest) + ((values.min() ?? 0) < 0 ? room : 0)
    right = drawing.width - room
    rowHeight = Double(chart.series.count) * 20 + (isNarrow ? 26 : 10)
    height = Double(names.count) * rowHeight + 30
    drawAxis()
    for index in names.indices { drawRow(index) }
  }

  private func x(_ value: Double) -> Double { left + scale.fraction(value) * (right - left) }

  private mutating func drawAxis() {
    let bottom = height - 24
    for tick in scale.ticks {
      drawn.line(
        from: (x(tick.value), 4), to: (x(tick.value), bottom),
        class: tick.value == 0 ? "axis" : "grid")
      drawn.text(tick.label, at: (x(tick.value), bottom + 16), anchor: .middle)
    }
  }

  private mutating func drawRow(_ index: Int) {
    let top = Double(index) * rowHeight + 4
    let firstBar = top + (isNarrow ? 22 : 4)
    if isNarrow {
      drawn.text(names[index], at: (2, top + 14), class: "name")
    } else {
      let middle = firstBar + Double(chart.series.count) * 10 + 4
      drawn.text(names[index], at: (nameEnd, middle), anchor: .end, class: "name")
    }
    for (number, series) in chart.series.enumerated() {
      let y = firstBar + Double(number) * 20
      let text = forms[number].text(series.values[index])
      guard let value = drawing.quantity(series.values[index]) else {
        drawn.text(text, at: (x(0) + 5, y + 13))
        continue
      }
      drawn.rectangle(
        x: min(x(0), x(value)), y: y, width: (x(value) - x(0)).magnitude, height: barHeight,
        class: "f\(drawing.color(number))", title: drawing.tooltip(series, index))
      let isNegative = value < 0
      drawn.text(
        text, at: (x(value) + (isNegative ? -5 : 5), y + 13), anchor: isNegative ? .end : .start,
        class: "value")
    }
  }
}
