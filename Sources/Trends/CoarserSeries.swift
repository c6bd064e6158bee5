extension SpendSeries {
  /// The same spend in wider buckets of the local day; those of which hours are missing are marked
  /// incomplete.
  ///
  /// A day on which the clocks change has 23 or 25 hours.
  package func folded(to wider: Width) -> SpendSeries {
    guard wider.rawValue > width.rawValue, let first = buckets.first, let last = buckets.last else {
      return self
    }
    func slot(_ time: (day: Int, hour: Int)) -> (Int, Int) {
      (time.day, time.hour / wider.rawValue)
    }
    let before = slot(clock.time(at: first.start - width.milliseconds))
    let after = slot(clock.time(at: last.end))

    var folded: [Bucket] = []
    var index = 0
    while index < buckets.count {
      let start = buckets[index]
      let here = slot((start.day, start.hour))
      var (end, nanos, isComplete) = (start.end, Int64(0), here != before && here != after)
      while index < buckets.count, slot((buckets[index].day, buckets[index].hour)) == here {
        end = buckets[index].end
        nanos = nanos.saturatingAdding(buckets[index].nanos)
        isComplete = isComplete && buckets[index].isComplete
        index += 1
      }
      folded.append(
        Bucket(
          start: start.start, end: end, nanos: nanos, day: start.day, hour: start.hour,
          isComplete: isComplete))
    }
    return SpendSeries(width: wider, buckets: folded, clock: clock)
  }

  /// The share of unexpectedly empty buckets from which a width is too fine: at 10 % the detector
  /// finds half of the faulty hours that it finds otherwise, at 15 % none.
  static let sparseShare = 0.1

  /// The share of complete buckets of the last 28 days that are empty though at most half of their
  /// like are, 0…1; 1 where no bucket is usually spent in.
  ///
  /// What is always closed at this time, on this kind of day, is no gap.
  package var unexpectedlyEmptyShare: Double {
    let recent = buckets.suffix(28 * width.perDay).filter(\.isComplete)
    let alike = Dictionary(grouping: recent) { ($0.isWeekend ? 24 : 0) + $0.hour }
    let open = alike.values.filter { alike in alike.count { $0.nanos <= 0 } * 2 <= alike.count }
    let (all, empty) = open.reduce(into: (0, 0)) { sum, alike in
      sum.0 += alike.count
      sum.1 += alike.count { $0.nanos <= 0 }
    }
    return all == 0 ? 1 : Double(empty) / Double(all)
  }

  /// The series in the finest buckets that are not too often empty: hours, quarter days or days.
  package var denseEnough: SpendSeries {
    for wider in Width.allCases where wider.rawValue >= width.rawValue {
      let folded = folded(to: wider)
      if wider == .day || folded.unexpectedlyEmptyShare < Self.sparseShare { return folded }
    }
    return self
  }
}
