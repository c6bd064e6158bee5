/// What the order of calls tells of each of them, in the order in which a scan reads them.
///
/// One byte or number a call: a scan goes over the calls once to find them, and once more to add up.
struct SequencedCalls {
  /// 1 in a storm; empty where nobody asks.
  var storm: [Int8] = []
  /// `CallSequence.Reuse`; negative where nothing is shared.
  var reuse: [Int8] = []
  /// By session: nothing before it is negative.
  var resent: [Int64] = []
  var hasGrown: [Bool] = []
  /// By operation: nothing before it is negative.
  var wait: [Int64] = []
  /// By operation: another attempt follows.
  var isSuperseded: [Bool] = []
  /// Calls handed out so far.
  private var place = 0

  /// Writes what is known of the next so many calls.
  func write(_ key: ScanKey, _ count: Int, into values: UnsafeMutablePointer<Int64>) {
    let codes = key == .storm ? storm : reuse
    for row in 0..<count {
      let code = codes[place + row]
      values[row] = code < 0 ? CodedCalls.null : Int64(code)
    }
  }

  /// Writes the next calls' shares in an amount; false if it is none that order tells.
  func write(
    _ amount: UsageAmount, _ count: Int, into values: UnsafeMutablePointer<Int64>
  ) -> Bool {
    switch amount {
    case .followingCalls:
      for row in 0..<count { values[row] = resent[place + row] < 0 ? 0 : 1 }
    case .resentTokens: for row in 0..<count { values[row] = max(resent[place + row], 0) }
    case .grownCalls: for row in 0..<count { values[row] = hasGrown[place + row] ? 1 : 0 }
    case .waitMs: for row in 0..<count { values[row] = max(wait[place + row], 0) }
    default: return false
    }
    return true
  }

  /// Whether a call follows another attempt.
  func isRetry(_ row: Int) -> Bool { wait[place + row] >= 0 }

  /// Whether another attempt follows a call.
  func isFollowed(_ row: Int) -> Bool { isSuperseded[place + row] }

  mutating func advance(_ count: Int) { place += count }
}

/// What is read of a call to tell its place among others.
struct SequencedRow {
  var time: Int64
  /// Breaks ties of time: calls that are equal here tell the same to the next.
  var first: Int64
  var second: Int64
  var key: Int64
  /// In the order of the scan.
  var place: Int

  static func precedes(_ left: SequencedRow, _ right: SequencedRow) -> Bool {
    (left.time, left.first, left.second) < (right.time, right.first, right.second)
  }
}
