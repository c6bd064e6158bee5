/// The share that each hour of the week has in a week's spend, learned from 28 days and drawn to
/// equal shares while history is short.
package struct HourProfile: Sendable {
  /// 168 weights, Monday 00:00 first, that sum to 1.
  package let weights: [Double]
  /// How far the weights are learned, 0 (all equal) to 1 (28 days).
  package let confidence: Double
  private let clock: LocalClock

  /// Learns from the hours of the last 28 days of `hours`.
  ///
  /// With fewer than 7 days not every hour of the week has come, and all weigh the same.
  package init(_ hours: SpendSeries) {
    clock = hours.clock
    let recent = hours.buckets.suffix(28 * 24)
    var (sums, counts) = (Array(repeating: 0.0, count: 168), Array(repeating: 0.0, count: 168))
    for hour in recent {
      sums[hour.weekday * 24 + hour.hour] += max(0, Double(hour.nanos))
      counts[hour.weekday * 24 + hour.hour] += 1
    }
    let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    let total = means.reduce(0, +)
    let days = Double(recent.count) / 24
    confidence = days < 7 || total <= 0 || hours.width != .hour ? 0 : min(1, days / 28)
    let learned = confidence
    weights = means.map {
      (total > 0 ? learned * $0 / total : 0) + (1 - learned) / 168
    }
  }

  /// The share of `period`'s spend that is expected in `window`, both in UTC milliseconds.
  package func expectedShare(of window: Range<Int64>, in period: Range<Int64>) -> Double {
    let whole = weight(of: period)
    return whole > 0 ? weight(of: window.clamped(to: period)) / whole : 0
  }

  /// The weights of the hours in a range, parts of hours in proportion.
  private func weight(of range: Range<Int64>) -> Double {
    var (sum, at) = (0.0, range.lowerBound)
    while at < range.upperBound {
      let next = min(
        range.upperBound, (at.flooredQuotient(by: hourMilliseconds) + 1) * hourMilliseconds)
      let (day, hour) = clock.time(at: at)
      let weight = weights[LocalClock.weekday(ofDay: day) * 24 + hour]
      sum += weight * Double(next - at) / Double(hourMilliseconds)
      at = next
    }
    return sum
  }
}
