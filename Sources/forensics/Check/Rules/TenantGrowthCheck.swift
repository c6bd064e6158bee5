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
    guard limits.canCompare(start + limits.window, since: first) else {
      return [
        Finding(
          name, [], .ok,
          "whether a tenant grew cannot be told: the logs begin \(facts.day(of: first)), after the "
            + "\(lengthText(limits.window)) to compare with did", isUndecided: true)
      ]
    }
    let rows = try facts.rows(TenantTrend.recipe, since: facts.asOf - limits.window)
    let found = limits.grown(rows).map { finding($0, limits, facts) }
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
    _ tenant: GrownTenant, _ limits: Limits, _ facts: CheckFacts
  ) -> Finding {
    let isCritical = limits.critical.map { tenant.pct > $0 } ?? false
    return Finding(
      name, [.name(tenant.name)], isCritical ? .critical : .warning,
      "tenant \(tenant.name) cost \(Quantity.usd(tenant.nanos).text) in the last \(lengthText(limits.window)), "
        + "\(Quantity.pct(tenant.pct).text) more than in the \(lengthText(limits.window)) before "
        + "(\(Quantity.usd(tenant.nanosBefore).text))",
      value: .pct(tenant.pct), warning: .pct(limits.warning),
      critical: limits.critical.map { .pct($0) },
      next: facts.command(
        "tenant-trend", "--tenant", tenant.name, "--period", lengthOption(limits.window)))
  }
}

/// A tenant that cost much more than in the window before.
struct GrownTenant {
  let name: String
  let nanos, nanosBefore: Int64

  var pct: Double { Double(nanos - nanosBefore) * 100 / Double(nanosBefore) }
}

extension TenantGrowthCheck.Limits {
  /// Whether logs reach back far enough for the window before one that begins at an instant.
  func canCompare(_ start: Int64, since first: Int64) -> Bool {
    first <= start - window + window / 7
  }

  /// Those of `tenant-trend`'s rows that grew, by a share and by an amount that matter.
  func grown(_ rows: [CheckFacts.Row]) -> [GrownTenant] {
    let total = rows.reduce(0) { $0 + $1.number(1) }
    let least = max(minimumNanos, Int64(Double(total) * minimumShare / 100))
    return rows.compactMap { row in
      guard let name = row.text(0), row.number(2) > 0 else { return nil }
      let tenant = GrownTenant(name: name, nanos: row.number(1), nanosBefore: row.number(2))
      return tenant.nanos - tenant.nanosBefore >= least && tenant.pct > warning ? tenant : nil
    }
  }
}
