/// A trend as a line of text: one sign a bucket, as high as its part of the largest one.
enum Sparkline {
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// What is zero stands at the bottom, as does what is missing; what is not rises at least one level.
  static func text(_ values: [Int64]) -> String {
    let largest = values.max() ?? 0
    return String(
      values.map { value -> Character in
        guard value > 0, largest > 0 else { return levels[0] }
        let level = (Int128(value) * 7 + Int128(largest) / 2) / Int128(largest)
        return levels[max(1, Int(level))]
      })
  }
}
