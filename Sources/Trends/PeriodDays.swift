/// The days of a budget period: those that are complete, the one that runs, those that are left.
struct PeriodDays {
  /// Local dates in days since 1970-01-01.
  let days: Range<Int>
  let complete: [SpendSeries.Bucket]
  /// The days without a complete bucket, today among them.
  let left: [Int]
  /// What complete days have cost, and that with today's part, in nano-dollars.
  let settled, spent: Int128
  /// Which day of the period today is, from 1; nil where the period has no bucket yet.
  let dayOfPeriod: Int?
  private let soFar: [Int: Double]

  init(_ period: Range<Int64>, in series: SpendSeries, today: Int) {
    let first = series.clock.day(at: period.lowerBound)
    let days = first..<max(first, series.clock.day(at: period.upperBound - 1) + 1)
    let inside = series.buckets.filter { days.contains($0.day) && $0.day <= today }
    let complete = inside.filter { $0.isComplete && $0.day < today }
    let partial = inside.filter { !$0.isComplete || $0.day == today }
    let known = Set(complete.map(\.day))

    self.days = days
    self.complete = complete
    left = days.filter { !known.contains($0) }
    settled = complete.reduce(0) { $0 + Int128($1.nanos) }
    spent = partial.reduce(settled) { $0 + Int128($1.nanos) }
    dayOfPeriod = inside.isEmpty ? nil : min(max(today, first), days.upperBound - 1) - first + 1
    soFar = Dictionary(partial.map { ($0.day, Double($0.nanos)) }, uniquingKeysWith: +)
  }

  /// What the days that are left cost, in their order; one that has begun at least what it has
  /// cost.
  func rest(_ expected: (Int) -> Double) -> [Double] {
    left.map { max(soFar[$0] ?? 0, expected($0)) }
  }

  /// The whole period in nano-dollars, where the days that are left cost `rest`.
  func total(_ rest: [Double]) -> Int64 {
    Int64(saturating: Double(settled) + rest.reduce(0, +))
  }

  /// The first day at whose end more than `budget` is spent, where the days left cost `rest`.
  func firstDay(above budget: Int64, rest: [Double]) -> Int? {
    var costs = Dictionary(uniqueKeysWithValues: zip(left, rest))
    for day in complete { costs[day.day] = Double(day.nanos) }
    var running = 0.0
    return days.first { day in
      running += costs[day] ?? soFar[day] ?? 0
      return running > Double(budget)
    }
  }
}
