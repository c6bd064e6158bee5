import CallStore

/// Hidden iterations and refusals: paid for, and in no top-level token count.
enum HiddenCostLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let rows = try facts.rows(HiddenCosts.recipe, ["by": "feature"])
      // Failures and cut answers are told elsewhere.
      .filter {
        !["failed", "cut off"].contains($0.text("hidden") ?? "") && $0.number("hidden_usd") > 0
      }
    guard !rows.isEmpty else { return [] }
    let features = Dictionary(grouping: rows) { $0.text("feature") }
    let parts = try features.map { feature, rows in
      try facts.part(feature, rows.reduce(0) { $0 + $1.number("hidden_usd") })
    }.sorted { (-$0.nanos, $0.feature ?? "") < (-$1.nanos, $1.feature ?? "") }
    let causes = Dictionary(grouping: rows) { $0.text("hidden") ?? "" }.map { cause, rows in
      (cause, rows.reduce(0) { $0 + $1.number("hidden_usd") })
    }.sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
    return [
      Lever(
        kind: .hidden, subject: "all", title: "Avoid hidden iterations and refusals",
        parts: parts,
        arithmetic: causes.map { "\($0.0) \(money($0.1))" }.joined(separator: " + ") + ": "
          + "\(money(parts.reduce(0) { $0 + $1.nanos })) in \(facts.days())",
        assumption: "none of them happens", confidence: .low,
        reason: "the cost is measured; a compaction may be cheaper than the history it replaces",
        evidence: [facts.command("hidden-costs", "--by", "feature")])
    ]
  }
}
