/// Where a series goes over from one level to another.
enum LevelChange {
  /// The first place of the later level: where two medians fit the values best, by absolute distance.
  ///
  /// - Parameter length: of each level, at least. nil if there are too few values.
  static func split(_ values: [Int64], atLeast length: Int) -> Int? {
    let length = max(length, 1)
    guard values.count >= 2 * length else { return nil }
    return (length...values.count - length).min { left, right in
      (misfit(values, left), left) < (misfit(values, right), right)
    }
  }

  private static func misfit(_ values: [Int64], _ split: Int) -> Int128 {
    misfit(values[..<split]) + misfit(values[split...])
  }

  private static func misfit(_ values: ArraySlice<Int64>) -> Int128 {
    guard let middle = Spread(Array(values))?.median else { return 0 }
    return values.reduce(0) { $0 + Int128(abs($1 - middle)) }
  }

  /// Whether the way from one level to the other is gone at once: half of it or more within one day.
  ///
  /// A ramp takes several days, each with a small part of the rise, however well two levels fit in the end.
  static func isStep(_ values: [Int64], at split: Int) -> Bool {
    guard let before = Spread(Array(values[..<split])), let after = Spread(Array(values[split...]))
    else { return false }
    let near = values[max(split - 3, 0)..<min(split + 3, values.count)]
    let steepest = zip(near, near.dropFirst()).map { $1 - $0 }.max() ?? 0
    return steepest * 2 >= after.median - before.median
  }
}
