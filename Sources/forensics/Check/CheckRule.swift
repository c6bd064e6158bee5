import Alerts

/// One thing that `check` looks at.
struct CheckRule: Sendable {
  let name: String
  let findings: @Sendable (CheckFacts, CheckConfiguration) throws -> [Finding]

  /// In the order of the help.
  static let all = [
    CheckRule(name: BudgetCheck.name, findings: BudgetCheck.findings),
    CheckRule(name: ProjectionCheck.name, findings: ProjectionCheck.findings),
    CheckRule(name: BurnCheck.name, findings: BurnCheck.findings),
    CheckRule(name: AnomalyCheck.name, findings: AnomalyCheck.findings),
    CheckRule(name: RetryStormCheck.name, findings: RetryStormCheck.findings),
    CheckRule(name: RateLimitCheck.name, findings: RateLimitCheck.findings),
    CheckRule(name: TenantGrowthCheck.name, findings: TenantGrowthCheck.findings),
    CheckRule(name: CacheCheck.name, findings: CacheCheck.findings),
    CheckRule(name: RegionCheck.name, findings: RegionCheck.findings),
    CheckRule(name: UnpricedCheck.name, findings: UnpricedCheck.findings),
    CheckRule(name: FreshnessCheck.name, findings: FreshnessCheck.findings),
  ]

  static let names = all.map(\.name)
}

extension CheckReport {
  /// Runs the rules, those that are turned off left out.
  ///
  /// Where the newest call is too old nothing else can be told: what looks fine may not be, and no alert is resolved.
  init(
    _ rules: [CheckRule], over facts: CheckFacts, _ configuration: CheckConfiguration,
    isStrict: Bool = false
  ) throws {
    var findings: [Finding] = []
    // What a rule that is turned off found is over, too.
    var decided = configuration.off
    for rule in rules where !configuration.off.contains(rule.name) {
      let found = try rule.findings(facts, configuration)
      findings += found
      if !found.contains(where: \.isUndecided) { decided.insert(rule.name) }
      // One that cannot be told yet keeps no other one open.
      decided.formUnion(found.filter { !$0.isUndecided }.map(\.id))
    }
    if !configuration.off.contains(FreshnessCheck.name),
      FreshnessCheck.isStale(facts, configuration)
    {
      decided.formIntersection([FreshnessCheck.name])
      // Said even where nobody asked: what the others found is not of now.
      if !rules.contains(where: { $0.name == FreshnessCheck.name }) {
        findings += try FreshnessCheck.findings(facts, configuration).filter { $0.state != .ok }
      }
    }
    if isStrict {
      for index in findings.indices where findings[index].isUndecided {
        findings[index].state = .unknown
      }
    }
    self.init(name: configuration.name, asOf: facts.asOf, findings: findings, decided: decided)
  }
}
