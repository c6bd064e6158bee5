import CallStore
import Tables
import UsageLog

/// The Batch API for what nobody waits for: said in forensics.yml, or only ever called at night.
enum BatchLevers {
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let marked = Set(facts.settings.backgroundFeatures)
    let known = Set(try facts.uses().compactMap(\.feature))
    let nightly = try nightFeatures(facts).subtracting(marked)
    let features = try facts.walkable(
      marked.intersection(known).union(nightly).sorted(), question: ["batch", "--not-interactive"]
    )
    .compactMap(\.self)
    guard !features.isEmpty else { return [] }
    let answer = try facts.whatIf(BatchMove(features: features), [.feature: features])
    return try answer.groups.compactMap { group in
      try lever(group, isMarked: marked.contains(group.name ?? ""), facts)
    }
  }

  /// Called in seven nights or more, between 22 and 6 o'clock for 95 of 100 calls.
  private static func nightFeatures(_ facts: AuditFacts) throws -> Set<String> {
    var nights: [String: (calls: Int64, atNight: Int64, days: Set<Int64>)] = [:]
    for row in try facts.rows(.auditHours) {
      guard let feature = row.text("feature") else { continue }
      let (at, calls) = (row.number("occurred_at"), row.number("n_calls"))
      var night = nights[feature] ?? (0, 0, [])
      night.calls += calls
      let hour = facts.local(at).hour
      if hour >= 22 || hour < 6 { night.atNight += calls }
      night.days.insert(at / 86_400_000)
      nights[feature] = night
    }
    return Set(
      nights.filter { $0.value.days.count >= 7 && $0.value.atNight * 100 >= $0.value.calls * 95 }
        .keys)
  }

  private static func lever(
    _ group: WhatIfAnswer.Group, isMarked: Bool, _ facts: AuditFacts
  ) throws -> Lever? {
    let saved = -group.change(0)
    guard saved > 0, let name = group.name else { return nil }
    let missed = -group.change(1)
    let words = ["what-if", "batch", "--feature", name] + (isMarked ? [] : ["--not-interactive"])
    return Lever(
      kind: .batch, subject: name,
      title: (isMarked
        ? "Send \(name) as batches" : "Send \(name) as batches, if nobody waits for it"),
      parts: [try facts.part(name, saved)],
      arithmetic:
        "\(counted(group.affected.calls, "call")) at \(money(group.affected.nanos)), as batches "
        + "\(money(group.affected.nanos - saved)): \(money(saved)) in \(facts.days())",
      assumption: "answers may take 24 hours, and cache reads are as many as they were",
      confidence: isMarked ? .medium : .low,
      reason: isMarked
        ? "forensics.yml says that nobody waits; cache hits in a batch are best effort"
        : "it is only ever called at night; whether nobody waits only you know (then mark it in forensics.yml)",
      evidence: [facts.command("what-if", options: Array(words.dropFirst()))],
      sideEffects: ["lost: answers at once, streaming, fast mode"],
      alternatives: [
        Lever.Alternative(
          assumption: "no cache hits in the batch, all of it written anew", nanos: missed,
          monthNanos: try facts.monthly(missed))
      ])
  }
}
