import CallStore
import Tables

/// What deserves a look although no saving can be reckoned.
struct AuditFinding: Equatable {
  /// So that audits can be compared.
  let id: String
  let title: String
  let sentence: String
  /// What the calls in question cost within the window; nil where that says nothing.
  var nanos: Int64?
  let evidence: String
}

extension AuditFinding {
  static func find(_ facts: AuditFacts) throws -> [AuditFinding] {
    try [
      ceilings(facts), unattributed(facts), unpriced(facts), residency(facts), limits(facts),
      growth(facts), silence(facts),
    ].flatMap(\.self)
  }

  /// Ceilings that cut answers off, and ceilings far above need.
  private static func ceilings(_ facts: AuditFacts) throws -> [AuditFinding] {
    try facts.rows(MaxTokens.recipe, ["limit": "10000"]).compactMap { row in
      let name = row.text("feature") ?? Selection.none
      let ceiling = row.number("max_tokens")
      switch row.text("advice") {
      case "raise":
        return AuditFinding(
          id: "truncation/\(name)", title: "Answers of \(name) are cut off",
          sentence:
            "\(row.number("n_cut").grouped) of \(counted(row.number("n_calls"), "answer")) stopped at "
            + "\(ceiling.grouped) tokens: paid for, not whole, and often asked for again",
          nanos: row.known("cut_usd"), evidence: facts.command("max-tokens", "--feature", name))
      case "lower":
        return AuditFinding(
          id: "headroom/\(name)", title: "\(name) allows far longer answers than it gets",
          sentence:
            "max_tokens is \(ceiling.grouped), 99 of 100 answers have at most "
            + "\(row.number("p99_tokens").grouped): what a runaway answer may cost, and counted by some rate limits",
          evidence: facts.command("max-tokens", "--feature", name))
      default: return nil
      }
    }
  }

  /// Spend that nobody can be asked about.
  private static func unattributed(_ facts: AuditFacts) throws -> [AuditFinding] {
    let all = try facts.nanos()
    let tenants = try facts.rows(.checkUsage, ["by": "tenant"])
    let noTenant = tenants.first { $0.text("tenant_id") == nil }
    let noFeature = try facts.uses().filter { $0.feature == nil }
    let found = [
      ("tenant", noTenant?.number("n_calls") ?? 0, noTenant?.number("total_usd") ?? 0),
      (
        "feature", noFeature.reduce(0) { $0 + $1.calls }, noFeature.reduce(0) { $0 + $1.nanos }
      ),
    ]
    return found.filter { $0.1 > 0 }.map { label, calls, nanos in
      AuditFinding(
        id: "unattributed/\(label)", title: "Calls without a \(label)",
        sentence:
          "\(counted(calls, "call")), \(shareText(nanos, of: all)) of the spend: nobody can be asked about them",
        nanos: nanos, evidence: facts.command("calls", "--\(label)", Selection.none))
    }
  }

  private static func unpriced(_ facts: AuditFacts) throws -> [AuditFinding] {
    guard let coverage = try facts.answer(ModelMix.recipe, ["by": "feature"]).coverage,
      coverage.unpricedCalls > 0
    else { return [] }
    let models = coverage.unpricedModels
    return [
      AuditFinding(
        id: "unpriced", title: "Calls without a price",
        sentence: counted(coverage.unpricedCalls, "call")
          + (models.isEmpty ? "" : " of \(models.joined(separator: ", "))")
          + ": in no amount here",
        evidence: facts.command("data-quality"))
    ]
  }

  private static func residency(_ facts: AuditFacts) throws -> [AuditFinding] {
    guard let rules = facts.settings.residency.argument else { return [] }
    let broken = try facts.rows(ResidencyCheck.recipe, ["rules": rules])
      .filter { $0.isSet("violation") }
    let tenants = Dictionary(grouping: broken) { $0.text("tenant_id") ?? Selection.none }
    return tenants.sorted { $0.key < $1.key }.map { tenant, rows in
      let places = Set(rows.map { $0.text("geography") ?? Selection.none }).sorted()
      let calls = rows.reduce(0) { $0 + $1.number("n_calls") }
      return AuditFinding(
        id: "residency/\(tenant)", title: "Calls of \(tenant) outside of where they may be",
        sentence:
          "\(counted(calls, "call")) in \(places.joined(separator: ", ")), allowed: \(rows[0].text("allowed") ?? "")",
        nanos: rows.reduce(0) { $0 + $1.number("spend_usd") },
        evidence: facts.command("residency", "--tenant", tenant))
    }
  }

  /// Above 0.1 % of calls.
  private static func limits(_ facts: AuditFacts) throws -> [AuditFinding] {
    try facts.rows(RateLimits.recipe, ["by": "feature"]).compactMap { row in
      guard let share = row.percent("limited_pct"), share > 0.1 else { return nil }
      let name = row.text("feature") ?? Selection.none
      return AuditFinding(
        id: "rate-limit/\(name)", title: "\(name) is turned away by rate limits",
        sentence:
          "\(counted(row.number("n_limited"), "call")), \(percentText(share)) of them, got 429; "
          + "\(counted(row.number("waited_ms") / 1000, "second")) were waited",
        evidence: facts.command("rate-limits", "--by", "feature", "--feature", name))
    }
  }

  /// Days of which logs are missing.
  private static func silence(_ facts: AuditFacts) throws -> [AuditFinding] {
    let days = try facts.rows(DataQuality.recipe)
    let silent = days.filter { !($0.text("silent") ?? "").isEmpty }
    let gaps = days.filter { $0.number("n_gap_hours") > 0 }
    guard let first = (silent + gaps).map({ $0.number("day_at") }).min() else { return [] }
    return [
      AuditFinding(
        id: "missing-logs", title: "Logs that did not come",
        sentence:
          "\(counted(Int64(silent.count), "day")) with a silent source, \(counted(Int64(gaps.count), "day")) with "
          + "hours missing, the first \(facts.day(of: first)): savings there are not seen",
        evidence: facts.command("data-quality"))
    ]
  }
}
