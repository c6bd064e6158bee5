@testable import Trends

/// Makes the hourly spend of a made-up company, the same for the same seed: nights at 12 % and
/// weekends at 25 % of a weekday's working hour, which costs $10, under log-normal noise.
struct TrafficSimulator {
  var weeks = 12
  var sigma = 0.3
  /// Growth of the level a day, without any fault.
  var dailyGrowth = 0.0
  /// Share of the hours without any call.
  var emptyShare = 0.0
  /// A launch: from this day on the level is another.
  var step: (day: Int, factor: Double)?
  /// Weekends as a share of weekdays; 0 for offices that close.
  var weekend = 0.25
  /// Hours, counted from the start, that cost so many times as much.
  var faults: [Int: Double] = [:]

  /// Monday, 5 October 2026, 00:00 UTC.
  static let start: Int64 = 1_791_158_400_000

  func series(_ random: inout SeededRandom) -> SpendSeries {
    let hours = (0..<weeks * 168).map { hour in
      (start: Self.start + Int64(hour) * hourMilliseconds, nanos: nanos(hour, &random))
    }
    return SpendSeries(
      hours, from: Self.start,
      completeUntil: Self.start + Int64(weeks) * 168 * hourMilliseconds)
  }

  private func nanos(_ hour: Int, _ random: inout SeededRandom) -> Int64 {
    let day = hour / 24
    var usual = 1e10
    if hour % 24 < 7 { usual *= 0.12 }
    if day % 7 >= 5 { usual *= weekend }
    for _ in 0..<(dailyGrowth == 0 ? 0 : day) { usual *= 1 + dailyGrowth }
    if let step, day >= step.day { usual *= step.factor }
    let noise = exponential(sigma * random.normal())
    if emptyShare > 0, random.uniform() < emptyShare { return 0 }
    return Int64(saturating: usual * noise * (faults[hour] ?? 1))
  }
}

/// SplitMix64: a small generator of good quality that gives the same numbers everywhere.
struct SeededRandom {
  private var state: UInt64
  private var spare: Double?

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in 0..<1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by Marsaglia's polar method.
  mutating func normal() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    while true {
      let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
      let s = u * u + v * v
      if s > 0, s < 1 {
        let factor = (-2 * naturalLogarithm(s) / s).squareRoot()
        spare = v * factor
        return u * factor
      }
    }
  }
}
