import ReportStory
import Reports
import Tables
import Testing

@testable import Reports

struct ChartTests {
  private func labels(_ values: [Double], steps: Int = 5, isWhole: Bool = false) -> [String] {
    ChartScale(values, steps: steps, isWhole: isWhole).ticks.map(\.label)
  }

  @Test func `ticks are round numbers that reach the values and zero`() {
    #expect(labels([198.45]) == ["0", "50", "100", "150", "200"])
    #expect(labels([0.0231]) == ["0", "0.005", "0.01", "0.015", "0.02", "0.025"])
    #expect(labels([-14, 114]) == ["-50", "0", "50", "100", "150"])
    #expect(labels([61_204_117]) == ["0", "20M", "40M", "60M", "80M"])
    #expect(labels([43_000]) == ["0", "10k", "20k", "30k", "40k", "50k"])
    #expect(labels([1_200_000_000]) == ["0", "0.5bn", "1bn", "1.5bn"])
    #expect(labels([2], isWhole: true) == ["0", "1", "2"])
    #expect(labels([]) == ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    #expect(labels([.infinity, 3], steps: 3) == ["0", "1", "2", "3"])
  }

  @Test func `a column is as high as its share of the axis`() {
    let chart = ReportChart(
      .stackedColumn, title: "Spend", unit: .usd, categories: ["Mon"],
      series: [
        .init("alder-bank", [.integer(60_000_000_000)]),
        .init("cobalt-air", [.integer(40_000_000_000)]),
      ])
    let heights = rectangles(chart).map { $0["height"] ?? 0 }
    // The plot is 248 high, for an axis to 100.
    #expect(heights == [148.8, 99.2])
  }

  @Test func `negative bars go to the left of zero`() {
    let chart = ReportChart(
      .bar, title: "Change", unit: .usd, categories: ["alder-bank", "cobalt-air"],
      series: [.init("change", [.integer(-50_000_000_000), .integer(50_000_000_000)])])
    let bars = rectangles(chart)
    #expect(bars[0]["x"]! + bars[0]["width"]! == bars[1]["x"]!)
    #expect(bars[0]["width"] == bars[1]["width"])
  }

  @Test func `a gap parts a line, and what is not known has no marker`() {
    let chart = ReportChart(
      .line, title: "Spend", unit: .usd, categories: ["1", "2", "3", "4", "5"],
      series: [.init("a", [.integer(1), .integer(2), .null, .integer(3), .integer(2)])])
    let svg = ChartDrawing(chart, on: Display(), width: 860).svg(id: "c")
    #expect(svg.split(separator: "class=\"l1\"").count == 3)
    #expect(svg.split(separator: "<circle").count == 5)
  }

  @Test func `an image says what it shows, in text that cannot become markup`() {
    let chart = ReportChart(
      .bar, title: "<b>Spend</b>", unit: .usd, categories: ReportStory.hostile,
      series: [.init("this week", [1, 2, 3, 4].map { .integer($0 * 1_000_000_000) })])
    let svg = ChartDrawing(chart, on: Display(), width: 340).svg(id: "c")
    #expect(svg.contains("role=\"img\" aria-labelledby=\"c-t c-d\""))
    #expect(svg.contains("<title id=\"c-t\">&lt;b&gt;Spend&lt;/b&gt;, USD</title>"))
    #expect(svg.contains("4 bars. this week: at most 4.0000 (@SUM(1+1)*cmd|&#39;"))
    #expect(!svg.contains("<script") && !svg.contains("\u{202E}") && !svg.contains("\u{1B}"))
  }

  /// The rectangles' numbers, in the order of drawing.
  private func rectangles(_ chart: ReportChart) -> [[String: Double]] {
    let svg = ChartDrawing(chart, on: Display(), width: 860).svg(id: "c")
    return svg.split(separator: "\n").filter { $0.hasPrefix("<rect") }.map { line in
      var numbers: [String: Double] = [:]
      for match in line.matches(of: /([a-z]+)="(-?[0-9.]+)"/) {
        numbers[String(match.1)] = Double(match.2)
      }
      return numbers
    }
  }
}
