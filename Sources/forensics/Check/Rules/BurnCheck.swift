import Alerts
import CallStore
import Trends

/// How fast the month's budget burns beyond what is usual at this hour of the week.
enum BurnCheck {
  static let name = "burn"

  struct Limits: Equatable {
    /// Per cent of the month's budget beyond the profile, in an hour and in six.
    var hour = 2.0
    var sixHours = 5.0
    var minimumNanos: Int64 = 1_000_000_000

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "hour": hour = try setting.value.pct(upTo: 100)
        case "six_hours": sixHours = try setting.value.pct(upTo: 100)
        case "minimum_usd": minimumNanos = try setting.value.usd()
        default: throw setting.value.unknown(known: ["hour", "six_hours", "minimum_usd"])
        }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.burn
    let budget = configuration.budgets.budgets.compactMap { budget -> Int64? in
      guard case .usd(let nanos) = budget.limit, budget.scope == .everybody,
        budget.period == .monthly
      else { return nil }
      return nanos
    }.first
    // What burns now must not have taught what is usual.
    let before = facts.knownUntil - BurnRule.slow.longWindow
    guard let budget, let hours = try facts.hours(until: before) else { return [] }
    let profile = HourProfile(hours)
    let rules = [
      BurnRule(
        name: "1h", longWindow: BurnRule.fast.longWindow, shortWindow: BurnRule.fast.shortWindow,
        extraShare: limits.hour / 100, minimum: limits.minimumNanos, urgency: .critical),
      BurnRule(
        name: "6h", longWindow: BurnRule.slow.longWindow, shortWindow: BurnRule.slow.shortWindow,
        extraShare: limits.sixHours / 100, minimum: limits.minimumNanos, urgency: .warning),
    ]
    return try rules.map { rule in
      func rate(_ length: Int64) throws -> BurnRate {
        let window = facts.knownUntil - length..<facts.knownUntil
        let spent = try facts.rows(
          .checkSpend, since: window.lowerBound, until: window.upperBound
        ).reduce(0) { $0 + $1.number(2) }
        return BurnRate(
          spent: spent, window: window, budget: budget, period: facts.month, profile: profile)
      }
      let verdict = rule.verdict(long: try rate(rule.longWindow), short: try rate(rule.shortWindow))
      return finding(verdict, budget, facts)
    }
  }

  private static func finding(
    _ verdict: BurnVerdict, _ budget: Int64, _ facts: CheckFacts
  ) -> Finding {
    let state: AlertState =
      switch verdict.urgency {
      case .none: .ok
      case .ticket, .warning: .warning
      case .critical: .critical
      }
    let extra = max(0, verdict.long.extra)
    let isCritical = verdict.rule.urgency == .critical
    let length = lengthText(verdict.rule.longWindow)
    return Finding(
      name, [.word(verdict.rule.name)], state,
      "the \(length) to \(facts.time(of: verdict.long.window.upperBound)) cost "
        + "\(Quantity.usd(verdict.long.spent).text), \(Quantity.usd(extra).text) beyond the usual: "
        + "\(Quantity.pct(verdict.long.extraShare > 0 ? verdict.long.extraShare * 100 : 0).text) of the monthly "
        + "budget of \(Quantity.usd(budget).text)",
      value: .usd(extra), warning: isCritical ? nil : .usd(verdict.limit),
      critical: isCritical ? .usd(verdict.limit) : nil,
      next: facts.command("top-prompts", "--since", lengthOption(verdict.rule.longWindow)))
  }
}
