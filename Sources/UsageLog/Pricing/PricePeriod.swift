/// One price row and what was agreed on it, for the time that both hold.
package struct PricePeriod: Sendable {
  /// The row as the catalogue lists it; `nil` where only an override gives a price.
  package let row: PriceRow?
  /// The override that applies.
  package let override: PriceOverride?
  /// First instant, in milliseconds since 1970.
  package let validFrom: Int64
  /// First instant after it.
  package let validTo: Int64
  /// Listed rates, modifiers applied.
  package let list: RateCard
  /// Negotiated rates, modifiers applied; as listed where there are none.
  package let agreed: RateCard

  package var rates: Rates { agreed.rates }
  package var longRates: Rates { agreed.longRates }
  package var longThreshold: Int64 { agreed.longThreshold }
  package var webSearch: Int64? { agreed.webSearch }

  /// The rates that this usage pays, all classes alike.
  package func rates(for usage: TokenUsage) -> Rates { agreed.rates(for: usage) }

  /// What a discount leaves to pay of every amount.
  package var payable: Ratio {
    if case .discount(let payable) = override?.effect { payable } else { .one }
  }

  /// Paid for by a commitment: amounts are what it would cost without.
  package var isCovered: Bool { override?.effect == .covered }

  /// The exact price of `usage`, or the class that has none.
  package func cost(_ usage: TokenUsage) -> Cost {
    do throws(UnpricedReason) {
      let picodollars = try agreed.price(usage)
      guard let override else { return .priced(Charge(picodollars: picodollars)) }
      // What was agreed may have a rate where the list has none.
      let listed = (try? list.price(usage)) ?? picodollars
      switch override.effect {
      case .covered: return .covered(Charge(picodollars: listed))
      case .rates, .sameAs, .discount:
        return .priced(
          Charge(listPicodollars: listed, picodollars: picodollars, payable: payable))
      }
    } catch {
      return .unpriced(error)
    }
  }
}

extension PricePeriod {
  enum Outcome {
    case period(PricePeriod)
    case noPrice, noBatchPrice

    /// Multiplies the row out, and what was agreed on it.
    init(
      _ row: PriceRow?, _ override: PriceOverride?, _ modifiers: [PriceModifier], from: Int64,
      to: Int64
    ) {
      let negotiated: NegotiatedRates? =
        if case .rates(let rates) = override?.effect { rates } else { nil }
      let listed = row.map { RateCard($0) }
      guard var agreed = negotiated.map({ $0.card(on: listed) }) ?? listed else {
        self = .noPrice
        return
      }
      var list = listed ?? agreed
      for modifier in modifiers {
        let ratio =
          modifier == .batch
          ? negotiated?.batch ?? row?.batch : row.map { modifier.ratio(in: $0) } ?? .one
        guard let ratio else {
          self = .noBatchPrice
          return
        }
        // The catalogue has refused rows where this is not exact; agreed rates are rounded.
        list = list.scaled(
          by: (listed == nil ? ratio : row.flatMap { modifier.ratio(in: $0) }) ?? ratio)
        agreed = agreed.scaled(by: ratio)
      }
      self = .period(
        PricePeriod(
          row: row, override: override, validFrom: from, validTo: to, list: list, agreed: agreed))
    }
  }
}
