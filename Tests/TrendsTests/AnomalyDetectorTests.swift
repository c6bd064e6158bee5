import Testing

@testable import Trends

struct AnomalyDetectorTests {
  /// Four weeks and a day at $10 an hour, of which the last hours are others.
  private func steady(_ last: [Double], at usual: Double = 10) -> SpendSeries {
    hours(Array(repeating: usual, count: 29 * 24 - last.count) + last)
  }

  @Test func `a doubled hour has the score that the formula gives`() {
    let score = AnomalyDetector().scores(steady([20])).last
    // ln(2.05 / 1.05) / (1 / 1.05 · √(1 + π / (40 + π − 2))), over the least deviation of 0.05.
    #expect(score.flatMap(\.z).map { abs($0 - 13.5425) < 0.001 } == true)
    #expect(score?.expected == dollars(10))
    #expect(score?.excess == dollars(10))
    #expect(score?.verdict == .anomaly)
  }

  @Test func `history that is too short is a reason and no score`() {
    let scores = AnomalyDetector().scores(hours(Array(repeating: 10, count: 15 * 24)))
    #expect(scores[13 * 24].verdict == .insufficientHistory(.tooShort(days: 13, needed: 14)))
    #expect(scores[13 * 24].z == nil && scores[13 * 24].excess == nil)
    #expect(scores[14 * 24].verdict == .normal)
    let days = AnomalyDetector().scores(steady([]).folded(to: .day))
    #expect(days[27].verdict == .insufficientHistory(.tooShort(days: 27, needed: 28)))
    #expect(days[28].verdict == .normal)
    let one = AnomalyDetector().scores(hours([1]))
    #expect(one.map(\.verdict) == [.insufficientHistory(.tooShort(days: 0, needed: 14))])
    #expect(AnomalyDetector().scores(hours([])).isEmpty)
  }

  @Test func `no score looks ahead`() {
    var random = SeededRandom(seed: 3)
    let whole = TrafficSimulator(weeks: 5).series(&random)
    let scores = AnomalyDetector().scores(whole)
    for count in [400, 601, 800] {
      let part = SpendSeries(
        width: .hour, buckets: Array(whole.buckets.prefix(count)), clock: .utc)
      #expect(AnomalyDetector().scores(part) == Array(scores.prefix(count)))
    }
  }

  @Test func `what matters little is normal, whatever its score`() {
    let cents = AnomalyDetector().scores(steady([0.2], at: 0.1)).last
    #expect(cents.flatMap(\.z).map { $0 > 13 } == true)
    #expect(cents?.verdict == .normal)
    let budget = AnomalyDetector(impact: ImpactGate(dailyBudget: dollars(1000)))
    #expect(budget.scores(steady([29])).last?.verdict == .normal)
    #expect(budget.scores(steady([31])).last?.verdict == .anomaly)
  }

  @Test func `two hours in a row count where one of them would not`() {
    // A deviation of 0.05: 12 % more is 2.2 deviations, 20 % more is 3.5.
    let little = steady([11.2, 11.2])
    func verdict(_ rule: AnomalyDetector.Rule, _ series: SpendSeries) -> BucketScore.Verdict? {
      let gate = ImpactGate(shareOfDay: 0)
      return AnomalyDetector(rule: rule, impact: gate).scores(series).last?.verdict
    }
    #expect(verdict(.one, little) == .normal)
    #expect(verdict(.twoInARow, little) == .anomaly)
    #expect(verdict(.either, little) == .anomaly)
    #expect(verdict(.twoInARow, steady([10, 12])) == .normal)
    #expect(verdict(.either, steady([10, 12])) == .anomaly)
  }

  @Test func `a lull, a closed weekend and its Monday are no anomaly`() {
    let office = (0..<8 * 168).map { hour -> Double in
      let (day, hour) = (hour / 24 % 7, hour % 24)
      return day < 5 && hour >= 8 && hour < 20 ? 10 : 0
    }
    #expect(AnomalyDetector().scores(hours(office)).allSatisfy { $0.verdict != .anomaly })
    let lull = office.enumerated().map { 40 * 24..<42 * 24 ~= $0 ? 0 : $1 }
    #expect(AnomalyDetector().scores(hours(lull)).allSatisfy { $0.verdict != .anomaly })
    // But somebody who works on a Sunday is one.
    var sunday = office
    sunday[34 * 24 + 3] = 8
    let found = AnomalyDetector().scores(hours(sunday)).filter { $0.verdict == .anomaly }
    #expect(found.map(\.bucket.day) == [juneFirst + 34])
    #expect(found.map(\.expected) == [0])
  }

  @Test func `no spend, huge spend and equal spend give no infinity`() {
    let zero = AnomalyDetector().scores(hours(Array(repeating: 0, count: 800) + [5]))
    #expect(zero.last?.verdict == .insufficientHistory(.noSpend))
    var spend = [(start: Int64, nanos: Int64)]()
    for hour in 0..<1000 {
      let nanos: Int64 = [0, 1, .max, 1000][hour % 4]
      spend.append((start: june + Int64(hour) * hourMilliseconds, nanos: nanos))
    }
    let wild = SpendSeries(spend, from: june, completeUntil: june + 1000 * hourMilliseconds)
    for series in [wild, wild.folded(to: .quarterDay), wild.folded(to: .day), steady([0, 10, 0])] {
      for score in AnomalyDetector().scores(series) + RollingZScore().scores(series) {
        #expect(score.z.map(\.isFinite) ?? true)
        #expect((score.expected ?? 0) >= 0)
      }
    }
  }

  @Test func `days that are often empty have no score`() {
    let rare = hours((0..<40 * 24).map { $0 % 72 == 0 ? 10 : 0 }).denseEnough
    #expect(rare.width == .day)
    let scores = AnomalyDetector().scores(rare)
    #expect(scores.allSatisfy { $0.verdict == .insufficientHistory(.tooSparse) })
  }

  @Test func `a day that is not over has no score`() {
    let scores = AnomalyDetector().scores(
      hours(Array(repeating: 10, count: 30 * 24 + 5)).folded(to: .day))
    #expect(scores.last?.verdict == .incomplete)
    #expect(scores.last?.actual == dollars(50))
  }
}
