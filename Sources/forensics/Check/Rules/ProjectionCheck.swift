import Alerts
import CallStore
import Tables
import Trends

/// What the month is going to cost beside its budget: a best estimate with a range, and the article's straight
/// line beside it.
enum ProjectionCheck {
  static let name = "projection"

  struct Limits: Equatable {
    /// Per cent above the budget that an estimate may be wrong by.
    var tolerance = 10.0
    var minimumNanos: Int64 = 1_000_000_000

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "tolerance": tolerance = try setting.value.pct(upTo: 1000)
        case "minimum_usd": minimumNanos = try setting.value.usd()
        default: throw setting.value.unknown(known: ["tolerance", "minimum_usd"])
        }
      }
    }
  }

  /// Budgets of everyone named; those of `*` would be a projection each.
  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    var known: [Dimension: [String: SpendSeries]] = [:]
    return try configuration.budgets.budgets.compactMap { budget in
      guard case .usd(let nanos) = budget.limit, budget.period == .monthly else { return nil }
      let limits = configuration.projection
      switch budget.scope {
      case .everybody:
        let days = try facts.hours(partial: true)?.folded(to: .day)
        return finding(budget.scopeID(nil), nanos, "this month", [], days, facts, limits)
      case .one(let dimension, let name):
        let days = try known[dimension] ?? facts.days(by: dimension)
        known[dimension] = days
        return finding(
          budget.scopeID(name), nanos, "this month of \(dimension.rawValue) \(name)",
          ["--\(dimension.rawValue)", name], days[name], facts, limits)
      case .each, .session: return nil
      }
    }
  }

  private static func finding(
    _ scope: [FindingScope], _ nanos: Int64, _ what: String, _ filter: [String],
    _ days: SpendSeries?, _ facts: CheckFacts, _ limits: Limits
  ) -> Finding {
    guard let days else {
      return undecided(scope, "there is no call yet that \(what) could be told from")
    }
    let projection = MonthEndProjection(
      of: facts.month, days: days, today: days.clock.day(at: facts.asOf), budget: nanos)
    guard let best = projection.best else {
      return undecided(scope, "\(what) cannot be told yet: no day of it is over")
    }
    let rule = ProjectionRule(tolerance: limits.tolerance / 100, minimum: limits.minimumNanos)
    let isOver = rule.verdict(projection, budget: nanos)?.urgency ?? .none > .none
    // Even the low end of the range is above it.
    let isCertain = isOver && projection.range.map { $0.lowerBound > nanos } ?? false
    return Finding(
      name, scope, isCertain ? .critical : isOver ? .warning : .ok,
      sentence(what, projection, best.nanos, nanos), value: .usd(best.nanos),
      warning: .usd(Int64(clamping: Int128(Double(nanos) * (1 + limits.tolerance / 100)))),
      next: facts.command(
        ["spend"] + filter + [
          "--by", "all", "--bucket", "day", "--since", facts.day(of: facts.month.lowerBound),
        ]),
      isNotice: !isOver && best.nanos > nanos)
  }

  private static func undecided(_ scope: [FindingScope], _ why: String) -> Finding {
    Finding(name, scope, .ok, why, isUndecided: true)
  }

  private static func sentence(
    _ what: String, _ projection: MonthEndProjection, _ best: Int64, _ budget: Int64
  ) -> String {
    let range = projection.range.map {
      "between \(Quantity.usd($0.lowerBound).text) and \(Quantity.usd($0.upperBound).text); "
    }
    let line = (projection.linearByDayOfMonth ?? projection.linear).map {
      "a straight line says \(Quantity.usd($0).text)"
    }
    let crossed = projection.budgetCrossed.map { day in
      ", which is crossed on \(ClockTime(Int64(day) * 86_400_000).toTheSecond.prefix(10))"
    }
    return "\(what) is going to cost \(Quantity.usd(best).text) (\(range ?? "")\(line ?? "")), "
      + "\(Quantity.pct(Double(best) * 100 / Double(max(budget, 1))).text) of the monthly budget of "
      + "\(Quantity.usd(budget).text)\(crossed ?? "")"
  }
}
