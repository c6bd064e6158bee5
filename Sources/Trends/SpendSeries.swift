/// Spend in a spine of buckets of time, oldest first, without gaps.
///
/// A bucket inside the ingested range that has no spend is 0. What comes after the last complete
/// bucket is unknown, not 0, and is not in the series.
package struct SpendSeries: Sendable {
  /// How wide a bucket is.
  package enum Width: Int, Sendable, CaseIterable {
    case hour = 1
    case quarterDay = 6
    case day = 24

    var milliseconds: Int64 { Int64(rawValue) * hourMilliseconds }
    package var perDay: Int { 24 / rawValue }
  }

  package struct Bucket: Sendable, Equatable {
    /// Half-open bounds in UTC milliseconds.
    package let start, end: Int64
    /// Nano-dollars.
    package let nanos: Int64
    /// The local date in days since 1970-01-01, and the local hour of the day where it begins.
    package let day, hour: Int
    /// Whether all of it was ingested; only a bucket at either end of a folded series may not be.
    package let isComplete: Bool

    /// 0 for Monday to 6 for Sunday.
    package var weekday: Int { LocalClock.weekday(ofDay: day) }
    package var isWeekend: Bool { weekday >= 5 }
  }

  package let width: Width
  package let buckets: [Bucket]
  package let clock: LocalClock

  /// Lays sums on the spine of whole buckets inside `[from, completeUntil)`, all in UTC
  /// milliseconds.
  ///
  /// Buckets begin at multiples of `width` in UTC; days of another zone are folded from hours. Sums
  /// of one bucket are added; those outside of the range are left out.
  package init(
    _ sums: some Sequence<(start: Int64, nanos: Int64)>, width: Width = .hour, from: Int64,
    completeUntil: Int64, clock: LocalClock = .utc
  ) {
    let step = width.milliseconds
    let first = -(-from).flooredQuotient(by: step)
    let count = Int(max(0, completeUntil.flooredQuotient(by: step) - first))
    var nanos = [Int64](repeating: 0, count: count)
    for sum in sums {
      let index = Int(sum.start.flooredQuotient(by: step) - first)
      if nanos.indices.contains(index) { nanos[index] = nanos[index].saturatingAdding(sum.nanos) }
    }
    let buckets = nanos.enumerated().map { index, nanos in
      let start = (first + Int64(index)) * step
      let (day, hour) = clock.time(at: start)
      return Bucket(
        start: start, end: start + step, nanos: nanos, day: day, hour: hour, isComplete: true)
    }
    self.init(width: width, buckets: buckets, clock: clock)
  }

  init(width: Width, buckets: [Bucket], clock: LocalClock) {
    self.width = width
    self.buckets = buckets
    self.clock = clock
  }
}
