/// What one call pays for each class of usage, its modifiers already multiplied in.
package struct RateCard: Hashable, Sendable {
  package var rates: Rates
  /// Equal to `rates` where prompts have no long tier.
  package var longRates: Rates
  /// The longest prompt, in tokens, that still pays `rates`.
  package var longThreshold: Int64
  /// Picodollars for one search; batches and residency leave it alone.
  package var webSearch: Int64?

  /// The rates that this usage pays, all classes alike.
  package func rates(for usage: TokenUsage) -> Rates {
    usage.promptTokens > longThreshold ? longRates : rates
  }

  /// The exact price of `usage` in picodollars, or the class that has none.
  package func price(_ usage: TokenUsage) throws(UnpricedReason) -> Int128 {
    let rates = rates(for: usage)
    guard let write5m = charge(usage.cacheWrite5m, rates.cacheWrite5m),
      let write1h = charge(usage.cacheWrite1h, rates.cacheWrite1h),
      let read = charge(usage.cacheRead, rates.cacheRead)
    else { throw .noTokenRate }
    guard let searches = charge(usage.webSearches, webSearch) else { throw .noSearchPrice }
    let fresh = Int128(usage.input) * Int128(rates.input)
    let output = Int128(usage.output) * Int128(rates.output)
    return fresh + write5m + write1h + read + output + searches
  }

  /// The card under a modifier, each rate rounded half-even to a picodollar where it is not whole.
  func scaled(by ratio: Ratio) -> RateCard {
    var scaled = self
    scaled.rates = rates.rounded(by: ratio)
    scaled.longRates = longRates.rounded(by: ratio)
    return scaled
  }
}

extension RateCard {
  /// The prices that a catalogue row lists.
  package init(_ row: PriceRow) {
    rates = row.rates
    longRates = row.longPrompt?.rates ?? row.rates
    longThreshold = row.longPrompt?.threshold ?? .max
    webSearch = row.webSearch
  }
}

/// `nil` only if something was used that has no rate.
private func charge(_ count: Int64, _ rate: Int64?) -> Int128? {
  if let rate { return Int128(count) * Int128(rate) }
  return count == 0 ? 0 : nil
}
