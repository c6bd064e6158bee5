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
  private var prices = PricesByKey()
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
        guard let billed = try billed(rows, row, counts: false) else { return }
        reviser.survey(billed.call)
      }
    }
    try rows.each(inOrder: hypothesis.reach.isInOrder) { rows, row in
      guard let billed = try billed(rows, row, counts: true) else { return }
      let stored = rows.value(row, .costNanos) ?? 0
      if billed.nanos != stored { tally.reprice(rows[row, group], by: billed.nanos - stored) }
      if let why = billed.prices.whyNot ?? billed.prices.missingPrice(at: billed.call.occurredAt) {
        return tally.stay(why)
      }
      switch reviser.revise(billed.call) {
      case .asItWas: return
      case .stays(let why): tally.stay(why)
      case .changed(let change): try add(change, to: billed, rows, row, rows[row, group])
      }
    }
  }

  var findings: [WhatIfFinding] { reviser.findings }

  private struct Billed {
    var call: ObservedCall
    /// Its cost by the prices in use.
    var nanos: Int64
    var prices: WhatIfPrices
  }

  /// A call that is charged by the token.
  private mutating func billed(
    _ rows: CallBlock, _ row: Int, counts: Bool
  ) throws -> Billed? {
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
    return Billed(
      call: ObservedCall(rows, row, place: prices.place, cache: cache), nanos: before,
      prices: prices)
  }

  private mutating func skip(_ why: String, _ counts: Bool) -> Billed? {
    if counts { tally.stay(why) }
    return nil
  }

  private mutating func prices(of rows: CallBlock, _ row: Int) throws -> WhatIfPrices? {
    guard let key = pricing.key(of: rows, row) else { return nil }
    if let known = prices.prices(for: key) { return known }
    let found = WhatIfPrices(
      try key.conditions(known.name), own: try pricing.plan(of: rows, row, name: known.name),
      hypothesis, pricing.prices, place: rows.cachePlace(of: row))
    prices.add(found, for: key)
    return found
  }

  // MARK: - Pricing a change

  private mutating func add(
    _ change: Change, to billed: Billed, _ rows: CallBlock, _ row: Int, _ group: Int64
  ) throws {
    let (call, prices) = (billed.call, billed.prices)
    let (usage, instant) = (call.usage, call.occurredAt)
    guard let plan = change.isMoved ? prices.moved ?? prices.own : prices.own else { return }
    var after = ScenarioNanos()
    // Of a batch, requests that failed are not billed.
    if try !(change.isMoved && prices.isBatch && failed(rows, row)) {
      for scenario in 0..<scenarios {
        guard let nanos = plan.nanos(change.usages[scenario], at: instant) else {
          return tally.stay(plan.whyNot(change.usages[scenario], at: instant))
        }
        after[scenario] = nanos
      }
    }
    var effect: Int64?
    if let usage = change.withoutEffect {
      effect = plan.nanos(usage, at: instant).map { after.first - $0 }
    }
    if let usage = change.added {
      let plan = prices.added ?? plan
      guard let nanos = plan.nanos(usage, at: instant) else {
        return tally.stay(plan.whyNot(usage, at: instant))
      }
      for scenario in 0..<scenarios { after[scenario] += nanos }
      tally.note(.addedCall, tokens: usage.promptTokens + usage.output, nanos: nanos)
    }
    tally.change(
      group, tokens: usage.promptTokens + usage.output, before: billed.nanos, after: after,
      isHidden: call.isHidden)
    if change.isMoved, !call.isHidden { tally.noteMove() }
    note(change, call, plan, effect)
  }

  private mutating func failed(_ rows: CallBlock, _ row: Int) throws -> Bool {
    var facts = try pricing.facts(of: rows, row, name: known.name)
    facts.isBatch = true
    return facts.freeReason != nil
  }

  private mutating func note(
    _ change: Change, _ call: ObservedCall, _ plan: CurrentPrices, _ nanos: Int64?
  ) {
    let usage = change.usages.first
    if change.isMoved, let tariff = plan.tariff(at: call.occurredAt),
      usage.promptTokens > tariff.longThreshold
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
