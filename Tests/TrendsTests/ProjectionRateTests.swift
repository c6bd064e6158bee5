import Foundation
import Testing

@testable import Trends

/// How far the projections are off, and how often the range holds the end: days under ±15 % of
/// noise, weekends at 25 %, a level that drifts by −1 to +2 % a day.
struct ProjectionRateTests {
  static let runs =
    (Int(ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"] ?? "") ?? 10) * 10

  private struct Rates {
    /// Mean absolute errors as a share of the truth.
    var (linear, trailing, profile) = (0.0, 0.0, 0.0)
    /// Share of the months that end inside the range, and its mean width as a share of the truth.
    var (coverage, width) = (0.0, 0.0)
  }

  private func rates(after elapsed: Int) -> Rates {
    var rates = Rates()
    for run in 0..<Self.runs {
      var random = SeededRandom(seed: UInt64(run))
      let length = 28 + run % 4
      let spend = dailySpend(35 + length, &random)
      let start = june - 35 * dayMilliseconds
      let known = days(
        Array(spend.prefix(35 + elapsed)), until: june + Int64(elapsed) * dayMilliseconds)
      #expect(known.buckets.first?.start == start)
      let projection = MonthEndProjection(
        of: june..<june + Int64(length) * dayMilliseconds, days: known,
        today: juneFirst + elapsed)
      let truth = spend.suffix(length).reduce(0, +) * 1e9
      func error(_ nanos: Int64?) -> Double { nanos.map { abs(Double($0) / truth - 1) } ?? 0 }
      rates.linear += error(projection.linear) / Double(Self.runs)
      rates.trailing += error(projection.trailing) / Double(Self.runs)
      rates.profile += error(projection.weekdayProfile) / Double(Self.runs)
      if let range = projection.range {
        rates.coverage += (range.contains(Int64(truth)) ? 1 : 0) / Double(Self.runs)
        rates.width +=
          Double(range.upperBound - range.lowerBound) / truth / Double(Self.runs)
      }
    }
    return rates
  }

  private func dailySpend(_ count: Int, _ random: inout SeededRandom) -> [Double] {
    let growth = 0.99 + 0.03 * random.uniform()
    let weekday = Int(random.uniform() * 7)
    var level = 100.0
    return (0..<count).map { day in
      level *= growth
      return level * ((day + weekday) % 7 >= 5 ? 0.25 : 1) * max(0, 1 + 0.15 * random.normal())
    }
  }

  @Test(arguments: [0, 3, 7, 15, 22])
  func `the profile is not worse than trailing, and linear is twice as far off at first`(day: Int) {
    let rates = rates(after: day)
    print(
      String(
        format:
          "day %d: linear %.1f %%, trailing %.1f %%, profile %.1f %%, holds %.0f %%, width %.0f %%",
        day, 100 * rates.linear, 100 * rates.trailing, 100 * rates.profile, 100 * rates.coverage,
        100 * rates.width))
    #expect(rates.coverage > 0.75)
    #expect(rates.profile < rates.trailing + 0.01)
    #expect(rates.width < 0.5)
    if day == 3 { #expect(rates.linear > 1.5 * rates.profile) }
    if day >= 15 { #expect(rates.profile < rates.linear) }
    let most = [0: 0.18, 3: 0.16, 7: 0.13, 15: 0.08, 22: 0.04]
    #expect(rates.profile < most[day] ?? 0)
  }
}
