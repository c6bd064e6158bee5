import Foundation

/// Turns names of periods into instants: by a zone, and by where the company's years and months begin.
package struct ReportCalendar: Sendable {
  /// IANA name; `UTC` for it.
  package var timezone: String
  private let zone: TimeZone
  /// The month, 1–12, that a fiscal year begins in.
  package var fiscalYearStart: Int
  /// The day, 1–28, that every month begins on.
  ///
  /// Above 1 a month is named by the one it ends in: with 26, 2026-10 runs from 26 September to 25 October.
  package var monthStart: Int

  /// nil for a zone that is not known.
  package init?(timezone: String = "UTC", fiscalYearStart: Int = 1, monthStart: Int = 1) {
    guard (1...12).contains(fiscalYearStart), (1...28).contains(monthStart) else { return nil }
    if timezone.uppercased() == "UTC" {
      zone = .gmt
    } else {
      guard let known = TimeZone(identifier: timezone) else { return nil }
      zone = known
    }
    self.timezone = timezone
    self.fiscalYearStart = fiscalYearStart
    self.monthStart = monthStart
  }

  package func period(_ name: PeriodName) -> ReportPeriod {
    let (first, end) = days(of: name)
    var period = period(from: first, to: end)
    period.name = name
    period.text = name.text
    return period
  }

  /// Whole days, `end` not included.
  package func period(from first: CivilDate, to end: CivilDate) -> ReportPeriod {
    let dates = (first.dayNumber..<max(end.dayNumber, first.dayNumber + 1)).map(
      CivilDate.init(dayNumber:))
    let starts = dates.map(start)
    return ReportPeriod(
      text: dates.count == 1
        ? first.text : "\(first.text)..\(CivilDate(dayNumber: end.dayNumber - 1).text)",
      name: nil, since: starts[0], until: start(of: dates[dates.count - 1] + 1),
      timezone: timezone, dayStarts: starts, dates: dates)
  }

  /// A window whose edges may lie within days; its first and last "days" are then shorter.
  package func period(since: Int64, until: Int64) -> ReportPeriod {
    let (first, last) = (date(of: since), date(of: until - 1))
    var period = period(from: first, to: last + 1)
    guard period.since != since || period.until != until else { return period }
    period.text = "\(Self.instant(since))..\(Self.instant(until))"
    period.dayStarts[0] = since
    (period.since, period.until) = (since, until)
    return period
  }

  /// The one of the same kind and length before it.
  package func before(_ period: ReportPeriod) -> ReportPeriod {
    guard let name = period.name else {
      let length = period.until - period.since
      guard period.dayStarts[0] == start(of: period.dates[0]),
        period.until == start(of: period.dates[period.dates.count - 1] + 1)
      else { return self.period(since: period.since - length, until: period.since) }
      return self.period(from: period.dates[0] + -period.dates.count, to: period.dates[0])
    }
    return self.period(self.name(like: name, of: period.dates[0] + -1))
  }

  /// The one of the same kind that follows.
  package func after(_ period: ReportPeriod) -> ReportPeriod {
    let next = period.dates[period.dates.count - 1] + 1
    guard let name = period.name else {
      return self.period(from: next, to: next + period.dates.count)
    }
    return self.period(self.name(like: name, of: next))
  }

  /// The period of the same kind that a day lies in.
  package func name(like kind: PeriodName, of date: CivilDate) -> PeriodName {
    switch kind {
    case .week:
      // The week belongs to the year of its Thursday (ISO 8601).
      let thursday = date + (4 - date.weekday)
      let year = thursday.parts.year
      let first = CivilDate(year: year, month: 1, day: 1)
      return .week(year: year, week: (thursday.dayNumber - first.dayNumber) / 7 + 1)
    case .month:
      let (year, month) = month(of: date)
      return .month(year: year, month: month)
    case .quarter:
      let (year, month) = month(of: date)
      return .quarter(year: year, quarter: (month - 1) / 3 + 1)
    case .fiscalMonth, .fiscalQuarter, .fiscalYear:
      let (year, period) = fiscalMonth(of: date)
      return switch kind {
      case .fiscalMonth: .fiscalMonth(year: year, period: period)
      case .fiscalQuarter: .fiscalQuarter(year: year, quarter: (period - 1) / 3 + 1)
      default: .fiscalYear(year)
      }
    }
  }

  package func date(of instant: Int64) -> CivilDate {
    let seconds = Double(instant) / 1000
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
    let local = instant + Int64(offset) * 1000
    return CivilDate(
      dayNumber: Int((local - ((local % 86_400_000) + 86_400_000) % 86_400_000) / 86_400_000))
  }

  /// When a day begins; one o'clock where its midnight was skipped.
  package func start(of date: CivilDate) -> Int64 {
    if zone.identifier == "GMT" { return Int64(date.dayNumber) * 86_400_000 }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let (year, month, day) = date.parts
    guard
      let noon = calendar.date(from: DateComponents(year: year, month: month, day: day, hour: 12))
    else { return Int64(date.dayNumber) * 86_400_000 }
    return Int64((calendar.startOfDay(for: noon).timeIntervalSince1970 * 1000).rounded())
  }

  // MARK: - Days of a name

  private func days(of name: PeriodName) -> (CivilDate, CivilDate) {
    switch name {
    case .week(let year, let week):
      let fourth = CivilDate(year: year, month: 1, day: 4)
      let monday = fourth + (1 - fourth.weekday + 7 * (week - 1))
      return (monday, monday + 7)
    case .month(let year, let month): return months(year, month, count: 1)
    case .quarter(let year, let quarter): return months(year, quarter * 3 - 2, count: 3)
    case .fiscalMonth(let year, let period):
      return months(calendarYear(of: year), fiscalYearStart + period - 1, count: 1)
    case .fiscalQuarter(let year, let quarter):
      return months(calendarYear(of: year), fiscalYearStart + quarter * 3 - 3, count: 3)
    case .fiscalYear(let year): return months(calendarYear(of: year), fiscalYearStart, count: 12)
    }
  }

  private func months(_ year: Int, _ month: Int, count: Int) -> (CivilDate, CivilDate) {
    let shift = monthStart > 1 ? -1 : 0
    return (
      CivilDate(year: year, month: month + shift, day: monthStart),
      CivilDate(year: year, month: month + shift + count, day: monthStart)
    )
  }

  /// The year that a fiscal year begins in.
  private func calendarYear(of fiscalYear: Int) -> Int {
    fiscalYearStart == 1 ? fiscalYear : fiscalYear - 1
  }

  private func month(of date: CivilDate) -> (year: Int, month: Int) {
    let (year, month, day) = date.parts
    guard monthStart > 1, day >= monthStart else { return (year, month) }
    let next = CivilDate(year: year, month: month + 1, day: 1).parts
    return (next.year, next.month)
  }

  private func fiscalMonth(of date: CivilDate) -> (year: Int, period: Int) {
    let (year, month) = month(of: date)
    let period = (month - fiscalYearStart + 12) % 12 + 1
    let begins = month >= fiscalYearStart ? year : year - 1
    return (fiscalYearStart == 1 ? begins : begins + 1, period)
  }

  private static func instant(_ milliseconds: Int64) -> String {
    let date = CivilDate(
      dayNumber: Int(
        (milliseconds - (milliseconds % 86_400_000 + 86_400_000) % 86_400_000) / 86_400_000))
    let rest = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000 / 1000
    func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(date.text)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
