import Tables

/// Lines with their range, or stacked columns, above an axis of categories.
struct TimePlot {
  private let drawing: ChartDrawing
  private let scale: ChartScale
  private let left: Double
  private let right: Double
  private(set) var drawn = SVG()
  let height: Double
  private let top = 12.0
  private let bottom: Double

  private var chart: ReportChart { drawing.chart }
  private var isNarrow: Bool { drawing.width < 500 }

  init(_ drawing: ChartDrawing) {
    self.drawing = drawing
    height = drawing.width < 500 ? 230 : 290
    bottom = height - 30
    scale = drawing.scale(Self.extent(of: drawing), steps: drawing.width < 500 ? 4 : 5)
    let widest = scale.ticks.map(\.label.displayWidth).max() ?? 1
    left = Double(widest) * ChartDrawing.letter + 12
    right = drawing.width - 14
    drawAxes()
    switch drawing.chart.kind {
    case .line: drawLines()
    case .stackedColumn, .bar: drawColumns()
    }
  }

  /// What the axis has to reach: the values, the range, or what stands on each other.
  private static func extent(of drawing: ChartDrawing) -> [Double] {
    let chart = drawing.chart
    guard chart.kind == .line else {
      return chart.categories.indices.flatMap { index in
        let parts = chart.series.compactMap { drawing.quantity($0.values[index]) }
        return [
          parts.filter { $0 > 0 }.reduce(0, +), parts.filter { $0 < 0 }.reduce(0, +),
        ]
      }
    }
    let band = chart.band.map { $0.low + $0.high } ?? []
    return (chart.series.flatMap(\.values) + band).compactMap(drawing.quantity)
  }

  private func y(_ value: Double) -> Double { bottom - scale.fraction(value) * (bottom - top) }

  private var slot: Double { (right - left) / Double(max(1, chart.categories.count)) }

  /// The middle of a category's place.
  private func x(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }

  private mutating func drawAxes() {
    for tick in scale.ticks {
      let height = y(tick.value)
      drawn.line(
        from: (left, height), to: (right, height), class: tick.value == 0 ? "axis" : "grid")
      drawn.text(tick.label, at: (left - 6, height + 4), anchor: .end)
    }
    let labels = chart.categories.map { $0.label(cutTo: isNarrow ? 10 : 14) }
    let widest = Double(labels.map(\.displayWidth).max() ?? 1) * ChartDrawing.letter + 10
    var every = 1
    while slot * Double(every) < widest, every < labels.count { every += 1 }
    for index in labels.indices where index % every == 0 {
      // A label at the border would be cut.
      let half = Double(labels[index].displayWidth) * ChartDrawing.letter / 2
      let middle = min(max(x(index), half + 2), drawing.width - half - 2)
      drawn.text(labels[index], at: (middle, bottom + 18), anchor: .middle)
    }
  }

  private mutating func drawLines() {
    drawBand()
    for (number, series) in chart.series.enumerated() {
      let points = series.values.enumerated().map { index, value in
        drawing.quantity(value).map { (x: x(index), y: y($0)) }
      }
      let dash = series.isDashed ? " dashed" : ""
      let color = drawing.color(number)
      for run in points.split(whereSeparator: { $0 == nil }) {
        drawn.path(run.compactMap(\.self), class: "l\(color)\(dash)")
      }
      guard points.count <= (isNarrow ? 16 : 45) else { continue }
      for (index, point) in points.enumerated() {
        guard let point else { continue }
        drawn.marker(number, at: point, class: "f\(color)", title: drawing.tooltip(series, index))
      }
    }
  }

  /// The range as an area, where both its ends are known.
  private mutating func drawBand() {
    guard let band = chart.band else { return }
    let ends = chart.categories.indices.compactMap {
      index -> (x: Double, low: Double, high: Double)? in
      guard let low = drawing.quantity(band.low[index]),
        let high = drawing.quantity(band.high[index])
      else { return nil }
      return (x(index), y(low), y(high))
    }
    guard !ends.isEmpty else { return }
    drawn.path(
      ends.map { ($0.x, $0.high) } + ends.reversed().map { ($0.x, $0.low) }, closed: true,
      class: "band")
  }

  private mutating func drawColumns() {
    let width = min(slot * 0.72, 56)
    for index in chart.categories.indices {
      var (above, below) = (0.0, 0.0)
      for (number, series) in chart.series.enumerated() {
        guard let value = drawing.quantity(series.values[index]), value != 0 else { continue }
        let start = value > 0 ? above : below
        let end = start + value
        if value > 0 { above = end } else { below = end }
        drawn.rectangle(
          x: x(index) - width / 2, y: y(max(start, end)), width: width,
          height: (y(start) - y(end)).magnitude, class: "f\(drawing.color(number)) part",
          title: drawing.tooltip(series, index))
      }
    }
    drawn.line(from: (left, y(0)), to: (right, y(0)), class: "axis")
  }
}
