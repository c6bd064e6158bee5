/// Memory for one value a call, kept from part to part.
final class ScanBuffer<Element: BitwiseCopyable> {
  private(set) var start: UnsafeMutablePointer<Element>
  private var capacity: Int

  init() {
    capacity = 8192
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// Makes room; what was held is lost.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    start.deallocate()
    capacity = max(count, capacity * 2)
    start = .allocate(capacity: capacity)
  }
}

/// Positions of calls in a part; nil is all of them.
struct ScanRows {
  var list: UnsafeMutablePointer<Int32>?
  var count: Int
}
