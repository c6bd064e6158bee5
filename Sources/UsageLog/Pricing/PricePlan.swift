/// The prices of one model under one set of conditions, ready for arithmetic.
///
/// Looking it up is slow, using it takes nanoseconds: keep it for all calls that log the same
/// conditions.
package struct PricePlan: Sendable {
  /// Oldest first and disjoint; empty if nothing has a price under these conditions.
  package let periods: [PricePeriod]
  /// Why a call outside of all periods has no price.
  package let otherwise: UnpricedReason
  /// What the periods' rates have already been multiplied with.
  package let modifiers: [PriceModifier]
  /// The model whose prices count, where an override says that it is another than the log's.
  package let standIn: PriceOverride?
  /// Everything that was agreed for these calls, whether or not it is what counts.
  private let agreements: [PriceOverride]

  init(
    periods: [PricePeriod] = [], otherwise: UnpricedReason, modifiers: [PriceModifier] = [],
    standIn: PriceOverride? = nil, agreements: [PriceOverride] = []
  ) {
    self.periods = periods
    self.otherwise = otherwise
    self.modifiers = modifiers
    self.standIn = standIn
    self.agreements = agreements
  }

  /// What was agreed for an instant, in milliseconds since 1970.
  ///
  /// The strongest comes first: the one for the fewest calls, of equals the last.
  package func agreements(at instant: Int64) -> [PriceOverride] {
    agreements.enumerated()
      .filter { $0.element.calls.from <= instant && instant < $0.element.calls.until }
      .sorted {
        let (one, other) = ($0.element.calls.specificity, $1.element.calls.specificity)
        return one != other ? one > other : $0.offset > $1.offset
      }.map(\.element)
  }

  /// The exact price of `usage` at an instant, in milliseconds since 1970.
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
