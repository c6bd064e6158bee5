/// A day of the Gregorian calendar, without a zone.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package var dayNumber: Int

  package init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// Months beyond 1...12 and days beyond the month's end are carried over.
  package init(year: Int, month: Int, day: Int) {
    let months = year * 12 + month - 1
    let (year, month) = (months.flooredQuotient(by: 12), months.flooredRemainder(by: 12) + 1)
    // Years that begin in March, so that a leap day is the last: Hinnant, "chrono-compatible low-level date algorithms".
    let shifted = month > 2 ? year : year - 1
    let era = shifted.flooredQuotient(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month 1–12, day 1–31.
  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * dayOfYear + 2) / 153
    let month = place < 10 ? place + 3 : place - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * place + 2) / 5 + 1
    )
  }

  /// 1 Monday to 7 Sunday.
  package var weekday: Int { (dayNumber + 3).flooredRemainder(by: 7) + 1 }

  /// `2026-11-09`.
  package var text: String {
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  package static func < (one: Self, other: Self) -> Bool { one.dayNumber < other.dayNumber }

  package static func + (date: Self, days: Int) -> Self { Self(dayNumber: date.dayNumber + days) }
}

extension Int {
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  fileprivate func flooredRemainder(by divisor: Int) -> Int {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
