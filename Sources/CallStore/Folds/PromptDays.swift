import Tables

/// The prompts of one feature, day by day.
struct PromptDays {
  /// Calls of one day, deploy and status.
  struct Stretch {
    var day: Int64
    var deploy: String?
    var calls: Int64
    var pricedCalls: Int64
    var costNanos: Int64
    var median: Int64
    var high: Int64
  }

  /// A day's calls together.
  struct Point: Equatable {
    var day: Int64
    var calls: Int64
    var pricedCalls: Int64
    var costNanos: Int64
    var median: Int64
    var high: Int64
  }

  struct Rule {
    /// Per cent.
    var change: Int64
    var days: Int
    var calls: Int64
  }

  struct Rise {
    var day: Int64
    var before: Spread
    var after: Spread
    var change: Double
    var highBefore: Int64?
    var highAfter: Int64?
    var isStep: Bool
    var deploy: String?
    /// nil where no price is known on either side.
    var extraNanos: Int64?
  }

  private(set) var stretches: [Stretch] = []

  mutating func add(_ line: FoldRow) {
    guard let median = line.whole("median_prompt"), line["n_calls"] > 0 else { return }
    stretches.append(
      Stretch(
        day: line["day_at"], deploy: line.text("of_deploy"),
        calls: line["n_calls"], pricedCalls: line["n_priced"], costNanos: line["paid_usd_nanos"],
        median: median,
        high: line["high_prompt"]))
  }

  /// Days with calls enough, in order.
  func points(_ rule: Rule) -> [Point] {
    Dictionary(grouping: stretches, by: \.day).map { day, parts in
      Point(
        day: day, calls: parts.reduce(0) { $0 + $1.calls },
        pricedCalls: parts.reduce(0) { $0 + $1.pricedCalls },
        costNanos: parts.reduce(0) { $0 + $1.costNanos },
        median: Self.weighted(parts.map { ($0.median, $0.calls) }),
        high: Self.weighted(parts.map { ($0.high, $0.calls) }))
    }
    .filter { $0.calls >= rule.calls }.sorted { $0.day < $1.day }
  }

  /// The lowest value that half of the weight does not exceed.
  private static func weighted(_ values: [(value: Int64, weight: Int64)]) -> Int64 {
    let sorted = values.sorted { $0.value < $1.value }
    let all = sorted.reduce(0) { $0 + $1.weight }
    var met: Int64 = 0
    for (value, weight) in sorted {
      met += weight
      if met * 2 >= all { return value }
    }
    return 0
  }

  func rise(_ rule: Rule) -> Rise? {
    let points = points(rule)
    guard let split = LevelChange.split(points.map(\.median), atLeast: rule.days) else {
      return nil
    }
    let (before, after) = (points[..<split], points[split...])
    guard let low = Spread(before.map(\.median)), let high = Spread(after.map(\.median)),
      let change = high.change(from: low), change >= Double(rule.change),
      high.difference(from: low) != .none
    else { return nil }
    let isStep = LevelChange.isStep(points.map(\.median), at: split)
    return Rise(
      day: points[split].day, before: low, after: high, change: change,
      highBefore: Spread(before.map(\.high))?.median,
      highAfter: Spread(after.map(\.high))?.median,
      isStep: isStep,
      deploy: isStep ? deploy(on: points[split].day, after: points[split - 1].day) : nil,
      extraNanos: Self.extra(before: before, after: after))
  }

  /// The deploy that was new on that day or the one before; of several, the one with the most calls.
  private func deploy(on day: Int64, after last: Int64) -> String? {
    var first: [String: Int64] = [:]
    for stretch in stretches {
      if let deploy = stretch.deploy { first[deploy] = min(first[deploy] ?? .max, stretch.day) }
    }
    return stretches.filter { stretch in
      stretch.day == day && stretch.deploy.flatMap { first[$0] }.map { $0 >= last } == true
    }
    .max { ($0.calls, $1.deploy ?? "") < ($1.calls, $0.deploy ?? "") }?.deploy
  }

  /// What the priced calls cost beyond their number times the average of those before.
  private static func extra(before: ArraySlice<Point>, after: ArraySlice<Point>) -> Int64? {
    func sum(_ points: ArraySlice<Point>, _ value: (Point) -> Int64) -> Int128 {
      points.reduce(0) { $0 + Int128(value($1)) }
    }
    let (few, many) = (sum(before, \.pricedCalls), sum(after, \.pricedCalls))
    guard few > 0, many > 0 else { return nil }
    return Int64(sum(after, \.costNanos) - sum(before, \.costNanos) * many / few)
  }
}
