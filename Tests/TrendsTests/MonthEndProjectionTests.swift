import Testing

@testable import Trends

struct MonthEndProjectionTests {
  /// Weeks of $10 on weekdays and nothing on weekends, until `days` of June are over.
  private func office(_ juneDays: Int, weeksBefore: Int = 4) -> SpendSeries {
    let spend = (0..<weeksBefore * 7 + juneDays).map { $0 % 7 < 5 ? 10.0 : 0 }
    return days(spend, until: june + Int64(juneDays) * dayMilliseconds)
  }

  @Test func `each method gives what one finds by hand`() {
    // Five weekdays are over, it is Saturday the 6th.
    let projection = MonthEndProjection(of: monthOfJune, days: office(5), today: juneFirst + 5)
    #expect(projection.spent == dollars(50))
    #expect(projection.daysElapsed == 5 && projection.daysInPeriod == 30)
    #expect(projection.linear == dollars(300))
    #expect(projection.linearByDayOfMonth == dollars(250))
    #expect(projection.trailing == Int64((50e9 + 50e9 / 7 * 25).rounded()))
    #expect(projection.weekdayProfile == dollars(220))
    #expect(projection.best == .init(method: .weekdayProfile, nanos: dollars(220)))
    #expect(projection.range?.contains(dollars(220)) == true)
    #expect(projection.range?.upperBound == dollars(300))
  }

  @Test func `the first day of a month looks into the month before`() {
    let projection = MonthEndProjection(
      of: monthOfJune, days: office(0), today: juneFirst, budget: dollars(105))
    #expect(projection.spent == 0)
    #expect(projection.linear == nil && projection.linearByDayOfMonth == nil)
    #expect(projection.best?.nanos == dollars(220))
    // The eleventh weekday, Monday the 15th.
    #expect(projection.budgetCrossed == juneFirst + 14)
  }

  @Test func `short histories fall back and say so`() {
    let two = MonthEndProjection(
      of: monthOfJune, days: office(5, weeksBefore: 2), today: juneFirst + 5)
    #expect(two.weekdayProfile == nil)
    #expect(two.best?.method == .trailing)
    #expect(two.range != nil)
    let fresh = MonthEndProjection(
      of: monthOfJune, days: office(5, weeksBefore: 0), today: juneFirst + 5)
    #expect(fresh.best == .init(method: .linear, nanos: dollars(300)))
    #expect(fresh.range == nil)
    let none = MonthEndProjection(
      of: monthOfJune, days: days([], until: june), today: juneFirst, budget: 1)
    #expect(none.best == nil && none.budgetCrossed == nil)
  }

  @Test func `equal days give one figure in months of every length`() {
    for length in 28...31 {
      let month = june..<june + Int64(length) * dayMilliseconds
      let series = days(Array(repeating: 10, count: 40), until: june + 10 * dayMilliseconds)
      let projection = MonthEndProjection(of: month, days: series, today: juneFirst + 10)
      let whole = dollars(Double(length) * 10)
      #expect(projection.linear == whole && projection.trailing == whole)
      #expect(projection.best?.nanos == whole)
      #expect(projection.range == whole...whole)
    }
  }

  @Test func `today counts as far as it has come, and never as a whole day`() {
    let series = hours(
      Array(repeating: 1, count: 38 * 24 + 6) + Array(repeating: 10, count: 6),
      from: june - 28 * dayMilliseconds)
    let projection = MonthEndProjection(
      of: monthOfJune, days: series.folded(to: .day), today: juneFirst + 10)
    #expect(projection.daysElapsed == 10)
    #expect(projection.spent == dollars(240 + 66))
    #expect(projection.linear == dollars(720))
    #expect(projection.linearByDayOfMonth == Int64((306e9 / 11 * 30).rounded()))
    // Today costs $66 already, the 19 days after it $24 each.
    #expect(projection.best?.nanos == dollars(240 + 66 + 19 * 24))
  }

  @Test func `a budget that is crossed already tells the day`() {
    let projection = MonthEndProjection(
      of: monthOfJune, days: office(10), today: juneFirst + 10, budget: dollars(25))
    #expect(projection.budgetCrossed == juneFirst + 2)
    let enough = MonthEndProjection(
      of: monthOfJune, days: office(10), today: juneFirst + 10, budget: dollars(220))
    #expect(enough.budgetCrossed == nil)
  }

  @Test func `days that were not ingested are expected, not 0`() {
    // Three days were ingested, today is the 10th.
    let projection = MonthEndProjection(of: monthOfJune, days: office(3), today: juneFirst + 9)
    #expect(projection.daysElapsed == 3)
    #expect(projection.best?.nanos == dollars(220))
  }

  @Test func `a projection above the budget by a tenth is a ticket`() {
    let projection = MonthEndProjection(of: monthOfJune, days: office(5), today: juneFirst + 5)
    let rule = ProjectionRule()
    #expect(rule.verdict(projection, budget: dollars(199))?.urgency == .ticket)
    #expect(rule.verdict(projection, budget: dollars(200))?.urgency == Urgency.none)
    #expect(rule.verdict(projection, budget: dollars(200))?.over == dollars(20))
  }
}
