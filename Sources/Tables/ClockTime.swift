/// The date and time of day that a clock shows, in the proleptic Gregorian calendar.
package struct ClockTime: Equatable, Sendable {
  package let year, month, day, hour, minute, second, millisecond: Int64

  /// Reads an instant (milliseconds since 1970 in UTC) off a clock so many seconds ahead of UTC.
  package init(_ instant: Int64, secondsFromUTC: Int = 0) {
    let (seconds, millisecond) = instant.floorDivided(by: 1000)
    let (days, secondOfDay) = (seconds + Int64(secondsFromUTC)).floorDivided(by: 86_400)
    self.millisecond = millisecond
    hour = secondOfDay / 3600
    minute = secondOfDay / 60 % 60
    second = secondOfDay % 60

    // Howard Hinnant's civil_from_days: eras of 400 years, and years that begin in March, so that
    // the leap day comes last and a month's length follows from its number alone.
    let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The form of machine formats, for a clock in UTC: `2026-11-15T21:04:05.000Z`.
  package var rfc3339: String {
    "\(date)T\(hoursAndMinutes):\(second.digits(2)).\(millisecond.digits(3))Z"
  }

  /// The form of table cells: `2026-11-15 21:04:05`.
  package var toTheSecond: String {
    "\(year.digits(4))-\(withoutYear)"
  }

  /// The form of table cells where room is short: `11-15 21:04:05`.
  package var withoutYear: String {
    "\(monthAndDay) \(hoursAndMinutes):\(second.digits(2))"
  }

  /// The form of a window's ends, as fine as they are: `2026-11-15 21:00`, `2026-11-15 21:04:05.001`.
  package var asFineAsNeeded: String {
    if millisecond > 0 { return "\(toTheSecond).\(millisecond.digits(3))" }
    return second > 0 ? toTheSecond : "\(date) \(hoursAndMinutes)"
  }

  private var date: String { "\(year.digits(4))-\(monthAndDay)" }
  private var monthAndDay: String { "\(month.digits(2))-\(day.digits(2))" }
  private var hoursAndMinutes: String { "\(hour.digits(2)):\(minute.digits(2))" }
}

extension Int64 {
  /// Quotient and remainder of a division that rounds down, so that 1969 counts days like 1970.
  fileprivate func floorDivided(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
