import Foundation
import Testing

@testable import Trends

/// What each method finds of planted faults, and how often it cries without one.
///
/// The figures of `docs/alert-maths.md` are those of `FORENSICS_TEST_RUNS=100`.
struct DetectionRateTests {
  static let runs = Int(ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"] ?? "") ?? 4

  private struct Rates: CustomStringConvertible {
    var (falseHours, hours, faults, night, day) = (0, 0, 0, 0, 0)
    var falsePerWeek: Double { Double(falseHours) / Double(max(1, hours)) * 168 }
    var nightShare: Double { Double(night) / Double(max(1, faults)) }
    var dayShare: Double { Double(day) / Double(max(1, faults)) }
    var description: String {
      let format = "false/week %.2f, night %.0f %%, day %.0f %%"
      return String(format: format, falsePerWeek, 100 * nightShare, 100 * dayShare)
    }
  }

  private typealias Method = (SpendSeries) -> [Bool]

  /// One night and one day of each of the last six weeks have a fault of two hours that costs five
  /// times as much; false alarms are counted from the fifth week of the same traffic without them.
  private func rates(sigma: Double, _ methods: [(name: String, detect: Method)]) -> [String: Rates]
  {
    var table: [String: Rates] = [:]
    for run in 0..<Self.runs {
      let nights = (6..<12).map { $0 * 168 + (run + $0) % 5 * 24 + 3 }
      let afternoons = (6..<12).map { $0 * 168 + (run + $0 + 2) % 5 * 24 + 14 }
      var traffic = TrafficSimulator(sigma: sigma)
      var random = SeededRandom(seed: UInt64(run))
      let calm = traffic.series(&random)
      for hour in nights + afternoons { (traffic.faults[hour], traffic.faults[hour + 1]) = (5, 5) }
      random = SeededRandom(seed: UInt64(run))
      let faulty = traffic.series(&random)
      for (name, detect) in methods {
        let (alarms, found) = (detect(calm).dropFirst(28 * 24), detect(faulty))
        table[name, default: Rates()].hours += alarms.count
        table[name, default: Rates()].falseHours += alarms.count { $0 }
        table[name, default: Rates()].faults += nights.count
        table[name, default: Rates()].night += nights.count { found[$0] || found[$0 + 1] }
        table[name, default: Rates()].day += afternoons.count { found[$0] || found[$0 + 1] }
      }
    }
    return table
  }

  private func detector(_ rule: AnomalyDetector.Rule, _ impact: ImpactGate = .init()) -> Method {
    { AnomalyDetector(rule: rule, impact: impact).scores($0).map { $0.verdict == .anomaly } }
  }

  private let rolling: Method = { RollingZScore().scores($0).map { $0.verdict == .anomaly } }

  private let rawEwma: Method = { series in
    var ewma = Ewma(span: 336)
    return series.buckets.map { bucket in
      defer { ewma.learn(Double(bucket.nanos)) }
      return (ewma.score(Double(bucket.nanos)) ?? 0) > 3
    }
  }

  @Test(arguments: [0.3, 0.5])
  func `one baseline for all hours is blind at night, the detector is not`(sigma: Double) {
    let ungated = ImpactGate(minimum: 0, shareOfDay: 0)
    let methods: [(name: String, detect: Method)] = [
      ("rolling z-score", rolling), ("EWMA on raw hours", rawEwma),
      ("detector, one, no gate", detector(.one, ungated)), ("detector, one", detector(.one)),
      ("detector, two in a row", detector(.twoInARow)), ("detector, either", detector(.either)),
    ]
    let found = rates(sigma: sigma, methods)
    for (name, _) in methods {
      if let rates = found[name] { print("σ \(sigma) \(name): \(rates)") }
    }
    for blind in ["rolling z-score", "EWMA on raw hours"] {
      #expect(found[blind].map { $0.nightShare < 0.05 && $0.dayShare > 0.8 } == true)
    }
    let isCalm = sigma < 0.4
    let least: [(String, night: Double, day: Double, falsePerWeek: Double)] = [
      ("detector, one", isCalm ? 0.95 : 0.6, isCalm ? 0.97 : 0.5, isCalm ? 0.35 : 0.55),
      ("detector, two in a row", isCalm ? 0.95 : 0.35, isCalm ? 0.95 : 0.4, 0.2),
      ("detector, either", isCalm ? 0.98 : 0.7, isCalm ? 0.98 : 0.65, isCalm ? 0.4 : 0.65),
    ]
    for (name, night, day, falsePerWeek) in least {
      #expect(found[name].map { $0.nightShare >= night && $0.dayShare >= day } == true)
      #expect(found[name].map { $0.falsePerWeek <= falsePerWeek } == true)
    }
  }

  /// Alarms from the fifth week on, a run.
  private func alarms(_ traffic: TrafficSimulator) -> Double {
    let total = (0..<Self.runs).reduce(0) { sum, run in
      var random = SeededRandom(seed: UInt64(run))
      let scores = AnomalyDetector().scores(traffic.series(&random).denseEnough)
      return sum + scores.dropFirst(28 * scores.count / 84).count { $0.verdict == .anomaly }
    }
    return Double(total) / Double(Self.runs)
  }

  @Test func `harmless traffic stays quiet, and a new level becomes the usual one`() {
    let table: [(String, TrafficSimulator, atMost: Double)] = [
      ("growth of 2 % a day", TrafficSimulator(dailyGrowth: 0.02), 4),
      ("closed weekends", TrafficSimulator(weekend: 0), 3),
      ("a third of the hours empty", TrafficSimulator(emptyShare: 0.33), 4),
      ("launch, twice the level", TrafficSimulator(step: (50, 2)), 15),
      ("launch, ten times", TrafficSimulator(step: (50, 10)), 70),
      ("fall to a fifth", TrafficSimulator(step: (50, 0.2)), 4),
    ]
    for (name, traffic, atMost) in table {
      let alarms = alarms(traffic)
      print("\(name): \(alarms) alarms in 8 weeks")
      #expect(alarms <= atMost, "\(name)")
    }
  }

  @Test func `a day of faults is seen through, and by days too`() {
    var (hours, days) = (0, 0)
    for run in 0..<Self.runs {
      var traffic = TrafficSimulator(weeks: 9)
      for hour in 50 * 24..<51 * 24 { traffic.faults[hour] = 5 }
      var random = SeededRandom(seed: UInt64(run))
      let series = traffic.series(&random)
      hours += AnomalyDetector().scores(series)[50 * 24..<51 * 24].count { $0.verdict == .anomaly }
      days +=
        AnomalyDetector().scores(series.folded(to: .day))[50].verdict == .anomaly ? 1 : 0
    }
    #expect(Double(hours) / Double(Self.runs) > 22)
    #expect(days == Self.runs)
  }

  @Test func `a fault in thin traffic is found in wider buckets`() {
    let found = (0..<Self.runs).count { run in
      var traffic = TrafficSimulator(emptyShare: 0.2)
      for hour in 12..<18 { traffic.faults[50 * 24 + hour] = 5 }
      var random = SeededRandom(seed: UInt64(run))
      let series = traffic.series(&random).denseEnough
      #expect(series.width == .quarterDay)
      let scores = AnomalyDetector().scores(series)
      return scores[50 * 4 + 2].verdict == .anomaly
    }
    #expect(Double(found) / Double(Self.runs) > 0.9)
  }

  @Test func `90 days of hours take some milliseconds`() {
    var random = SeededRandom(seed: 1)
    let series = TrafficSimulator(weeks: 13).series(&random)
    let clock = ContinuousClock()
    let elapsed = clock.measure { _ = AnomalyDetector().scores(series) }
    print("91 days of hours: \(elapsed)")
    #expect(elapsed < .seconds(1))
  }
}
