/// The prices of one model under one set of conditions, ready for arithmetic.
///
/// Looking it up is slow, using it takes nanoseconds: keep it for all calls that log the same
/// model, channel, region, service tier, speed and inference geography.
package struct PricePlan: Sendable {
  /// Oldest first and disjoint; empty if nothing has a price under these conditions.
  package let periods: [PricePeriod]
  /// Why a call outside of all periods has no price.
  package let otherwise: UnpricedReason
  /// What the periods' rates have already been multiplied with.
  package let modifiers: [PriceModifier]

  /// The exact list price of `usage` at an instant, in milliseconds since 1970.
  ///
  /// Tokens x rates x modifiers plus searches, with no rounding inside.
  package func cost(_ usage: TokenUsage, at occurredAtMs: Int64) -> Cost {
    guard let period = period(at: occurredAtMs) else { return .unpriced(otherwise) }
    return period.cost(usage)
  }

  /// The prices that held at an instant, in milliseconds since 1970.
  package func period(at occurredAtMs: Int64) -> PricePeriod? {
    periods.last { $0.validFrom <= occurredAtMs && occurredAtMs < $0.validTo }
  }
}

/// One price row with its modifiers applied, for the time it holds.
package struct PricePeriod: Sendable {
  /// The row's position in `PriceCatalogue.rows`.
  package let row: Int
  /// First instant, in milliseconds since 1970.
  package let validFrom: Int64
  /// First instant after it.
  package let validTo: Int64
  package let rates: Rates
  /// Equal to `rates` where prompts have no long tier.
  package let longRates: Rates
  /// The longest prompt, in tokens, that still pays `rates`.
  package let longThreshold: Int64
  /// Picodollars for one search; batches and residency leave it alone.
  package let webSearch: Int64?

  /// The rates that this usage pays, all classes alike.
  package func rates(for usage: TokenUsage) -> Rates {
    usage.promptTokens > longThreshold ? longRates : rates
  }

  /// The exact list price of `usage`, or the class that has none.
  package func cost(_ usage: TokenUsage) -> Cost {
    let rates = rates(for: usage)
    guard let write5m = charge(usage.cacheWrite5m, rates.cacheWrite5m),
      let write1h = charge(usage.cacheWrite1h, rates.cacheWrite1h),
      let read = charge(usage.cacheRead, rates.cacheRead)
    else { return .unpriced(.noTokenRate) }
    guard let searches = charge(usage.webSearches, webSearch) else {
      return .unpriced(.noSearchPrice)
    }
    let fresh = Int128(usage.input) * Int128(rates.input)
    let output = Int128(usage.output) * Int128(rates.output)
    return .priced(picodollars: fresh + write5m + write1h + read + output + searches)
  }
}

/// A condition that multiplies the rates of all token classes.
package enum PriceModifier: Hashable, Sendable {
  case batch, usResidency

  /// The row's multiplier, or `nil` if the row has no price under this condition.
  package func ratio(in row: PriceRow) -> Ratio? {
    switch self {
    case .batch: row.batch
    // Older models reject the parameter, other channels ignore it.
    case .usResidency: row.usResidency ?? .one
    }
  }
}

/// `nil` only if something was used that has no rate.
private func charge(_ count: Int64, _ rate: Int64?) -> Int128? {
  if let rate { return Int128(count) * Int128(rate) }
  return count == 0 ? 0 : nil
}
