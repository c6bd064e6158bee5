import CallStore
import Tables

/// Single sessions that took one per cent of all that was spent, and more than a dollar.
enum SessionLevers {
  /// Whole cents, in nano-dollars.
  static func threshold(_ facts: AuditFacts) throws -> Int64 {
    let cent: Int64 = 10_000_000
    return max(100 * cent, (try facts.nanos() / 100 + cent - 1) / cent * cent)
  }

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let threshold = Billionths(try self.threshold(facts)).exact
    return try facts.rows(SessionsOver.recipe, ["usd": threshold]).compactMap { row in
      guard let session = row.text("session_id") else { return nil }
      let spent = row.number("spend_usd")
      let feature = row.text("main_feature")
      let hours = max(1, row.number("span_ms") / 3_600_000)
      return Lever(
        kind: .session, subject: session,
        title: "End sessions that run away: \(session)" + (feature.map { " of \($0)" } ?? ""),
        parts: [try facts.part(feature, spent)],
        arithmetic:
          "\(counted(row.number("n_calls"), "call")) over \(counted(hours, "hour")) for \(money(spent)), "
          + "\(shareText(spent, of: try facts.nanos())) of all that was spent in \(facts.days())",
        assumption: "no such session", confidence: .low,
        reason: "the cost is measured; whether the session was worth it only you know",
        evidence: [
          facts.command("sessions-over", "--usd", threshold),
          facts.command("tool-recursion", "--by", "session", "--session", session),
        ],
        sideEffects: [
          "a cap in the application, or check.budgets.session in forensics.yml, ends or tells of the next"
        ]
      )
    }
  }
}
