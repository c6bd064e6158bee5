import Foundation

/// Days, weeks and months as people count them, in their zone.
enum CalendarBuckets {
  /// Where each begins, from the one that a window's start lies in; UTC days and hours are plain lengths.
  ///
  /// Weeks begin on Monday (ISO 8601).
  static func bucketing(_ name: String, over window: Range<Int64>, timezone: String)
    -> UsageBucketing?
  {
    if name == "none" { return nil }
    if let plain = UsageBucketing(named: name), name != "day" || timezone == "UTC" { return plain }
    guard let zone = TimeZone(identifier: timezone) else { return nil }
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = zone
    let unit: Calendar.Component =
      switch name {
      case "week": .weekOfYear
      case "month": .month
      default: .day
      }
    let first = Date(timeIntervalSince1970: Double(window.lowerBound) / 1000)
    guard var start = calendar.dateInterval(of: unit, for: first)?.start else { return nil }
    var starts: [Int64] = []
    // One more than the window has: it says where the last one ends.
    while starts.last.map({ $0 < window.upperBound }) ?? true, starts.count < 40_000 {
      starts.append(milliseconds(start))
      guard let next = calendar.date(byAdding: unit, value: 1, to: start) else { break }
      // Where a day begins at one o'clock because its midnight was skipped, the next begins at midnight.
      start = calendar.dateInterval(of: unit, for: next)?.start ?? next
    }
    return .from(starts)
  }

  /// What a trend over a window is shown by: hours up to two days, days up to sixty, else weeks or months.
  static func trend(over window: Range<Int64>) -> String {
    switch window.upperBound - window.lowerBound {
    case ...(2 * dayLength): "hour"
    case ...(60 * dayLength): "day"
    case ...(2000 * dayLength): "week"
    default: "month"
    }
  }

  private static func milliseconds(_ date: Date) -> Int64 {
    Int64((date.timeIntervalSince1970 * 1000).rounded())
  }
}
