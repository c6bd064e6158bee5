/// The last 28 complete days, and what can be said of the next ones.
struct DailyHistory {
  /// The last days, at most 28, oldest first.
  private let days: ArraySlice<SpendSeries.Bucket>

  /// Takes complete days, oldest first.
  init(_ complete: [SpendSeries.Bucket]) {
    days = complete.suffix(28)
  }

  /// The mean of the last 7 days in nano-dollars; nil with fewer.
  var trailingMean: Double? {
    days.count < 7 ? nil : Self.mean(days.suffix(7).map { Double($0.nanos) })
  }

  /// The mean of each weekday (Monday first) in 28 days, at the level of the last 7; nil with
  /// fewer.
  var weekdayMeans: [Double]? {
    guard days.count == 28, let profile else { return nil }
    let usual = days.suffix(7).reduce(0.0) { $0 + profile[$1.weekday] }
    let last = days.suffix(7).reduce(0.0) { $0 + Double($1.nanos) }
    let level = usual > 0 ? last / usual : 1
    return profile.map { $0 * level }
  }

  /// The plain mean of each weekday; nil while a weekday has not come.
  private var profile: [Double]? {
    var (sums, counts) = (Array(repeating: 0.0, count: 7), Array(repeating: 0.0, count: 7))
    for day in days {
      sums[day.weekday] += Double(day.nanos)
      counts[day.weekday] += 1
    }
    return counts.contains(0) ? nil : zip(sums, counts).map { $0 / $1 }
  }

  /// The standard deviation of the sum of the days that are left, in nano-dollars, where `rest` is
  /// expected of them; nil with fewer than 7 days of history.
  ///
  /// Three things are uncertain: each day's noise, the level that was measured in 7 noisy days, and
  /// the trend that was measured in four noisy weeks.
  func spread(of rest: [Double]) -> Double? {
    guard days.count >= 7 else { return nil }
    let total = rest.reduce(0, +)
    let noise = relativeNoise
    let ofDays = noise * rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let ofLevel = noise * total / 7.0.squareRoot()
    // The slope of four weeks has a fifth of a week's variance.
    let weeksAhead = (Double(rest.count) / 2 + Self.daysSinceLevel) / 7
    let ofTrend = days.count < 28 ? 0 : ofLevel / 5.0.squareRoot() * weeksAhead
    return (ofDays * ofDays + ofLevel * ofLevel + ofTrend * ofTrend).squareRoot()
  }

  /// The days that are left, were the trend of the last four weeks to go on; nil with fewer.
  func continued(_ rest: [Double]) -> [Double]? {
    guard days.count == 28, let profile else { return nil }
    let levels = weekLevels(profile)
    guard levels.allSatisfy({ $0 > 0 }) else { return nil }
    // Least squares over weeks −1.5, −0.5, 0.5 and 1.5.
    let slope = zip([-0.3, -0.1, 0.1, 0.3], levels).reduce(0) {
      $0 + $1.0 * naturalLogarithm($1.1)
    }
    return rest.enumerated().map { day, expected in
      expected * exponential(slope * (Double(day) + Self.daysSinceLevel) / 7)
    }
  }

  /// From the middle of the last 7 days to the first one ahead.
  private static let daysSinceLevel = 4.0

  /// The standard deviation of a day around its weekday at its week's level, as a share of it; with
  /// fewer than 28 days around their plain mean, which takes weekends for noise.
  private var relativeNoise: Double {
    guard days.count == 28, let profile else {
      let values = days.map { Double($0.nanos) }
      let (mean, deviation) = meanAndDeviation(values[...])
      let freedom = Double(values.count) / Double(max(1, values.count - 1))
      return mean > 0 ? deviation * freedom.squareRoot() / mean : 0
    }
    let levels = weekLevels(profile)
    var squares = 0.0
    for (index, day) in days.enumerated() {
      let usual = profile[day.weekday] * levels[index / 7]
      if usual > 0 {
        let share = Double(day.nanos) / usual - 1
        squares += share * share
      }
    }
    // 28 days less 7 weekdays and 3 free levels.
    return (squares / 18).squareRoot()
  }

  /// The level of each of the four weeks beside the profile.
  private func weekLevels(_ profile: [Double]) -> [Double] {
    stride(from: 0, to: days.count, by: 7).map { week in
      let days = days.dropFirst(week).prefix(7)
      let usual = days.reduce(0.0) { $0 + profile[$1.weekday] }
      return usual > 0 ? days.reduce(0.0) { $0 + Double($1.nanos) } / usual : 1
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
