import CallStore

/// Calls that failed and cost money all the same.
enum BilledErrorLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let features = Dictionary(grouping: try facts.rows(BilledErrors.recipe)) { $0.text("feature") }
    return try features.map { feature, rows in
      let name = feature ?? Selection.none
      let billed = rows.reduce(0) { $0 + $1.number("billed_usd") }
      let count = rows.reduce(0) { $0 + $1.number("n_billed") }
      let statuses = Set(rows.map { $0.text("status_code") ?? String($0.number("status_code")) })
        .sorted().joined(separator: ", ")
      return Lever(
        kind: .billedError, subject: name, title: "Stop paying for failed calls of \(name)",
        parts: [try facts.part(feature, billed)],
        arithmetic:
          "\(counted(count, "failed call")) (\(statuses)) cost \(money(billed)) in \(facts.days())",
        assumption: "no such calls", confidence: .high,
        reason: "measured: failed by their status, and billed",
        evidence: [facts.command("billed-errors", "--feature", name)],
        sideEffects: [
          "clients that hang up pay for what was written: stop the stream, or wait longer"
        ])
    }
  }
}
