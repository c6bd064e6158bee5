import ArgumentParser
import Tables

/// The length of a report's buckets, which begin at whole days, hours or minutes in UTC.
enum BucketWidth: String, CaseIterable, ExpressibleByArgument, Sendable {
  case day = "1d"
  case hour = "1h"
  case minute = "1m"

  var milliseconds: Int64 {
    switch self {
    case .day: 86_400_000
    case .hour: 3_600_000
    case .minute: 60_000
    }
  }

  /// The start of the bucket that an instant lies in.
  func floor(_ instant: Int64) -> Int64 {
    instant - (instant % milliseconds + milliseconds) % milliseconds
  }

  /// The first bucket's start at an instant or after it.
  func ceiling(_ instant: Int64) -> Int64 { floor(instant + milliseconds - 1) }

  /// Of a bucket's start: `2026-11-01`, or `2026-11-01T06:00:00Z` where buckets are shorter than days.
  func text(_ instant: Int64) -> String {
    self == .day ? String(instant.rfc3339.prefix(10)) : instant.rfc3339
  }
}

extension Int64 {
  /// An instant to the second: `2026-11-01T00:00:00Z`.
  var rfc3339: String { ClockTime(self).rfc3339.replacing(".000Z", with: "Z") }
}
