import CallStore
import Tables
import UsageLog

/// Everything an audit says, before it has a form.
struct AuditReport {
  /// UTC milliseconds, as below.
  let asOf: Int64
  let selection: Selection
  let timezone: String
  /// The time that was observed; months are scaled from it.
  let span: Range<Int64>
  let coverage: Coverage?
  let book: String
  let spendNanos: Int64
  let monthNanos: Int64
  /// Nano-dollars a month below which a lever is not worth a line.
  let minimum: Int64
  let levers: Levers
  let findings: [AuditFinding]
  let checklist: AuditChecklist
  let profile: ProfileView
  var comparison: AuditComparison?
  /// The window's ends and lengths, in the words of the report's zone.
  let windowText: String
  let daysText: String

  /// - Parameters:
  ///   - minimum: nil is a dollar, or half a per cent of a month's spend where that is more.
  ///   - chosen: a profile that somebody named.
  init(
    _ facts: AuditFacts, minimum: Int64? = nil, profile chosen: BuyerProfile? = nil,
    baseline: AuditBaseline? = nil
  ) throws {
    asOf = facts.asOf
    selection = facts.selection
    timezone = facts.zoneName
    span = facts.span
    coverage = try facts.answer(ModelMix.recipe, ["by": "feature"]).coverage
    book = facts.book.id
    spendNanos = try facts.nanos()
    monthNanos = try facts.monthly(spendNanos)
    self.minimum = minimum ?? max(1_000_000_000, monthNanos / 200)
    levers = try Levers.find(facts, minimum: self.minimum)
    findings = try AuditFinding.find(facts) + facts.unasked
    checklist = try AuditChecklist(facts, levers.shown + levers.small)
    let tenants = try facts.rows(.checkUsage, ["by": "tenant"])
      .filter { $0.text("tenant_id") != nil }
    let standard = BuyerProfile(
      monthNanos: monthNanos, tenants: tenants.count,
      hasResidencyRules: facts.settings.residency.argument != nil)
    profile = ProfileView(chosen ?? standard, isChosen: chosen != nil, levers.shown) {
      facts.command($0[0], options: Array($0.dropFirst()))
    }
    let ends = [selection.since, selection.until].map { bound in
      bound.map { facts.local($0).asFineAsNeeded } ?? "…"
    }
    windowText = ends.joined(separator: " – ") + " " + facts.zoneName
    daysText = facts.days()
    comparison = baseline.map { AuditComparison($0, self) }
  }
}
