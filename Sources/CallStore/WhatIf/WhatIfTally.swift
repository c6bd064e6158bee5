import UsageLog

/// What a walk over calls adds up.
struct WhatIfTally {
  /// What changes in one group.
  struct Group {
    var affected = WhatIfAnswer.Amounts()
    /// What the prices in use say more than what is stored.
    var repricedNanos: Int64 = 0
    /// By scenario, against the cost as it was.
    var difference = ScenarioNanos()
  }

  /// Of the groups' codes.
  private var slots = CodeSlots()
  private(set) var groups: [Group] = []
  /// They are few, and the same again and again.
  private var reasons: [WhatIfAnswer.Reason] = []
  private var effectsByKind: [SideEffects: WhatIfAnswer.Effect] = [:]
  private(set) var longPrompts: Int64 = 0
  private(set) var movedCalls: Int64 = 0
  private(set) var repriced = WhatIfAnswer.Amounts()

  let scenarioCount: Int

  init(scenarios: Int) { scenarioCount = scenarios }

  var codes: [Int64] { slots.codes }

  mutating func stay(_ why: String) {
    if let place = reasons.firstIndex(where: { $0.words == why }) {
      reasons[place].calls += 1
    } else {
      reasons.append(WhatIfAnswer.Reason(words: why, calls: 1))
    }
  }

  mutating func reprice(_ group: Int64, by nanos: Int64) {
    repriced.calls += 1
    repriced.nanos += nanos
    groups[place(of: group)].repricedNanos += nanos
  }

  mutating func change(
    _ group: Int64, tokens: Int64, before: Int64, after: ScenarioNanos, isHidden: Bool
  ) {
    let place = place(of: group)
    groups[place].affected.add(
      WhatIfAnswer.Amounts(calls: isHidden ? 0 : 1, tokens: tokens, nanos: before))
    for scenario in 0..<scenarioCount {
      groups[place].difference[scenario] += after[scenario] - before
    }
  }

  mutating func note(_ effect: SideEffects, tokens: Int64, nanos: Int64 = 0) {
    effectsByKind[effect, default: WhatIfAnswer.Effect(effect: effect)].add(tokens, nanos)
  }

  mutating func noteLongPrompt() { longPrompts += 1 }

  mutating func noteMove() { movedCalls += 1 }

  private mutating func place(of code: Int64) -> Int {
    let place = slots.slot(of: code)
    if place == groups.count { groups.append(Group()) }
    return place
  }

  /// The most frequent first.
  var stays: [WhatIfAnswer.Reason] {
    reasons.sorted { ($1.calls, $0.words) < ($0.calls, $1.words) }
  }

  var effects: [WhatIfAnswer.Effect] {
    effectsByKind.values.sorted { $0.effect.rawValue < $1.effect.rawValue }
  }
}

extension WhatIfAnswer.Effect {
  fileprivate mutating func add(_ tokens: Int64, _ nanos: Int64) {
    calls += 1
    self.tokens += tokens
    self.nanos += nanos
  }
}
