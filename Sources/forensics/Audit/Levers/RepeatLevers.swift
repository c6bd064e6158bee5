import CallStore
import Tables

/// The same prompt word for word, answered and paid for again.
enum RepeatLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    // What else `repeat-prompts` advises is told elsewhere: bursts by storms, cold prefixes by caches.
    let repeated = try facts.rows(RepeatPrompts.recipe, ["limit": "10000"]).filter {
      $0.text("remedy") == "de-duplicate" && $0.number("repeats_usd") > 0
    }
    let features = Dictionary(grouping: repeated) { $0.text("feature") }
    return try features.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { feature, rows in
      let name = feature ?? Selection.none
      func sum(_ column: String) -> Int64 { rows.reduce(0) { $0 + $1.number(column) } }
      let saved = sum("repeats_usd")
      return Lever(
        kind: .repeated, subject: name, title: "Answer equal prompts of \(name) once",
        parts: [try facts.part(feature, saved)],
        arithmetic:
          "\(counted(Int64(rows.count), "prompt")) sent in \(counted(sum("n_calls"), "call")) for "
          + "\(money(sum("total_usd"))), all but the first of each: \(money(saved)) in \(facts.days())",
        assumption: "the stored answer does wherever the same prompt comes again", confidence: .low,
        reason: "equal hash and equal length; asking several times on purpose looks the same",
        evidence: [facts.command("repeat-prompts", "--feature", name)],
        sideEffects: ["a stored answer grows old, and is the same for everybody who asks"])
    }
  }
}
