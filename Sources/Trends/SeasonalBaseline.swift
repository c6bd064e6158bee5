/// What was usual at this time, on this kind of day, in the last 28 days: a running median for each
/// hour of weekdays and of weekends, or for each day of the week.
struct SeasonalBaseline {
  static let days = 28

  private struct Sample {
    let day: Int
    let value: Double
  }

  private let width: SpendSeries.Width
  /// For each slot its samples, smallest first.
  private var samples: [[Sample]]
  /// Everything of the last 28 days, oldest first from `oldest`.
  private var recent: [SpendSeries.Bucket] = []
  private var oldest = 0
  private var total: Int128 = 0

  init(_ width: SpendSeries.Width) {
    self.width = width
    samples = Array(repeating: [], count: width == .day ? 7 : width.perDay * 2)
  }

  /// The median of the slot's samples, and how many there are; nil without any.
  func median(for bucket: SpendSeries.Bucket) -> (value: Double, count: Int)? {
    let samples = samples[slot(bucket)]
    let (count, middle) = (samples.count, samples.count / 2)
    if count == 0 { return nil }
    let upper = samples[middle].value
    return (count % 2 == 1 ? upper : (samples[middle - 1].value + upper) / 2, count)
  }

  /// The mean spend of a bucket, in nano-dollars.
  var mean: Double {
    oldest == recent.count ? 0 : Double(total) / Double(recent.count - oldest)
  }

  /// Forgets what is older than 28 days before `day`.
  mutating func forget(before day: Int) {
    while oldest < recent.count, recent[oldest].day < day - Self.days {
      let old = recent[oldest]
      let slot = slot(old)
      if let index = samples[slot].firstIndex(where: { $0.day == old.day }) {
        samples[slot].remove(at: index)
      }
      total -= Int128(old.nanos)
      oldest += 1
    }
  }

  mutating func learn(_ bucket: SpendSeries.Bucket) {
    let (slot, value) = (slot(bucket), Double(bucket.nanos))
    let index = samples[slot].firstIndex { $0.value >= value } ?? samples[slot].count
    samples[slot].insert(Sample(day: bucket.day, value: value), at: index)
    recent.append(bucket)
    total += Int128(bucket.nanos)
  }

  private func slot(_ bucket: SpendSeries.Bucket) -> Int {
    width == .day
      ? bucket.weekday : bucket.hour / width.rawValue * 2 + (bucket.isWeekend ? 1 : 0)
  }
}
