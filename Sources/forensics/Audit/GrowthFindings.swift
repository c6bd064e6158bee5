import CallStore

extension AuditFinding {
  /// Tenants that cost much more in the last week of the window than in the one before, by the limits of `check`.
  static func growth(_ facts: AuditFacts) throws -> [AuditFinding] {
    let limits = facts.settings.check.tenantGrowth
    let end = min(facts.selection.until ?? facts.asOf, facts.asOf)
    let start = end - limits.window
    guard let first = try facts.database.oldestHour(), limits.canCompare(start, since: first) else {
      return []
    }
    let rows = try facts.database.rows(
      of: TenantTrend.recipe, over: facts.narrowed([:], from: start, until: end), asOf: facts.asOf
    ).map(CheckFacts.Row.init)
    return limits.grown(rows).map { tenant in
      AuditFinding(
        id: "tenant-growth/\(tenant.name)",
        title: "\(tenant.name) costs \(percentText(tenant.pct)) more than a week before",
        sentence:
          "\(money(tenant.nanos)) in the last \(lengthText(limits.window)), \(money(tenant.nanosBefore)) in those "
          + "before: it grows, or something broke for it",
        nanos: tenant.nanos - tenant.nanosBefore,
        evidence: facts.command(
          "tenant-trend", "--tenant", tenant.name, "--since", facts.boundText(start), "--until",
          facts.boundText(end)))
    }
  }
}
