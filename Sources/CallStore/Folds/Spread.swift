/// The middle of values, and how far they spread around it.
struct Spread: Equatable {
  var low: Int64
  var median: Int64
  var high: Int64
  /// How many values there are.
  var count: Int64

  init(low: Int64, median: Int64, high: Int64, count: Int64) {
    self.low = low
    self.median = median
    self.high = high
    self.count = count
  }

  /// Of values by nearest rank; nil of none.
  init?(_ values: [Int64]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    func rank(_ percent: Int) -> Int64 { sorted[(sorted.count * percent + 99) / 100 - 1] }
    self.init(low: rank(25), median: rank(50), high: rank(75), count: Int64(sorted.count))
  }

  /// Half of a box plot's notch (McGill, Tukey and Larsen 1978): two medians whose notches do not overlap differ
  /// at about the 5 % level.
  var notch: Double {
    count > 0 ? 1.57 * Double(high - low) / Double(count).squareRoot() : .infinity
  }

  /// In per cent of the other's median; nil where that is 0.
  func change(from before: Spread) -> Double? {
    before.median > 0
      ? Double(median - before.median) * 100 / Double(before.median) : nil
  }

  /// Whether the values spread over much of the way from the other's median: they grew bit by bit, and did not jump.
  ///
  /// How far they spread before, in proportion, is no growth. Half of the way is much.
  func creeps(from before: Spread) -> Bool {
    guard before.median > 0 else { return false }
    let asBefore = Double(before.high - before.low) * Double(median) / Double(before.median)
    return (Double(high - low) - asBefore) * 2 >= Double(abs(median - before.median))
  }

  /// How sure it is that the middle is another one.
  enum Difference: Comparable { case none, notches, quartiles }

  func difference(from before: Spread) -> Difference {
    if low > before.high || high < before.low { return .quartiles }
    let distance = Double(abs(median - before.median))
    return distance > notch + before.notch ? .notches : .none
  }
}
