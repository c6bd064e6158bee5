/// What single calls of a group showed, kept to find percentiles in: exact, by selection.
struct MeasuredValues {
  private var values: [Int64] = []

  mutating func add(_ value: Int64) { values.append(value) }

  /// The value at a percentile; `CodedCalls.null` of no values.
  mutating func value(at percentile: UsagePercentile) -> Int64 {
    guard !values.isEmpty else { return CodedCalls.null }
    let rank = percentile.rank(among: values.count)
    return values.withUnsafeMutableBufferPointer { Self.select(rank, in: $0) }
  }

  /// Hoare's selection: what comes before a rank is moved before it; sorts where pivots are unlucky.
  private static func select(_ rank: Int, in values: UnsafeMutableBufferPointer<Int64>) -> Int64 {
    var low = 0
    var high = values.count - 1
    var tries = 0
    while low < high {
      tries += 1
      guard tries < 64 else {
        var rest = UnsafeMutableBufferPointer(rebasing: values[low...high])
        rest.sort()
        break
      }
      let pivot = median(values[low], values[(low + high) / 2], values[high])
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        break
      }
    }
    return values[rank]
  }

  private static func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
    max(min(a, b), min(max(a, b), c))
  }
}
