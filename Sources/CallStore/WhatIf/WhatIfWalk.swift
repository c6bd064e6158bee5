import GRDB
import UsageLog

/// Walks over the calls that a hypothesis can touch, prices each as it was and as it would be, and adds up what
/// differs.
///
/// Both sides are priced with the book in use, so that a difference is the hypothesis's alone.
struct WhatIfWalk {
  private let hypothesis: any Hypothesis
  private let scenarios: Int
  private let known: KnownPrices
  private var pricing: CallPricing
  private var reviser: any CallReviser
  private var prices: [PriceKey: WhatIfPrices] = [:]
  private var last: (key: PriceKey, prices: WhatIfPrices)?
  private(set) var tally: WhatIfTally

  init(_ hypothesis: any Hypothesis, _ known: KnownPrices) {
    self.hypothesis = hypothesis
    self.known = known
    scenarios = hypothesis.scenarios.count
    tally = WhatIfTally(scenarios: scenarios)
    pricing = known.today
    reviser = hypothesis.reviser()
  }

  /// - Parameter group: what is added up apart.
  mutating func run(_ rows: WhatIfRows, by group: CallColumn) throws {
    if reviser.needsSurvey {
      try rows.each(inOrder: false) { rows, row in
        guard let (_, call) = try billed(rows, row, counts: false) else { return }
        reviser.survey(call)
      }
    }
    try rows.each(inOrder: hypothesis.reach.isInOrder) { rows, row in
      guard let (before, call) = try billed(rows, row, counts: true), let last else { return }
      let stored = rows.value(row, .costNanos) ?? 0
      if before != stored { tally.reprice(rows[row, group], by: before - stored) }
      if let why = last.prices.whyNot ?? last.prices.missingPrice(at: call.occurredAt) {
        return tally.stay(why)
      }
      switch reviser.revise(call) {
      case .asItWas: return
      case .stays(let why): tally.stay(why)
      case .changed(let change):
        try add(change, to: call, before, last.prices, rows, row, rows[row, group])
      }
    }
  }

  var findings: [WhatIfFinding] { reviser.findings }

  /// The call and its cost by the prices in use; nil if it is not charged by the token.
  private mutating func billed(
    _ rows: CodedCalls, _ row: Int, counts: Bool
  ) throws -> (Int64, ObservedCall)? {
    var before = rows[row, .costNanos]
    if before == CodedCalls.null || rows[row, .priceBook] != pricing.bookID {
      switch try pricing.cost(of: rows, row, name: known.name) {
      case .priced(let charge): before = charge.nanos
      case .free: return nil
      case .covered: return skip("covered by a commitment, not charged by the token", counts)
      case .unpriced: return skip("without a price", counts)
      case .noUsage: return skip("the log does not say what was used", counts)
      case .noModel: return skip("the log names no model", counts)
      }
    }
    if before == 0 { return nil }
    guard let prices = try prices(of: rows, row) else {
      return skip("the log names no model", counts)
    }
    let cache = prices.cacheTerms(at: rows[row, .occurredAt])
    return (before, ObservedCall(rows, row, place: prices.place, cache: cache))
  }

  private mutating func skip(_ why: String, _ counts: Bool) -> (Int64, ObservedCall)? {
    if counts { tally.stay(why) }
    return nil
  }

  private mutating func prices(of rows: CodedCalls, _ row: Int) throws -> WhatIfPrices? {
    guard let key = pricing.key(of: rows, row) else { return nil }
    if let last, last.key == key { return last.prices }
    let found: WhatIfPrices
    if let known = prices[key] {
      found = known
    } else {
      found = WhatIfPrices(
        try key.conditions(known.name), own: try pricing.plan(of: rows, row, name: known.name),
        hypothesis, pricing.prices, place: rows.cachePlace(of: row))
      prices[key] = found
    }
    last = (key, found)
    return found
  }

  // MARK: - Pricing a change

  private mutating func add(
    _ change: Change, to call: ObservedCall, _ before: Int64, _ prices: WhatIfPrices,
    _ rows: CodedCalls, _ row: Int, _ group: Int64
  ) throws {
    guard let plan = change.isMoved ? prices.moved ?? prices.own : prices.own else { return }
    var after = ScenarioNanos()
    // Of a batch, requests that failed are not billed.
    if try !(change.isMoved && prices.isBatch && failed(rows, row)) {
      for scenario in 0..<scenarios {
        let (nanos, why) = plan.nanos(change.usages[scenario], at: call.occurredAt)
        guard let nanos else { return tally.stay(why) }
        after[scenario] = nanos
      }
    }
    var effect: Int64?
    if let usage = change.withoutEffect {
      effect = plan.nanos(usage, at: call.occurredAt).nanos.map { after.first - $0 }
    }
    if let usage = change.added {
      let (nanos, why) = (prices.added ?? plan).nanos(usage, at: call.occurredAt)
      guard let nanos else { return tally.stay(why) }
      for scenario in 0..<scenarios { after[scenario] += nanos }
      tally.note(.addedCall, tokens: usage.promptTokens + usage.output, nanos: nanos)
    }
    tally.change(
      group, tokens: call.usage.promptTokens + call.usage.output, before: before, after: after,
      isHidden: call.isHidden)
    if change.isMoved, !call.isHidden { tally.noteMove() }
    note(change, call, plan, effect)
  }

  private mutating func failed(_ rows: CodedCalls, _ row: Int) throws -> Bool {
    var facts = try pricing.facts(of: rows, row, name: known.name)
    facts.isBatch = true
    return facts.freeReason != nil
  }

  private mutating func note(
    _ change: Change, _ call: ObservedCall, _ plan: PricePlan, _ nanos: Int64?
  ) {
    let usage = change.usages.first
    if change.isMoved, let period = plan.period(at: call.occurredAt),
      usage.promptTokens > period.longThreshold
    {
      tally.noteLongPrompt()
    }
    for effect in [SideEffects.coldCache, .movedPrefix] where change.effects.contains(effect) {
      let missed = max(0, (change.withoutEffect?.cacheRead ?? 0) - usage.cacheRead)
      tally.note(effect, tokens: missed, nanos: nanos ?? 0)
    }
    for effect in [SideEffects.belowMinimum, .withoutCachePrice]
    where change.effects.contains(effect) {
      tally.note(effect, tokens: call.usage.cachedTokens)
    }
  }
}

extension WhatIfPrices {
  /// Why there is no price where a call would be made on its day; nil if there is one, or it stays where it is.
  fileprivate func missingPrice(at instant: Int64) -> String? {
    guard let moved, moved.period(at: instant) == nil else { return nil }
    return "no price there: \(moved.otherwise.what)"
  }
}
