import Alerts
import CallStore

/// What was spent of each budget so far: today, this month, in one session.
enum BudgetCheck {
  static let name = "budget"

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let budgets = configuration.budgets.budgets
    return try budgets.flatMap { budget in
      switch budget.scope {
      case .session: return try sessions(budget, facts)
      case .everybody:
        let spent = try total(budget, facts)
        return [finding(budget, spent, of: nil, facts)]
      case .one(let dimension, let name):
        let spent = try usage(by: dimension, budget, facts)[name] ?? 0
        return [finding(budget, spent, of: (dimension, name), facts)]
      case .each(let dimension):
        let named = budgets.compactMap { other -> String? in
          guard case .one(dimension, let name) = other.scope, other.period == budget.period,
            other.limit.unit == budget.limit.unit
          else { return nil }
          return name
        }
        return try usage(by: dimension, budget, facts).filter { !named.contains($0.key) }
          .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { finding(budget, $0.value, of: (dimension, $0.key), facts) }
      }
    }
  }

  private static func total(_ budget: Budget, _ facts: CheckFacts) throws -> Int64 {
    try facts.rows(.checkSpend, since: facts.start(of: budget.period))
      .reduce(0) { $0 + $1.number(budget.isInTokens ? 3 : 2) }
  }

  /// By name; what was not logged has no budget.
  private static func usage(
    by dimension: Dimension, _ budget: Budget, _ facts: CheckFacts
  ) throws -> [String: Int64] {
    let rows = try facts.rows(
      .checkUsage, since: facts.start(of: budget.period), [:], ["by": dimension.rawValue])
    var usage: [String: Int64] = [:]
    for row in rows {
      if let name = row.text(0) { usage[name] = row.number(budget.isInTokens ? 3 : 2) }
    }
    return usage
  }

  /// Those that have something to say, and the largest where none has.
  private static func sessions(_ budget: Budget, _ facts: CheckFacts) throws -> [Finding] {
    let spent = try usage(by: .session, budget, facts)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let notable = spent.filter { budget.isReached(budget.thresholds.warning, by: $0.value) }
    return (notable.isEmpty ? Array(spent.prefix(1)) : notable).map { session, amount in
      let found = finding(budget, amount, of: (.session, session), facts)
      // The largest that is fine has no name of its own, or each run would have another series.
      guard found.state == .ok else { return found }
      return Finding(
        name, ["session"] + budget.unitScope, .ok, found.sentence, value: found.value,
        warning: found.warning, critical: found.critical)
    }
  }

  private static func finding(
    _ budget: Budget, _ spent: Int64, of who: (dimension: Dimension, name: String)?,
    _ facts: CheckFacts
  ) -> Finding {
    let value: Quantity = budget.isInTokens ? .tokens(spent) : .usd(spent)
    let limits = budget.thresholds
    let state: AlertState =
      budget.isReached(limits.critical, by: spent)
      ? .critical : budget.isReached(limits.warning, by: spent) ? .warning : .ok
    let words: (Budget.Period) -> (when: String, which: String) = {
      switch $0 {
      case .daily: ("today", "daily budget")
      case .monthly: ("this month", "monthly budget")
      case .session: ("in the last 24 hours", "budget of a session")
      }
    }
    let subject = who.map { "\($0.dimension.rawValue) \($0.name)" } ?? "everybody together"
    let share = Quantity.pct(Double(spent) * 100 / Double(max(budget.size, 1))).text
    return Finding(
      name, budget.scopeID(who?.name), state,
      "\(subject) used \(value.text) \(words(budget.period).when), \(share) of the "
        + "\(words(budget.period).which) of \(budget.limit.text)",
      value: value, warning: budget.share(limits.warning), critical: budget.share(limits.critical),
      next: next(budget, who, facts),
      isNotice: state == .ok && budget.isReached(limits.notice, by: spent))
  }

  private static func next(
    _ budget: Budget, _ who: (dimension: Dimension, name: String)?, _ facts: CheckFacts
  ) -> String {
    let since = budget.period == .session ? "24h" : facts.day(of: facts.start(of: budget.period))
    guard let who else { return facts.command("spend", "--by", "tenant,feature", "--since", since) }
    return facts.command(
      "spend", "--\(who.dimension.rawValue)", who.name, "--by", "feature,model", "--since", since)
  }
}

extension Budget {
  var isInTokens: Bool { limit.unit == .tokens }

  /// In whole nano-dollars or tokens.
  var size: Int64 {
    switch limit {
    case .usd(let number), .tokens(let number), .calls(let number), .seconds(let number): number
    case .pct: 0
    }
  }

  func isReached(_ pct: Int64, by spent: Int64) -> Bool {
    Int128(spent) * 100 >= Int128(size) * Int128(pct)
  }

  fileprivate var unitScope: [FindingScope] { isInTokens ? ["tokens"] : [] }

  /// `monthly`, `tenant.alder-bank.daily.tokens`, `session.s-17`.
  func scopeID(_ name: String?) -> [FindingScope] {
    let period = FindingScope.word(period.rawValue)
    return switch scope {
    case .everybody: [period] + unitScope
    case .one(let dimension, _), .each(let dimension):
      [.word(dimension.rawValue), .name(name), period] + unitScope
    case .session: ["session", .name(name)] + unitScope
    }
  }
}
