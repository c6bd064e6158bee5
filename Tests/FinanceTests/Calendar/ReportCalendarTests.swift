import Finance
import Foundation
import Testing

@Suite struct ReportCalendarTests {
  private let utc: ReportCalendar

  init() throws { utc = try #require(ReportCalendar()) }

  @Test func `a date is the day that Foundation says, over four centuries`() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for dayNumber in stride(from: -60_000, to: 90_000, by: 37) {
      let date = CivilDate(dayNumber: dayNumber)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday],
        from: Date(timeIntervalSince1970: Double(dayNumber) * 86_400))
      #expect(date.parts.year == parts.year!)
      #expect(date.parts.month == parts.month! && date.parts.day == parts.day!)
      #expect(date.weekday % 7 + 1 == parts.weekday!)
      #expect(
        CivilDate(year: date.parts.year, month: date.parts.month, day: date.parts.day) == date)
    }
  }

  @Test(arguments: [2004, 2009, 2015, 2018, 2020, 2024, 2026, 2027, 2032])
  func `a year's weeks are those of ISO 8601`(_ year: Int) {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    let weeks = calendar.range(
      of: .weekOfYear, in: .yearForWeekOfYear,
      for: calendar.date(from: DateComponents(year: year, month: 7, day: 1))!)!.count
    #expect(PeriodName("\(year)-W\(weeks)") != nil)
    #expect(PeriodName("\(year)-W\(weeks + 1)") == nil)
    let last = utc.period(PeriodName("\(year)-W\(weeks)")!)
    #expect(last.dates.count == 7 && last.dates[0].weekday == 1)
    #expect(utc.after(last).text == "\(year + 1)-W01")
    #expect(utc.before(utc.after(last)) == last)
    #expect(utc.name(like: last.name!, of: last.dates[6]) == last.name!)
  }

  @Test func `the week of the report begins on Monday, in the zone asked for`() {
    #expect(utc.period(PeriodName("2026-W46")!).text == "2026-W46")
    #expect(utc.period(PeriodName("2026-W46")!).dates.map(\.text).first == "2026-11-09")
    let kolkata = ReportCalendar(timezone: "Asia/Kolkata")!.period(PeriodName("2026-W46")!)
    #expect(kolkata.since == 1_794_162_600_000)  // 2026-11-08T18:30:00Z
    #expect(kolkata.until - kolkata.since == 7 * 86_400_000)
  }

  @Test func `a week with a change of clocks has a day of 23 or 25 hours`() {
    let madrid = ReportCalendar(timezone: "Europe/Madrid")!
    let spring = madrid.period(PeriodName("2026-W13")!)
    let autumn = madrid.period(PeriodName("2026-W43")!)
    #expect(spring.until - spring.since == (7 * 24 - 1) * 3_600_000)
    #expect(autumn.until - autumn.since == (7 * 24 + 1) * 3_600_000)
    #expect(autumn.until - autumn.dayStarts[6] == 25 * 3_600_000)
    #expect(autumn.day(of: autumn.until - 1) == 6 && autumn.day(of: autumn.until) == nil)
  }

  @Test func `a day whose midnight was skipped begins at one o'clock`() {
    // Beirut set its clocks forward at midnight of 29 March 2026.
    let beirut = ReportCalendar(timezone: "Asia/Beirut")!
    let day = beirut.period(
      from: CivilDate(year: 2026, month: 3, day: 29), to: CivilDate(year: 2026, month: 3, day: 30))
    #expect(day.until - day.since == 23 * 3_600_000)
    #expect(beirut.date(of: day.since) == day.dates[0])
    #expect(beirut.date(of: day.since - 1) == day.dates[0] + -1)
  }

  @Test func `fiscal years are named by the year they end in`() {
    let april = ReportCalendar(fiscalYearStart: 4)!
    let period = april.period(PeriodName("FY2027-P07")!)
    #expect(period.dates.first?.text == "2026-10-01" && period.dates.count == 31)
    #expect(april.period(PeriodName("FY2027")!).dates.first?.text == "2026-04-01")
    #expect(april.period(PeriodName("FY2027-Q4")!).dates.last?.text == "2027-03-31")
    #expect(april.after(april.period(PeriodName("FY2027-P12")!)).text == "FY2028-P01")
    #expect(utc.period(PeriodName("FY2026-P01")!).dates.first?.text == "2026-01-01")
  }

  @Test func `months that begin on the 26th are named by the month they end in`() {
    let calendar = ReportCalendar(monthStart: 26)!
    let october = calendar.period(PeriodName("2026-10")!)
    #expect(october.dates.first?.text == "2026-09-26" && october.dates.last?.text == "2026-10-25")
    #expect(calendar.after(october).text == "2026-11")
    #expect(calendar.name(like: october.name!, of: october.dates[0]) == october.name!)
    #expect(calendar.period(PeriodName("2026-01")!).dates.first?.text == "2025-12-26")
  }

  @Test func `a window that has no name has one before it of its length`() {
    let days = utc.period(
      from: CivilDate(year: 2026, month: 11, day: 1), to: CivilDate(year: 2026, month: 11, day: 16))
    #expect(days.text == "2026-11-01..2026-11-15")
    #expect(utc.before(days).text == "2026-10-17..2026-10-31")
    let cut = utc.period(since: days.since + 1000, until: days.until)
    #expect(cut.text == "2026-11-01T00:00:01Z..2026-11-16T00:00:00Z")
    #expect(utc.before(cut).until == cut.since)
  }

  @Test(arguments: [
    "2026", "2026-13", "2026-00", "2026-W00", "2026-W54", "26-W01", "2026-W1", "FY2026-P13",
    "2026-P01", "2026-Q5", "FY26", "２０２６-10", "",
  ])
  func `what names no period is none`(_ text: String) {
    #expect(PeriodName(text) == nil)
  }

  @Test(arguments: ["2026-W01", "2026-10", "2026-Q4", "FY2027-P07", "FY2027-Q3", "FY2027"])
  func `a name reads as it was written`(_ text: String) {
    #expect(PeriodName(text)?.text == text)
  }
}
