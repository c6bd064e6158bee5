import CallStore
import UsageLog

/// Output discipline: the few answers far longer than all others.
enum OutputLevers {
  /// Dollars a million output tokens that no model is above: only to tell whom it cannot be worth asking.
  private static let dearestNanosPerToken: Int64 = 75_000

  /// - Parameter minimum: nano-dollars a month below which a feature is not asked about.
  static func find(_ facts: AuditFacts, minimum: Int64) throws -> [Lever] {
    var most: [String?: Int64] = [:]
    for row in try facts.rows(MaxTokens.recipe, ["limit": "10000"]) {
      // A percentile always has something above it; only a long tail is worth a word.
      let (longest, usual) = (row.number("longest_tokens"), row.number("p99_tokens"))
      let beyond = longest > 2 * usual ? longest - usual : 0
      most[row.text("feature"), default: 0] +=
        (row.number("n_calls") / 100 + 1) * beyond * dearestNanosPerToken
    }
    let nominated = try most.filter { try $0.value > 0 && facts.monthly($0.value) >= minimum }
      .sorted { (-$0.value, $0.key ?? "") < (-$1.value, $1.key ?? "") }.map(\.key)
    let features = try facts.walkable(
      nominated, question: ["cap-output", "--percentile", "99"])
    guard !features.isEmpty else { return [] }
    let answer = try facts.whatIf(
      OutputCap(.percentile(9_900)), [.feature: features.map { $0 ?? Selection.none }])
    return try answer.groups.compactMap { group in
      let saved = -group.change(0)
      guard saved > 0 else { return nil }
      let name = group.name ?? Selection.none
      return Lever(
        kind: .output, subject: name, title: "Cap the longest answers of \(name)",
        parts: [try facts.part(group.name, saved)],
        arithmetic:
          "\(counted(group.affected.calls, "answer")) beyond what 99 of 100 stay within: "
          + "\(money(saved)) in \(facts.days())",
        assumption: answer.assumption, confidence: .low,
        reason: "a cut answer may be asked for again; look at some first",
        evidence: [
          facts.command("what-if", "cap-output", "--percentile", "99", "--feature", name),
          facts.command("max-tokens", "--feature", name),
        ], sideEffects: ["these answers would end in the middle"])
    }
  }
}
