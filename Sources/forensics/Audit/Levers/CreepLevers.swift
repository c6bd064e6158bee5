import CallStore
import Tables

/// Prompts that grew.
enum CreepLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    try facts.rows(InputCreep.recipe).compactMap { row in
      guard let since = row.known("rose_at"), row.number("extra_usd") > 0 else { return nil }
      let feature = row.text("feature")
      let name = feature ?? Selection.none
      let extra = row.number("extra_usd")
      let deploy = row.text("by_deploy").map { " by deploy \($0)" } ?? ""
      return Lever(
        kind: .creep, subject: name, title: "Trim the prompts of \(name), grown\(deploy)",
        parts: [try facts.part(feature, extra, since: since)],
        arithmetic:
          "median prompts of \(row.number("before_tokens").grouped) tokens before and "
          + "\(row.number("after_tokens").grouped) since \(facts.day(of: since)): \(money(extra)) in "
          + facts.days(since: since),
        assumption: "calls cost again what they did before, on average", confidence: .medium,
        reason: "the growth is measured; what of it is needed is not",
        evidence: [
          facts.command("input-creep", "--feature", name),
          facts.command("input-creep", "--daily", "--feature", name),
        ], since: since)
    }
  }
}
