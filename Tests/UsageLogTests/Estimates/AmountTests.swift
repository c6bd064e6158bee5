import Testing

@testable import UsageLog

/// From picodollars to what is printed: rounded once, and never silently wrong.
@Suite struct AmountTests {
  @Test(arguments: [
    (1500, 1, 1, 2), (2500, 1, 1, 2), (2501, 1, 1, 3), (-1500, 1, 1, -2), (-500, 1, 1, 0),
    (1000, 1, 3, 0), (2000, 1, 3, 1), (10_000, 1, 4, 2), (30_000, 1, 20, 2), (0, 7, 9, 0),
  ])
  func `the nearest nanodollar, ties to even`(
    _ picodollars: Int128, _ numerator: Int64, _ denominator: Int64, _ nanos: Int64
  ) throws {
    let amount = try Amount(picodollars: picodollars).times(Ratio(numerator, over: denominator))
    #expect(try amount.nanos() == nanos)
  }

  @Test func `a third of a month times three is the month`() throws {
    let month = Amount(picodollars: 100_000_000_000)
    let again = try month.times(Ratio(1, over: 30)).times(Ratio(30, over: 1))
    #expect(try again.nanos() == month.nanos())
  }

  @Test func `beyond what is exact it is an error`() throws {
    #expect(throws: AmountError.self) { try Amount(picodollars: .max).nanos() }
    #expect(throws: AmountError.self) {
      try Amount(picodollars: .max).times(Ratio(2, over: 1))
    }
    #expect(try Amount(picodollars: 9_223_372_036_854_775_807_000).nanos() == .max)
  }

  @Test func `a month's calls by the day, a day's by the month`() {
    #expect(Volume(10_000, per: .month).aDay == Ratio(10_000, over: 30))
    #expect(Volume(10_000, per: .day).inAll == Ratio(300_000, over: 1))
    #expect(Volume(10_000, per: .run).aDay == nil)
    #expect(Volume(10_000, per: .run).inAll == Ratio(10_000, over: 1))
  }

  @Test func `provisioned throughput breaks even at the first call that costs as much`() throws {
    // $10 an hour and unit: 2 x 720 x 10 = $14,400 a month.
    let provisioned = ProvisionedThroughput(hourlyNanos: 10_000_000_000, units: 2, months: 6)
    #expect(provisioned.month == 14_400_000_000_000_000)
    // $0.0135 a call: 14,400 / 0.0135 = 1,066,666.67 calls.
    #expect(provisioned.breakEven(at: 13_500_000_000) == 1_066_667)
    #expect(provisioned.breakEven(at: 14_400_000_000) == 1_000_000)
    #expect(provisioned.breakEven(at: 14_400_000_000, padding: Padding.usual.factor) == 666_667)
    #expect(provisioned.breakEven(at: 0) == nil)
  }
}
