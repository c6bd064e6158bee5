import Alerts
import CallStore

/// Tenants that cost much more than in the window before: they grow, or something broke for them.
enum TenantGrowthCheck {
  static let name = "tenant-growth"

  struct Limits: Equatable {
    var window: Int64 = 7 * 86_400_000
    /// The article's threshold.
    var warning = 50.0
    /// Nil is never: growth is good news as often as not.
    var critical: Double?
    /// What an increase must amount to: in dollars, and of everybody's spend.
    var minimumNanos: Int64 = 1_000_000_000
    var minimumShare = 1.0

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "warning": warning = try setting.value.pct()
        case "critical": critical = try setting.value.pct()
        case "minimum_usd": minimumNanos = try setting.value.usd()
        case "minimum_share": minimumShare = try setting.value.pct(upTo: 100)
        default:
          throw setting.value.unknown(known: [
            "window", "warning", "critical", "minimum_usd", "minimum_share",
          ])
        }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.tenantGrowth
    let start = facts.asOf - 2 * limits.window
    let first = try facts.firstHour()
    if first > start + limits.window / 7 {
      return [
        Finding(
          name, [], .ok,
          "whether a tenant grew cannot be told: the logs begin \(facts.day(of: first)), after the "
            + "\(lengthText(limits.window)) to compare with did", isUndecided: true)
      ]
    }
    let rows = try facts.rows(TenantTrend.recipe, since: facts.asOf - limits.window)
    let total = rows.reduce(0) { $0 + $1.number(1) }
    let least = max(limits.minimumNanos, Int64(Double(total) * limits.minimumShare / 100))
    let found = rows.compactMap { row -> Finding? in
      let (now, before) = (row.number(1), row.number(2))
      guard let tenant = row.text(0), before > 0, now - before >= least else { return nil }
      let growth = Double(now - before) * 100 / Double(before)
      guard growth > limits.warning else { return nil }
      return finding(tenant, now, before, growth, limits, facts)
    }
    if !found.isEmpty { return found }
    return [
      Finding(
        name, [], .ok,
        "no tenant's cost of the last \(lengthText(limits.window)) is more than "
          + "\(Quantity.pct(limits.warning).text) above that of the \(lengthText(limits.window)) before"
      )
    ]
  }

  private static func finding(
    _ tenant: String, _ now: Int64, _ before: Int64, _ growth: Double, _ limits: Limits,
    _ facts: CheckFacts
  ) -> Finding {
    let isCritical = limits.critical.map { growth > $0 } ?? false
    return Finding(
      name, [tenant], isCritical ? .critical : .warning,
      "tenant \(tenant) cost \(Quantity.usd(now).text) in the last \(lengthText(limits.window)), "
        + "\(Quantity.pct(growth).text) more than in the \(lengthText(limits.window)) before "
        + "(\(Quantity.usd(before).text))",
      value: .pct(growth), warning: .pct(limits.warning),
      critical: limits.critical.map { .pct($0) },
      next: facts.command(
        "tenant-trend", "--tenant", tenant, "--period", lengthOption(limits.window)))
  }
}
