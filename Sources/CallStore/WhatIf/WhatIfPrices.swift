import UsageLog

/// The prices of calls that log the same conditions: as they were made, and as a hypothesis would have them.
final class WhatIfPrices {
  let own: PricePlan?
  /// nil where the conditions stay.
  let moved: PricePlan?
  /// Of a call that is made besides.
  let added: PricePlan?
  /// Why these calls stay as they are, in words.
  let whyNot: String?
  /// Where they would run, failed requests are not billed.
  let isBatch: Bool
  /// Where these calls ran, by a hash.
  let place: UInt64
  private let minimum: Int64?
  private var terms: (period: Range<Int64>, cache: CacheTerms)?

  /// - Parameter conditions: nil of calls that name no model.
  init(
    _ conditions: PriceConditions?, own: PricePlan?, _ hypothesis: any Hypothesis,
    _ book: PriceBook,
    place: UInt64
  ) {
    self.own = own
    self.place = place
    let placement = conditions.map { hypothesis.placement(of: $0) } ?? .asItWas
    added = conditions.map { book.plan(for: hypothesis.placementOfAddedCall(beside: $0)) }
    var target = conditions
    if case .under(let conditions) = placement { target = conditions }
    minimum = target.flatMap {
      ModelFacts.shortestCachedPrefix(of: canonicalModel($0.model).canonical)
    }
    switch placement {
    case .asItWas: (moved, whyNot, isBatch) = (nil, nil, false)
    case .stays(let why): (moved, whyNot, isBatch) = (nil, why, false)
    case .under(var target):
      var plan = book.plan(for: target)
      if plan.periods.isEmpty {
        // Clouds know snapshots where a log names the maker's alias.
        target.model = book.catalogue.snapshot(of: target.model)
        plan = book.plan(for: target)
      }
      moved = plan
      whyNot = Self.refusesResidency(plan, target) ? "no US-only inference is sold there" : nil
      isBatch = target.serviceTier == "batch"
    }
  }

  /// Older models of Anthropic's own API reject the parameter, other makers know none; clouds go by region.
  private static func refusesResidency(_ plan: PricePlan, _ conditions: PriceConditions) -> Bool {
    guard conditions.inferenceGeo == "us", let row = plan.periods.last?.row else { return false }
    let isCloud = row.provider.hasPrefix("bedrock") || row.provider.hasPrefix("vertex")
    return !isCloud && row.usResidency == nil
  }

  /// What can be cached where a call would run.
  func cacheTerms(at instant: Int64) -> CacheTerms {
    if let terms, terms.period.contains(instant) { return terms.cache }
    guard let period = (moved ?? own)?.period(at: instant) else { return CacheTerms() }
    let cache = CacheTerms(period.rates, minimum: minimum)
    terms = (period.validFrom..<period.validTo, cache)
    return cache
  }
}

extension PricePlan {
  /// A usage's cost in nanodollars, or why it has none, in words.
  func nanos(_ usage: TokenUsage, at instant: Int64) -> (nanos: Int64?, why: String) {
    switch cost(usage, at: instant) {
    case .priced(let charge): (charge.nanos, "")
    case .covered: (nil, "covered by a commitment there, not charged by the token")
    case .unpriced(let reason): (nil, "no price there: \(reason.what)")
    }
  }
}
