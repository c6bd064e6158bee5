/// Says call by call what would have been used, remembering what it has to of those before.
package protocol CallReviser {
  /// Whether `survey` must have seen all calls first.
  var needsSurvey: Bool { get }
  mutating func survey(_ call: ObservedCall)
  mutating func revise(_ call: ObservedCall) -> Revision
  /// What it counted, once all calls were seen.
  var findings: [WhatIfFinding] { get }
}

extension CallReviser {
  package var needsSurvey: Bool { false }
  package mutating func survey(_ call: ObservedCall) {}
  package var findings: [WhatIfFinding] { [] }
}

/// What becomes of a call.
package enum Revision: Equatable {
  /// The hypothesis does not touch it.
  case asItWas
  /// It would be touched, but cannot be: why, in words.
  case stays(String)
  case changed(Change)
}

package struct Change: Equatable {
  /// Priced under the new conditions; else under those it had.
  package var isMoved = false
  /// For each scenario.
  package var usages: ScenarioUsages
  /// What is charged on top: a side effect's price is what the usage costs more than this one.
  package var withoutEffect: TokenUsage?
  package var effects: SideEffects = []
  /// Another call that becomes necessary.
  package var added: TokenUsage?

  package init(
    _ usage: TokenUsage, isMoved: Bool = false, effects: SideEffects = [],
    withoutEffect: TokenUsage? = nil, added: TokenUsage? = nil
  ) {
    usages = ScenarioUsages(usage)
    self.isMoved = isMoved
    self.effects = effects
    self.withoutEffect = withoutEffect
    self.added = added
  }
}

/// One usage for each of up to three scenarios, without an array a call.
package struct ScenarioUsages: Equatable {
  package var first: TokenUsage
  package var second: TokenUsage
  package var third: TokenUsage

  package init(_ first: TokenUsage, _ second: TokenUsage? = nil, _ third: TokenUsage? = nil) {
    self.first = first
    self.second = second ?? first
    self.third = third ?? first
  }

  package subscript(scenario: Int) -> TokenUsage {
    scenario == 0 ? first : scenario == 1 ? second : third
  }
}

/// What a change brings with it.
package struct SideEffects: OptionSet, Hashable, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A prefix is written where it was read: the cache there is cold.
  package static let coldCache = SideEffects(rawValue: 1)
  /// A prefix is sent or written anew because what stands before it has moved.
  package static let movedPrefix = SideEffects(rawValue: 2)
  /// A prefix is too short to be cached there.
  package static let belowMinimum = SideEffects(rawValue: 4)
  /// What is not sold there (writes of that lifetime, reads) is sent as plain input.
  package static let withoutCachePrice = SideEffects(rawValue: 8)
  /// Another call: a router's decision, or a summary.
  package static let addedCall = SideEffects(rawValue: 16)
}
