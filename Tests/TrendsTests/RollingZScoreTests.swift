import Testing

@testable import Trends

struct RollingZScoreTests {
  @Test func `the hour is scored against the plain mean and deviation before it`() {
    // 336 hours of $1 and $3 in turn: mean 2, deviation 1.
    let series = hours((0..<336).map { $0 % 2 == 0 ? 1 : 3 } + [5.5, 2])
    let scores = RollingZScore().scores(series)
    #expect(scores[336].z == 3.5)
    #expect(scores[336].expected == dollars(2))
    #expect(scores[336].excess == dollars(3.5))
    #expect(scores[336].verdict == .anomaly)
    #expect(scores[337].verdict == .normal)
    #expect(
      scores[335].verdict == .insufficientHistory(.tooShort(days: 13, needed: 14)))
  }

  @Test func `equal hours and no spend give no score`() {
    let equal = RollingZScore().scores(hours(Array(repeating: 4, count: 337)))
    #expect(equal[336].verdict == .insufficientHistory(.noVariation))
    let nothing = RollingZScore().scores(hours(Array(repeating: 0, count: 337)))
    #expect(nothing[336].verdict == .insufficientHistory(.noSpend))
  }

  @Test func `a gate keeps small sums quiet`() {
    let series = hours((0..<336).map { $0 % 2 == 0 ? 0.01 : 0.03 } + [0.06])
    #expect(RollingZScore().scores(series)[336].verdict == .anomaly)
    #expect(RollingZScore(impact: ImpactGate()).scores(series)[336].verdict == .normal)
  }
}
