import CallStore
import UsageLog

/// Conversations and tool loops that pay for the same input turn after turn.
enum HistoryLevers {
  /// Turns that stay in the prompt.
  static let window: Int64 = 3
  /// Sessions that one command can name.
  private static let most = 50

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let trapped = try facts.rows(
      ToolRecursion.recipe, ["by": "session", "limit": String(most)]
    ).filter { $0.isSet("trap") }
    let sessions = trapped.compactMap { $0.text("session_id") }.sorted()
    guard !sessions.isEmpty else { return [] }
    let answer = try facts.whatIf(
      HistoryLimit(.window(turns: window)), [.session: sessions])
    let paid = trapped.reduce(0) { $0 + $1.number("paid_usd") }
    let resent = trapped.reduce(0) { $0 + $1.number("resent_usd") }
    return try answer.groups.compactMap { group in
      let saved = -group.change(0)
      guard saved > 0 else { return nil }
      let name = group.name ?? Selection.none
      let moved = answer.effects.filter { $0.effect == .movedPrefix }.reduce(0) { $0 + $1.nanos }
      return Lever(
        kind: .history, subject: name, title: "Keep \(window) turns in the loops of \(name)",
        parts: [try facts.part(group.name, saved)],
        arithmetic:
          "\(counted(group.affected.calls, "call")) at \(money(group.affected.nanos)), with \(window) turns "
          + "\(money(group.affected.nanos - saved)): \(money(saved)) in \(facts.days())",
        assumption: answer.assumption, confidence: .medium,
        reason:
          "exact prices; in \(counted(Int64(sessions.count), "session")) of all features \(money(resent)) of "
          + "\(money(paid)) went for what had been sent before",
        evidence: [
          facts.command(
            "what-if", "history", "--window", String(window),
            options: ["--feature", name] + sessions.flatMap { ["--session", $0] }),
          facts.command("tool-recursion", "--by", "session", "--feature", name),
        ],
        sideEffects: [
          "the model forgets what falls out of the window",
          moved > 0
            ? "a moving window moves the cached prefix: \(money(moved)) of writes are in the figure"
            : nil,
        ].compactMap(\.self))
    }
  }
}
