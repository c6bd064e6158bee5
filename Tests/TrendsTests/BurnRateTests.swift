import Testing

@testable import Trends

struct BurnRateTests {
  private let uniform = HourProfile(hours([]))
  private let hour = hourMilliseconds
  /// $10 an hour for 30 days.
  private let budget = dollars(7200)

  private func burn(_ spent: Double, minutes: Int64) -> BurnRate {
    BurnRate(
      spent: dollars(spent), window: june + 7 * hour - minutes * 60_000..<june + 7 * hour,
      budget: budget, period: monthOfJune, profile: uniform)
  }

  @Test func `spend as planned burns at 1`() {
    let rate = burn(10, minutes: 60)
    #expect(rate.rate.map { abs($0 - 1) < 1e-9 } == true)
    #expect(rate.expected == dollars(10))
    #expect(rate.extra == 0)
    #expect(abs(burn(154, minutes: 60).extraShare - 0.02) < 1e-12)
  }

  @Test func `two per cent beyond the profile in an hour is critical while it goes on`() {
    let long = burn(154, minutes: 60)
    let fast = BurnRule.fast
    #expect(fast.verdict(long: long, short: burn(38.5, minutes: 15)).urgency == .critical)
    #expect(fast.verdict(long: long, short: nil).urgency == .critical)
    let over = fast.verdict(long: long, short: burn(38, minutes: 15))
    #expect(over.urgency == .none && over.stillBurns == false)
    #expect(fast.verdict(long: burn(153.9, minutes: 60), short: nil).urgency == .none)
    #expect(over.limit == dollars(144))
  }

  @Test func `five per cent in six hours is a warning`() {
    // $60 are planned, 5 % are $360; half an hour of it $30 beyond $5.
    let slow = BurnRule.slow
    #expect(
      slow.verdict(long: burn(420, minutes: 360), short: burn(35, minutes: 30)).urgency == .warning)
    #expect(slow.verdict(long: burn(419, minutes: 360), short: nil).urgency == .none)
  }

  @Test func `small budgets do not page`() {
    let rate = BurnRate(
      spent: dollars(0.9), window: june..<june + hour, budget: dollars(10), period: monthOfJune,
      profile: uniform)
    #expect(rate.extraShare > 0.08)
    #expect(BurnRule.fast.verdict(long: rate, short: nil).urgency == .none)
    let none = BurnRate(
      spent: dollars(5), window: june..<june + hour, budget: 0, period: monthOfJune,
      profile: uniform)
    #expect(none.rate == nil && none.extraShare == 0)
    #expect(BurnRule.fast.verdict(long: none, short: nil).urgency == .none)
  }

  @Test func `a weekday afternoon is no burn once the week is known`() {
    // Four weeks before June: $10 in the 17 day hours of weekdays, else $1.
    let week = (0..<168).map { $0 / 24 < 5 && $0 % 24 >= 7 ? 10.0 : 1 }
    let learned = (0..<4).flatMap { _ in week }
    let profile = HourProfile(hours(learned, from: june - 28 * dayMilliseconds))
    #expect(profile.confidence == 1)
    #expect(abs(profile.weights.reduce(0, +) - 1) < 1e-12)
    // June: 22 weekdays with 17 such hours; 346 other hours.
    let month = dollars(22 * 17 * 10 + 346)
    func rate(_ profile: HourProfile) -> Double? {
      BurnRate(
        spent: dollars(10), window: june + 14 * hour..<june + 15 * hour, budget: month,
        period: monthOfJune, profile: profile
      ).rate
    }
    #expect(rate(profile).map { abs($0 - 1) < 1e-6 } == true)
    #expect(rate(uniform).map { $0 > 1.7 } == true)
    // After two weeks it is half known.
    let half = HourProfile(hours(week + week, from: june - 14 * dayMilliseconds))
    #expect(half.confidence == 0.5)
    #expect(abs(half.weights[14] - (profile.weights[14] + 1 / 168) / 2) < 1e-12)
    #expect(HourProfile(hours(Array(repeating: 5, count: 160))).confidence == 0)
  }

  @Test func `the shares of a period sum to 1, parts of hours too`() {
    var random = SeededRandom(seed: 9)
    let profile = HourProfile(TrafficSimulator(weeks: 4).series(&random))
    let third = monthOfJune.lowerBound + 1_000_000_001
    let (a, b) = (monthOfJune.lowerBound..<third, third..<monthOfJune.upperBound)
    let sum = [a, b].reduce(0) { $0 + profile.expectedShare(of: $1, in: monthOfJune) }
    #expect(abs(sum - 1) < 1e-9)
    #expect(profile.expectedShare(of: 0..<5, in: monthOfJune) == 0)
  }
}
