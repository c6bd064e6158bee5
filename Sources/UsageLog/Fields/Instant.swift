/// A point in time as logs write it.
package struct Instant: Equatable, Sendable {
  /// Milliseconds since 1970, UTC.
  package var milliseconds: Int64
  /// Written without an offset: taken as UTC unless the user says otherwise.
  package var isNaive: Bool

  package init(milliseconds: Int64, isNaive: Bool = false) {
    self.milliseconds = milliseconds
    self.isNaive = isNaive
  }

  /// Reads ISO 8601 (any offset, `T` or a space, up to nanoseconds, a trailing ` UTC`), a bare date, or
  /// an epoch in seconds, milli-, micro- or nanoseconds, told apart by their size.
  package init?(_ text: Text) {
    let text = text.trimmed
    guard text.count >= 4, let instant = Self.calendar(text) ?? Self.epoch(text) else { return nil }
    self = instant
  }

  /// Below 10¹¹ it is seconds, below 10¹⁴ milliseconds, below 10¹⁷ microseconds, else nanoseconds.
  private static func epoch(_ text: Text) -> Instant? {
    guard isDigit(text[0]), let micros = wholeUnits(text, scale: 3) else {
      // Nanoseconds with three more digits do not fit; they are whole numbers anyway.
      guard let nanos = plainInteger(text) ?? wholeUnits(text, scale: 0), nanos > 0 else {
        return nil
      }
      return Instant(milliseconds: nanos / 1_000_000)
    }
    switch micros / 1000 {
    case ..<100_000_000_000: return Instant(milliseconds: micros)
    case ..<100_000_000_000_000: return Instant(milliseconds: micros / 1000)
    case ..<100_000_000_000_000_000: return Instant(milliseconds: micros / 1_000_000)
    default: return Instant(milliseconds: micros / 1_000_000_000)
    }
  }

  private static func calendar(_ text: Text) -> Instant? {
    guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = digits(text, 0, 4), let month = digits(text, 5, 2), let day = digits(text, 8, 2),
      (1...12).contains(month), day >= 1, day <= daysInMonth(year: year, month: month)
    else { return nil }
    var milliseconds = daysSinceEpoch(year: year, month: month, day: day) * 86_400_000
    var at = 10
    if at < text.count {
      guard text[at] | 0x20 == UInt8(ascii: "t") || text[at] == 0x20, text.count >= 16,
        let hour = digits(text, 11, 2), let minute = digits(text, 14, 2), hour < 24, minute < 60,
        text[13] == UInt8(ascii: ":")
      else { return nil }
      milliseconds += (hour * 60 + minute) * 60_000
      at = 16
      if at < text.count, text[at] == UInt8(ascii: ":") {
        guard let second = digits(text, 17, 2), second <= 60 else { return nil }
        milliseconds += min(second, 59) * 1000
        at = 19
        if at < text.count, text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ",") {
          at += 1
          var scale: Int64 = 100
          let first = at
          while at < text.count, isDigit(text[at]) {
            milliseconds += Int64(text[at] - 0x30) * scale
            scale /= 10
            at += 1
          }
          guard at > first else { return nil }
        }
      }
    }
    guard let offset = zone(text.dropFirst(at).trimmed) else { return nil }
    return Instant(milliseconds: milliseconds - (offset.minutes * 60_000), isNaive: offset.isNaive)
  }

  private static func zone(_ text: Text) -> (minutes: Int64, isNaive: Bool)? {
    if text.isEmpty { return (0, true) }
    if text.matches("z") || text.matches("utc") { return (0, false) }
    let sign: Int64
    switch text[0] {
    case UInt8(ascii: "+"): sign = 1
    case UInt8(ascii: "-"): sign = -1
    default: return nil
    }
    let minuteAt = text.count == 6 && text[3] == UInt8(ascii: ":") ? 4 : 3
    guard let hours = digits(text, 1, 2), hours <= 14 else { return nil }
    if text.count == 3 { return (sign * hours * 60, false) }
    guard text.count == minuteAt + 2, let minutes = digits(text, minuteAt, 2), minutes < 60 else {
      return nil
    }
    return (sign * (hours * 60 + minutes), false)
  }

  private static func digits(_ text: Text, _ at: Int, _ count: Int) -> Int64? {
    guard at + count <= text.count else { return nil }
    var value: Int64 = 0
    for index in at..<(at + count) {
      guard isDigit(text[index]) else { return nil }
      value = value * 10 + Int64(text[index] - 0x30)
    }
    return value
  }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar.
package func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

func daysInMonth(year: Int64, month: Int64) -> Int64 {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}
