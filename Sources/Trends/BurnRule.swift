/// How urgent a verdict is; `ticket` is for the next working day.
package enum Urgency: Int, Sendable, Comparable {
  case none, ticket, warning, critical

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A burn-rate alarm over two windows: the long one says that it matters, the short one that it
/// goes on.
package struct BurnRule: Sendable, Equatable {
  package let name: String
  /// Milliseconds.
  package let longWindow, shortWindow: Int64
  /// The share of the period's budget, beyond the profile, that the long window may take.
  package let extraShare: Double
  /// The least spend beyond the profile, in nano-dollars.
  package let minimum: Int64
  package let urgency: Urgency

  package init(
    name: String, longWindow: Int64, shortWindow: Int64, extraShare: Double,
    minimum: Int64 = 1_000_000_000, urgency: Urgency
  ) {
    self.name = name
    self.longWindow = longWindow
    self.shortWindow = shortWindow
    self.extraShare = extraShare
    self.minimum = minimum
    self.urgency = urgency
  }

  /// 2 % of the month's budget beyond the profile in one hour, and the last quarter still burns.
  package static let fast = BurnRule(
    name: "fast burn", longWindow: hourMilliseconds, shortWindow: hourMilliseconds / 4,
    extraShare: 0.02, urgency: .critical)

  /// 5 % in six hours, and the last half hour still burns.
  package static let slow = BurnRule(
    name: "slow burn", longWindow: 6 * hourMilliseconds, shortWindow: hourMilliseconds / 2,
    extraShare: 0.05, urgency: .warning)

  /// Judges the two windows; `short` is nil where its spend is not known, and then does not object.
  package func verdict(long: BurnRate, short: BurnRate?) -> BurnVerdict {
    let limit = Int64(saturating: extraShare * Double(long.budget))
    let isHeavy = long.budget > 0 && long.extra >= max(limit, minimum)
    let goesOn = short.map { short in
      let part = Double(shortWindow) / Double(longWindow)
      return Double(short.extra) >= part * extraShare * Double(short.budget)
    }
    return BurnVerdict(
      rule: self, long: long, short: short, limit: max(limit, minimum), stillBurns: goesOn,
      urgency: isHeavy && goesOn ?? true ? urgency : .none)
  }
}

/// What a burn rule says, with its figures.
package struct BurnVerdict: Sendable, Equatable {
  package let rule: BurnRule
  package let long: BurnRate
  package let short: BurnRate?
  /// Extra nano-dollars from which the long window is too much.
  package let limit: Int64
  /// Nil where the short window is not known.
  package let stillBurns: Bool?
  package let urgency: Urgency
}

/// A ticket when the projected end is more than a tenth above the budget.
package struct ProjectionRule: Sendable, Equatable {
  /// Share above the budget.
  package let tolerance: Double
  /// The least amount above the budget, in nano-dollars.
  package let minimum: Int64

  package init(tolerance: Double = 0.1, minimum: Int64 = 1_000_000_000) {
    self.tolerance = tolerance
    self.minimum = minimum
  }

  /// The amount by which the best estimate is above the budget, in nano-dollars, and what to do;
  /// nil where there is no estimate.
  package func verdict(
    _ projection: MonthEndProjection, budget: Int64
  ) -> (over: Int64, urgency: Urgency)? {
    guard let best = projection.best else { return nil }
    let over = best.nanos.saturatingSubtracting(budget)
    let isOver = Double(over) > tolerance * Double(budget) && over >= minimum
    return (over, isOver ? .ticket : .none)
  }
}
