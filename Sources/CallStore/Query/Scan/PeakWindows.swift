/// The most calls of each group within any span of time, found hour by hour: what lies further back than the span
/// is forgotten.
///
/// One window slides over the calls of all groups, and counts how many each has in it.
struct PeakWindows {
  private let span: Int64
  /// In the window, in order of time; behind them what came since it was last moved.
  private var seen: [(time: Int64, group: Int32)] = []
  private var inWindow = 0
  /// By group: calls in the window, and the most there ever were.
  private var counts: [Int64] = []
  private(set) var peaks: [Int64] = []

  /// - Parameter span: milliseconds.
  init(span: Int64 = UsageAmount.peakSpan) { self.span = span }

  /// Groups are numbered in the order they are added.
  mutating func addGroup() {
    counts.append(0)
    peaks.append(0)
  }

  mutating func add(_ time: Int64, to group: Int32) { seen.append((time, group)) }

  /// Moves the window over what came so far; calls still to come are not before any of them.
  mutating func settle() {
    // Logs are nearly in order of time, and so are their parts: little is left to sort.
    seen[inWindow...].sort { $0.time < $1.time }
    var first = 0
    for (time, group) in seen[inWindow...] {
      while seen[first].time <= time &- span {
        counts[Int(seen[first].group)] -= 1
        first += 1
      }
      counts[Int(group)] += 1
      peaks[Int(group)] = max(peaks[Int(group)], counts[Int(group)])
    }
    seen.removeFirst(first)
    inWindow = seen.count
  }
}
