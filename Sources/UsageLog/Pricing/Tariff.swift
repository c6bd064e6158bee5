/// What calls pay within one price period, as plain numbers: used for every call, and copied for nothing.
package struct Tariff: Sendable {
  /// UTC milliseconds.
  package let period: Range<Int64>
  private let card: RateCard
  private let payable: Ratio
  private let isCovered: Bool

  package init(_ period: PricePeriod) {
    self.period = period.validFrom..<max(period.validFrom, period.validTo)
    card = period.agreed
    payable = period.payable
    isCovered = period.isCovered
  }

  package var rates: Rates { card.rates }

  /// The longest prompt, in tokens, that is no long one.
  package var longThreshold: Int64 { card.longThreshold }

  /// A usage's cost in nanodollars, as `PricePeriod.cost` has it; nil where it is not priced by the token.
  package func nanos(_ usage: TokenUsage) -> Int64? {
    guard !isCovered, let picodollars = try? card.price(usage) else { return nil }
    return Charge(listPicodollars: picodollars, picodollars: picodollars, payable: payable).nanos
  }
}

/// A plan, and the tariff of the period that was last asked for: calls come nearly in the order of their times.
package final class CurrentPrices {
  private let plan: PricePlan
  private var last: Tariff?

  package init(_ plan: PricePlan) { self.plan = plan }

  package func tariff(at instant: Int64) -> Tariff? {
    if let last, last.period.contains(instant) { return last }
    last = plan.period(at: instant).map(Tariff.init)
    return last
  }

  /// A usage's cost in nanodollars; nil where it has none, and then `whyNot` says why.
  package func nanos(_ usage: TokenUsage, at instant: Int64) -> Int64? {
    tariff(at: instant)?.nanos(usage)
  }

  /// Why a usage has no cost, in words.
  package func whyNot(_ usage: TokenUsage, at instant: Int64) -> String {
    switch plan.cost(usage, at: instant) {
    case .priced: ""
    case .covered: "covered by a commitment there, not charged by the token"
    case .unpriced(let reason): "no price there: \(reason.what)"
    }
  }

  /// Why a call outside of all periods has no price.
  package var otherwise: UnpricedReason { plan.otherwise }
}
