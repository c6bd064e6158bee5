import Testing

@testable import UsageLog

struct CostTests {
  @Test(
    arguments: [
      (0, 0), (499, 0), (500, 0), (501, 1), (999, 1), (1_000, 1), (1_499, 1), (1_500, 2),
      (1_501, 2),
      (2_500, 2), (2_501, 3), (3_500, 4), (-499, 0), (-500, 0), (-501, -1), (-1_500, -2),
      (-2_500, -2), (4_034_250, 4_034), (10_051_425_000_000_000_000, 10_051_425_000_000_000),
      (10_051_425_000_000_000_500, 10_051_425_000_000_000),
      (10_051_425_000_000_001_500, 10_051_425_000_000_002),
    ] as [(Int128, Int64)])
  func `picodollars round half to even nanodollars`(picodollars: Int128, nanodollars: Int64) {
    #expect(nanos(fromPicos: picodollars) == nanodollars)
  }
}
