import CallStore
import Tables

/// Retry storms and tool loops: all but the first call.
enum StormLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let prompts = try levers(.promptHash, "prompt", facts)
    let tools = try levers(.toolHash, "tool", facts)
    return prompts + tools
  }

  private static func levers(
    _ fingerprint: CallStore.Dimension, _ word: String, _ facts: AuditFacts
  ) throws -> [Lever] {
    try facts.rows(RetryStorms.recipe, ["fingerprint": fingerprint.rawValue]).compactMap { row in
      guard let hash = row.text(fingerprint.column) else { return nil }
      let (calls, spent) = (row.number("storm_calls"), row.number("storm_usd"))
      let first = try firstCall(fingerprint, hash, at: row.number("started_at"), facts)
      guard spent > first else { return nil }
      let feature = row.text("features").map(leading)
      let clock = facts.local(row.number("started_at")).toTheSecond
      return Lever(
        kind: .storm, subject: hash,
        title:
          "Stop the storm of \(clock): one \(word == "tool" ? "tool call" : "prompt") \(calls) times"
          + (feature.map { " in \($0)" } ?? ""),
        parts: [try facts.part(feature, spent - first)],
        arithmetic:
          "\(counted(calls, "call")) for \(money(spent)), of which the first, \(money(first)), was needed: "
          + "\(money(spent - first)) in \(facts.days())",
        assumption: "as many storms in a month as in the window", confidence: .high,
        reason:
          "the same \(word == "tool" ? "tool call" : "prompt"), paid for again and again within minutes",
        evidence: [
          facts.command(
            "retry-storms", options: word == "tool" ? ["--fingerprint", "tool"] : [])
        ],
        sideEffects: ["a cap on retries with exponential back-off also ends what waits behind them"]
      )
    }
  }

  /// What the first call of a storm cost.
  private static func firstCall(
    _ fingerprint: CallStore.Dimension, _ hash: String, at instant: Int64, _ facts: AuditFacts
  ) throws -> Int64 {
    let answer = try facts.database.answer(
      Calls.recipe,
      over: facts.narrowed([fingerprint: [hash]], from: instant, until: instant + 1),
      asOf: facts.asOf)
    return AuditRows(answer).rows.first?.number("cost_usd") ?? 0
  }

  /// `support-chat` of `support-chat, triage +2`: where most of its calls came from.
  private static func leading(_ listed: String) -> String {
    let first = listed.firstRange(of: ", ").map { listed[..<$0.lowerBound] } ?? listed[...]
    return String(first)
  }
}
