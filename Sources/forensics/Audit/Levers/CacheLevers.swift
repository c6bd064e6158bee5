import CallStore
import UsageLog

/// Prompt caching: none where some would pay, the wrong lifetime, writes that nobody reads, a cache that broke.
enum CacheLevers {
  /// Recipes say whose cache is worth a look; what-if prices those features call by call.
  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let seen = Dictionary(grouping: try facts.rows(CacheTTL.recipe)) { $0.text("feature") }
    let features = try facts.walkable(nominated(seen, facts), question: ["cache"])
    guard !features.isEmpty else { return [] }
    let answer = try facts.whatIf(
      CacheChoice(), [.feature: features.map { $0 ?? Selection.none }])
    return try answer.groups.compactMap { group in
      try lever(group, answer.scenarios, seen[group.name] ?? [], facts)
    }
  }

  /// What the recipe would save, or found broken, the dearest first; then whoever writes, the most first: without a
  /// logged prefix the recipe sees only equal prompts.
  private static func nominated(
    _ seen: [String?: [AuditRows.Row]], _ facts: AuditFacts
  ) throws -> [String?] {
    var writes: [String?: Int64] = [:]
    for row in try facts.rows(CacheHitRatio.recipe) {
      writes[row.text("feature")] = row.number("writes")
    }
    let sure = seen.filter { _, rows in
      rows.contains {
        $0.number("saving_usd") > 0 || $0.isSet("never_read") || $0.known("broke_at") != nil
      }
    }
    return Set(sure.keys).union(writes.filter { $0.value > 0 }.keys).sorted { left, right in
      let (one, other) = (saving(sure[left] ?? []), saving(sure[right] ?? []))
      if one != other { return one > other }
      if (sure[left] == nil) != (sure[right] == nil) { return sure[left] != nil }
      return (-(writes[left] ?? 0), left ?? "") < (-(writes[right] ?? 0), right ?? "")
    }
  }

  private static func saving(_ rows: [AuditRows.Row]) -> Int64 {
    rows.reduce(0) { $0 + max(0, $1.number("saving_usd")) }
  }

  private static func lever(
    _ group: WhatIfAnswer.Group, _ scenarios: [String], _ rows: [AuditRows.Row],
    _ facts: AuditFacts
  ) throws -> Lever? {
    let best = scenarios.indices.min { group.scenarios[$0] < group.scenarios[$1] } ?? 0
    let saved = group.asItWas.nanos - group.scenarios[best]
    guard saved > 0 else { return nil }
    let name = group.name ?? Selection.none
    let broken = rows.first { $0.known("broke_at") != nil }
    let isUnread = rows.contains { $0.isSet("never_read") }
    let isUnknown = rows.allSatisfy { $0.text("basis") == "upper bound" }
    let choice = Choice(
      name, scenario: scenarios[best], broken, isUnread: isUnread,
      isUnknown: isUnknown && !rows.isEmpty, facts)
    return Lever(
      kind: .cache, subject: name, title: choice.title,
      parts: [try facts.part(group.name, saved, since: choice.since)],
      arithmetic:
        "\(money(group.asItWas.nanos)) as it was, \(money(group.scenarios[best])) \(choice.words): "
        + "\(money(saved)) in \(facts.days(since: choice.since))",
      assumption: choice.assumption, confidence: choice.confidence, reason: choice.reason,
      evidence: [
        facts.command("what-if", "cache", "--feature", name),
        facts.command("cache-ttl", "--feature", name),
      ], sideEffects: choice.sideEffects, since: choice.since)
  }

  /// What is to be done, in words.
  private struct Choice {
    var title = ""
    var words = ""
    var assumption = "calls come as they came, and share the prefix that the log shows"
    var confidence = Lever.Confidence.medium
    var reason = "exact prices on the gaps between your own calls"
    var sideEffects: [String] = []
    var since: Int64?

    init(
      _ name: String, scenario: String, _ broken: AuditRows.Row?, isUnread: Bool,
      isUnknown: Bool, _ facts: AuditFacts
    ) {
      switch scenario {
      case "no_cache":
        title = "Stop caching \(name)" + (isUnread ? ": nobody reads what it writes" : "")
        words = "without a cache"
        assumption = "the prefixes stay as different as they are"
        if isUnread {
          (confidence, reason) = (.high, "every write was paid for and none was read")
          sideEffects = [
            "more is saved if the prefix can be made the same for all calls: look for a time or an id in front of it"
          ]
        }
      case "cache_1h":
        title = "Cache \(name) for an hour"
        words = "cached for an hour"
        sideEffects = ["an hour's write costs 2 times input, and pays at the second read"]
      default:
        title = "Cache \(name) for five minutes"
        words = "cached for five minutes"
        sideEffects = ["a five-minute write costs 1.25 times input, and pays at the first read"]
      }
      if isUnknown, scenario != "no_cache" {
        (confidence, reason) = (
          .low,
          "these calls cached nothing; what they share is at most the shortest of equal prompts"
        )
      }
      guard let broken, scenario != "no_cache", let at = broken.known("broke_at") else { return }
      let deploy = broken.text("broke_deploy").map { " by deploy \($0)" } ?? ""
      title = "Mend the cache of \(name), broken since \(facts.day(of: at))\(deploy)"
      assumption = "the prefix is cached again as it was before"
      (confidence, reason) = (.high, "the same calls read their prefix until then")
      since = at
    }
  }
}
