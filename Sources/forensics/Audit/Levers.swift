import CallStore

/// All levers of a selection, the dearest first.
struct Levers: Equatable {
  /// Worth saying.
  var shown: [Lever]
  /// Below the minimum, in the same order.
  var small: [Lever]

  /// - Parameter minimum: nano-dollars a month.
  init(_ all: [Lever], minimum: Int64) {
    let sorted = Self.merged(all).sorted(by: Lever.precedes)
    shown = sorted.filter { $0.monthNanos >= minimum }
    small = sorted.filter { $0.monthNanos < minimum }
  }

  static func find(_ facts: AuditFacts, minimum: Int64) throws -> Levers {
    let found = try [
      CacheLevers.find(facts), RoutingLevers.find(facts), BatchLevers.find(facts),
      OutputLevers.find(facts, minimum: minimum), HistoryLevers.find(facts),
      DeployLevers.find(facts), CreepLevers.find(facts), TrimLevers.find(facts),
      RepeatLevers.find(facts), SessionLevers.find(facts),
      StormLevers.find(facts), BilledErrorLevers.find(facts), HiddenCostLevers.find(facts),
      OutcomeLevers.find(facts), AnomalyLevers.find(facts),
    ].flatMap(\.self)
    return Levers(found, minimum: minimum)
  }

  /// Levers that are about the same, told once: the one that says why stays, with the evidence of the other.
  ///
  /// So it is with a deploy after which a cache broke or prompts grew, and with prompts that grew and what trimming
  /// them would save.
  private static func merged(_ all: [Lever]) -> [Lever] {
    let week: Int64 = 7 * 86_400_000
    var kept = all
    for lever in all where lever.kind == .deploy {
      let cause = kept.firstIndex { other in
        guard other.kind == .cache || other.kind == .creep, let began = other.since,
          let since = lever.since
        else { return false }
        return other.parts.map(\.feature) == lever.parts.map(\.feature)
          && abs(began - since) <= week
      }
      guard let cause else { continue }
      kept[cause].evidence.append(lever.evidence[0])
      kept.removeAll { $0.id == lever.id }
    }
    for lever in all where lever.kind == .trim {
      guard let cause = kept.firstIndex(where: { $0.id == "creep/\(lever.subject)" }) else {
        continue
      }
      kept[cause].alternatives.append(
        Lever.Alternative(
          assumption: lever.assumption, nanos: lever.nanos, monthNanos: lever.monthNanos))
      kept[cause].evidence.insert(lever.evidence[0], at: 1)
      kept.removeAll { $0.id == lever.id }
    }
    return kept
  }

  /// What can be had together at least: of each feature the one largest lever counts, because others may be
  /// about the same calls.
  var together: Int64 {
    var largest: [String?: Int64] = [:]
    for part in (shown + small).flatMap(\.parts) {
      largest[part.feature] = max(largest[part.feature] ?? 0, part.monthNanos)
    }
    return largest.values.reduce(0, +)
  }
}
