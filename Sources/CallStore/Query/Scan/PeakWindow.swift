/// The most calls of one group within any span of time, found hour by hour: what lies further back than
/// the span is forgotten.
struct PeakWindow {
  private var times: [Int64] = []
  private(set) var peak: Int64 = 0
  private let span: Int64

  /// - Parameter span: milliseconds.
  init(span: Int64 = UsageAmount.peakSpan) { self.span = span }

  mutating func add(_ time: Int64) { times.append(time) }

  /// Counts what came so far; calls still to come are not before `instant`.
  mutating func settle(before instant: Int64) {
    guard !times.isEmpty else { return }
    // Logs are nearly in order of time, and so are their parts: little is left to sort.
    times.sort()
    var first = 0
    for (index, time) in times.enumerated() {
      while times[first] <= time &- span { first += 1 }
      peak = max(peak, Int64(index - first + 1))
    }
    times.removeFirst(times.firstIndex { $0 > instant &- span } ?? times.count)
  }
}
