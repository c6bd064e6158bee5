import UsageLog

/// The prices of calls that log the same conditions: as they were made, and as a hypothesis would have them.
final class WhatIfPrices {
  let own: CurrentPrices?
  /// nil where the conditions stay.
  let moved: CurrentPrices?
  /// Of a call that is made besides.
  let added: CurrentPrices?
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
    self.own = own.map(CurrentPrices.init)
    self.place = place
    let placement = conditions.map { hypothesis.placement(of: $0) } ?? .asItWas
    added = conditions.map {
      CurrentPrices(book.plan(for: hypothesis.placementOfAddedCall(beside: $0)))
    }
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
      moved = CurrentPrices(plan)
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
    guard let tariff = (moved ?? own)?.tariff(at: instant) else { return CacheTerms() }
    let cache = CacheTerms(tariff.rates, minimum: minimum)
    terms = (tariff.period, cache)
    return cache
  }

  /// Why there is no price where a call would be made on its day; nil if there is one, or it stays where it is.
  func missingPrice(at instant: Int64) -> String? {
    guard let moved, moved.tariff(at: instant) == nil else { return nil }
    return "no price there: \(moved.otherwise.what)"
  }
}
