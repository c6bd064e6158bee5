/// Values as a line of small bars.
enum TrendLine {
  /// The newest so many values, from nothing to the largest.
  static func drawn(_ values: [Int64], newest count: Int = 30) -> String {
    let bars = Array("▁▂▃▄▅▆▇█")
    let shown = values.suffix(count)
    guard let largest = shown.max(), largest > 0 else {
      return String(repeating: "▁", count: shown.count)
    }
    return String(
      shown.map { value in
        bars[Int(Int128(max(value, 0)) * Int128(bars.count - 1) / Int128(largest))]
      })
  }
}
