package import CallStore
package import UsageLog

/// What a tenant pays: cost plus something, or rates of one's own; and at least a fee.
package struct ChargeTerms: Equatable, Sendable {
  /// Shares in millionths.
  package enum CostPlus: Equatable, Sendable {
    case atCost
    /// So much of the cost on top of it.
    case markup(Int64)
    /// So much of the price is left when the cost is paid; below all of it.
    case margin(Int64)
  }

  /// The first day that they hold on; nil is always.
  package var from: CivilDate?
  package var costPlus: CostPlus
  /// Picodollars a token, by model: its id, its beginning, a word of it, or `all`.
  package var rates: [String: [TokenClass: Int64]]
  /// A month's.
  package var minimumNanos: Int64

  package init(
    from: CivilDate? = nil, _ costPlus: CostPlus = .atCost,
    rates: [String: [TokenClass: Int64]] = [:], minimumNanos: Int64 = 0
  ) {
    self.from = from
    self.costPlus = costPlus
    self.rates = rates
    self.minimumNanos = minimumNanos
  }

  package func price(of usage: UsageCost, model: String?) -> Price {
    guard let rates = rates(for: model) else { return price(ofCost: usage.costNanos) }
    let picodollars = rates.reduce(Int128(0)) {
      $0 + Int128(usage.count($1.key)) * Int128($1.value)
    }
    return Price(picodollars, over: 1000)
  }

  package func price(ofCost nanos: Int64) -> Price {
    let factor = costPlus.factor
    return Price(Int128(nanos) * Int128(factor.numerator), over: Int128(factor.denominator))
  }

  /// The most exact name counts.
  func rates(for model: String?) -> [TokenClass: Int64]? {
    guard let model else { return rates["all"] }
    if let own = rates[model] { return own }
    let words = model.split(separator: "-").map(String.init)
    let fitting = rates.keys.filter { model.hasPrefix($0) || words.contains($0) }
    // Of equally long ones the word inside, which says more than the vendor's name in front.
    func rank(_ name: String) -> (Int, Int, String) {
      (name.utf8.count, model.hasPrefix(name) ? 0 : 1, name)
    }
    let best = fitting.max { rank($0) < rank($1) }
    return rates[best ?? "all"]
  }
}

extension ChargeTerms.CostPlus {
  package var factor: Ratio {
    switch self {
    case .atCost: .one
    case .markup(let share): Ratio(1_000_000 + share, over: 1_000_000).reduced
    case .margin(let share): Ratio(1_000_000, over: 1_000_000 - share).reduced
    }
  }
}

extension Ratio {
  var reduced: Ratio {
    var (one, other) = (numerator.magnitude, denominator.magnitude)
    while other > 0 { (one, other) = (other, one % other) }
    return one > 1 ? Ratio(numerator / Int64(one), over: denominator / Int64(one)) : self
  }
}

/// An exact amount in nano-dollars, as a fraction, until it is rounded to a currency's smallest unit.
package struct Price: Equatable, Sendable {
  package var numerator: Int128
  package var denominator: Int128

  package init(_ numerator: Int128, over denominator: Int128 = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// In billionths, rounded half-even to a multiple of `step`.
  package func rounded(to step: Int64, rate: Ratio = .one) -> Int64 {
    let units = UsageLog.rounded(
      numerator * Int128(rate.numerator),
      over: denominator * Int128(rate.denominator) * Int128(step))
    return Int64(units) * step
  }
}
