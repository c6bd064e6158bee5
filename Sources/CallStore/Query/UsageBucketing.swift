/// The spans of time that a recipe keeps apart; `occurred_at` in `selected_usage` then is their start.
enum UsageBucketing: Equatable {
  /// So many milliseconds each, in UTC.
  case every(Int64)
  /// Days, weeks or months of a zone: where each begins, in ascending order, the first before the window.
  case from([Int64])

  static let minute = UsageBucketing.every(60_000)
  /// Where the hours and days of every zone begin.
  static let quarterHour = UsageBucketing.every(900_000)
  static let hour = UsageBucketing.every(hourLength)
  static let day = UsageBucketing.every(dayLength)

  init?(named name: String) {
    switch name {
    case "minute": self = .minute
    case "quarter-hour": self = .quarterHour
    case "hour": self = .hour
    case "day": self = .day
    default: return nil
    }
  }

  /// The longest sums that never reach over a boundary, in hours; nil if none do.
  var grain: Int64? {
    switch self {
    case .every(let length):
      length.isMultiple(of: dayLength) ? 24 : length.isMultiple(of: hourLength) ? 1 : nil
    case .from(let starts):
      starts.allSatisfy { $0.isMultiple(of: dayLength) }
        ? 24 : starts.allSatisfy { $0.isMultiple(of: hourLength) } ? 1 : nil
    }
  }

  /// Where an instant's bucket begins.
  func start(of instant: Int64) -> Int64 {
    switch self {
    case .every(let length): return floor(instant, length) * length
    case .from(let starts):
      var range = starts.startIndex..<starts.endIndex
      while range.count > 1 {
        let middle = range.lowerBound + range.count / 2
        range = starts[middle] <= instant ? middle..<range.upperBound : range.lowerBound..<middle
      }
      return range.isEmpty ? instant : starts[range.lowerBound]
    }
  }

  /// Where the buckets of a window begin; the first one not before the window does.
  func starts(over window: Range<Int64>) -> [Int64] {
    guard !window.isEmpty else { return [] }
    switch self {
    case .every(let length):
      let later = stride(
        from: (floor(window.lowerBound, length) + 1) * length, to: window.upperBound,
        by: Int(length))
      return [window.lowerBound] + later
    case .from(let starts):
      return [window.lowerBound]
        + starts.filter { $0 > window.lowerBound && $0 < window.upperBound }
    }
  }

  /// The buckets that a window does not cut, by their starts.
  func wholeBuckets(of window: Range<Int64>) -> Set<Int64> {
    Set(
      starts(over: window).filter { start in
        self.start(of: start) == start && end(of: start).map { $0 <= window.upperBound } ?? false
      })
  }

  /// Where the bucket of an instant ends; nil behind all of them.
  func end(of instant: Int64) -> Int64? {
    switch self {
    case .every(let length): (floor(instant, length) + 1) * length
    case .from(let starts): Self.firstStart(after: instant, in: starts)
    }
  }

  private static func firstStart(after instant: Int64, in starts: [Int64]) -> Int64? {
    var range = starts.startIndex..<starts.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = starts[middle] <= instant ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound < starts.endIndex ? starts[range.lowerBound] : nil
  }

  /// The same as SQL over a column.
  func start(of column: String) -> String {
    switch self {
    case .every(let length): "\(column) - \(column) % \(length)"
    case .from(let starts): Self.search(starts[...], column)
    }
  }

  /// A balanced tree: a year of days is nine comparisons deep.
  private static func search(_ starts: ArraySlice<Int64>, _ column: String) -> String {
    guard starts.count > 1 else { return "\(starts.first ?? 0)" }
    let middle = starts.startIndex + starts.count / 2
    return """
      CASE WHEN \(column) < \(starts[middle]) THEN \(search(starts[..<middle], column)) \
      ELSE \(search(starts[middle...], column)) END
      """
  }
}
