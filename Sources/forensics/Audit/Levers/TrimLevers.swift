import CallStore
import Tables
import UsageLog

/// Prompts as long as they were before they grew, at the exact prices of `what-if trim-input`.
enum TrimLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    try facts.rows(InputCreep.recipe).compactMap { row in
      let tokens = row.number("after_tokens") - row.number("before_tokens")
      guard let since = row.known("rose_at"), tokens > 0 else { return nil }
      let feature = row.text("feature")
      let question = ["trim-input", "--tokens", String(tokens)]
      guard try !facts.walkable([feature], question: question).isEmpty else { return nil }
      return try lever(feature, tokens, since: since, question, facts)
    }
  }

  private static func lever(
    _ feature: String?, _ tokens: Int64, since: Int64, _ question: [String], _ facts: AuditFacts
  ) throws -> Lever? {
    let name = feature ?? Selection.none
    let answer = try facts.database.whatIf(
      InputTrim(.tokens(tokens)), over: facts.narrowed([.feature: [name]], from: since),
      prices: facts.settings.prices())
    let saved = -answer.groups.reduce(0) { $0 + $1.change(0) }
    guard saved > 0 else { return nil }
    let calls = answer.groups.reduce(0) { $0 + $1.affected.calls }
    return Lever(
      kind: .trim, subject: name, title: "Bring the prompts of \(name) back to what they were",
      parts: [try facts.part(feature, saved, since: since)],
      arithmetic:
        "\(tokens.grouped) tokens less in each of \(counted(calls, "call")): \(money(saved)) in "
        + facts.days(since: since),
      assumption: answer.assumption, confidence: .medium,
      reason: "exact prices; what of the growth is needed is not known",
      evidence: [
        facts.command(
          "what-if", options: question + ["--feature", name, "--since", facts.day(of: since)]),
        facts.command("input-creep", "--feature", name),
      ], since: since)
  }
}
