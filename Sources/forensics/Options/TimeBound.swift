import ArgumentParser
import CallStore
import Foundation
import UsageLog

/// A bound of a window as it is typed: `24h`, `7d`, `2w`, a date, or an RFC 3339 instant.
enum TimeBound: Equatable {
  /// So many milliseconds before "now".
  case ago(Int64)
  /// The start of a day in the report's zone.
  case day(year: Int, month: Int, day: Int)
  case instant(Int64)

  /// - Throws: `ValidationError`; a bound that cannot be read is never "no bound".
  init(_ text: String, option: String) throws {
    if let milliseconds = spanMilliseconds(text) {
      self = .ago(milliseconds)
    } else if let parts = Self.date(text) {
      self = .day(year: parts[0], month: parts[1], day: parts[2])
    } else if let instant = Self.instant(text) {
      self = .instant(instant)
    } else {
      throw ValidationError(
        "\(option) takes 24h, 7d, 2w, a date (2026-11-01) or an instant (2026-11-01T08:00:00Z), "
          + "not '\(text)'")
    }
  }

  /// UTC milliseconds.
  func resolved(now: Int64, zone: TimeZone) -> Int64 {
    switch self {
    case .ago(let milliseconds): return now - milliseconds
    case .instant(let instant): return instant
    case .day(let year, let month, let day):
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = zone
      let start = calendar.date(from: DateComponents(year: year, month: month, day: day))
      return Int64(((start?.timeIntervalSince1970 ?? 0) * 1000).rounded())
    }
  }

  private static func date(_ text: String) -> [Int]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2] else { return nil }
    let numbers = parts.compactMap { Int($0) }
    // Read as an instant too, so that 2026-02-30 is refused.
    guard numbers.count == 3, instant(text + "T00:00:00Z") != nil else { return nil }
    return numbers
  }

  private static func instant(_ text: String) -> Int64? {
    guard text.count > 10, text.contains("T") || text.contains("t") else { return nil }
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress,
        let instant = Instant(Text(start: start, count: bytes.count)), !instant.isNaive
      else { return nil }
      return instant.milliseconds
    }
  }
}
