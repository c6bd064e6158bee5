/// Finds the calls that lie within a span of time with more than so many of the same hash.
struct StormCalls {
  private let storm: CallSequence.Storm
  private var slots = CodeSlots()
  private var peaks: PeakWindows
  private var volumes: [Int64] = []
  private var isHot: [Bool] = []
  private var calls: [SequencedRow] = []

  init(_ storm: CallSequence.Storm) {
    self.storm = storm
    peaks = PeakWindows(span: storm.within)
  }

  // MARK: - First: whose calls come too fast at any time

  mutating func count(_ key: Int64, at time: Int64) {
    let slot = slots.slot(of: key)
    if slot == volumes.count {
      peaks.addGroup()
      volumes.append(0)
    }
    peaks.add(time, to: Int32(truncatingIfNeeded: slot))
    volumes[slot] += 1
  }

  /// All calls of an hour have been counted.
  mutating func settle() { peaks.settle() }

  mutating func findHot() {
    settle()
    isHot = zip(peaks.peaks, volumes).map { storm.isExceeded(by: $0, volume: $1) }
  }

  // MARK: - Then: which of them

  var hasHot: Bool { isHot.contains(true) }
  var keys: [Int64] { isHot.indices.filter { isHot[$0] }.map { slots.codes[$0] } }

  /// The hash came too fast at some time.
  ///
  /// A part also knows hashes of calls that are not selected, and so were not counted.
  mutating func isHot(_ key: Int64) -> Bool {
    let slot = slots.slot(of: key)
    return slot < isHot.count && isHot[slot]
  }

  mutating func add(_ row: SequencedRow) { calls.append(row) }

  /// Marks the calls of every window that holds too many.
  mutating func mark(_ flags: inout [Int8]) {
    calls.sort { ($0.key, $0.time) < ($1.key, $1.time) }
    var first = 0
    var marked = 0
    for (index, call) in calls.enumerated() {
      while calls[first].key != call.key || calls[first].time <= call.time &- storm.within {
        first += 1
      }
      // Calls of the same instant are in one window, whichever is looked at first.
      let volume = volumes[slots.slot(of: call.key)]
      guard storm.isExceeded(by: Int64(index - first + 1), volume: volume) else { continue }
      for place in max(first, marked)...index { flags[calls[place].place] = 1 }
      marked = index + 1
    }
  }
}
