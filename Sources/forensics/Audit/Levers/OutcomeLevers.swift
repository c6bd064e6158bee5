import CallStore
import Tables

/// Features that fail so often that failing is what they are paid for.
enum OutcomeLevers {
  /// Attempts from which on a rate means something, and the per cent of them that may fail.
  private static let (attempts, failures) = (Int64(10), Int64(20))

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    try facts.rows(CostPerOutcome.recipe).compactMap { row in
      let (all, failed) = (row.number("n_attempts"), row.number("n_failures"))
      let spent = row.number("failed_usd")
      guard all >= attempts, failed * 100 >= all * failures, !row.isSet("too_little"), spent > 0
      else { return nil }
      let feature = row.text("feature")
      let name = feature ?? Selection.none
      return Lever(
        kind: .outcome, subject: name, title: "Make \(name) succeed more often",
        parts: [try facts.part(feature, spent)],
        arithmetic:
          "\(failed.grouped) of \(counted(all, "attempt")) failed and cost \(money(spent)) in \(facts.days()); "
          + "a success costs \(money(row.number("per_success_usd")))",
        assumption: "no attempt fails", confidence: .low,
        reason: "what failures cost is measured; how many could be avoided is not",
        evidence: [facts.command("cost-per-outcome", "--feature", name)])
    }
  }
}
