import Foundation

/// Finds the prices for what a log says about a call: listed ones, and what was agreed on them.
package struct PriceBook: Sendable {
  package let catalogue: PriceCatalogue
  /// In the order in which they were written.
  package let overrides: [PriceOverride]
  /// Sixteen hexadecimal digits that change with any price or override.
  package let id: String

  package init(_ catalogue: PriceCatalogue, overrides: [PriceOverride] = []) {
    self.catalogue = catalogue
    self.overrides = overrides
    id =
      overrides.isEmpty
      ? catalogue.id : fingerprint(Array((catalogue.id + Self.text(of: overrides)).utf8))
  }

  /// Overrides tell calls apart by what else than model, channel, tier, speed and geography.
  package var asksForWorkspace: Bool { overrides.contains { $0.calls.workspace != nil } }
  package var asksForAPIKey: Bool { overrides.contains { $0.calls.apiKey != nil } }

  /// The overrides as they are kept.
  package static func text(of overrides: [PriceOverride]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Integers and texts: nothing in it can fail to be encoded.
    return ((try? encoder.encode(overrides)).map { String(decoding: $0, as: UTF8.self) }) ?? ""
  }

  /// The overrides that `text(of:)` kept.
  package static func overrides(in text: String) throws -> [PriceOverride] {
    try JSONDecoder().decode([PriceOverride].self, from: Data(text.utf8))
  }

  /// The prices of calls under these conditions; what is not understood has no price.
  package func plan(for conditions: PriceConditions) -> PricePlan {
    let standIn = standIn(for: conditions)
    var asked = conditions
    var rows: [PriceRow] = []
    var modifiers: [PriceModifier] = []
    var otherwise = UnpricedReason.noPriceThen
    do throws(UnpricedReason) {
      rows = try self.rows(for: conditions, standIn: standIn?.model)
      // Logs of a maker's own API often name no channel; contracts do.
      if (asked.channel ?? "").isEmpty { asked.channel = rows.first?.maker }
    } catch { otherwise = error }
    let agreements = agreements(for: asked, standIn: standIn?.model)
    var terms = agreements.filter { $0.standInModel == nil }
    // Agreed rates are for the speed they name: no list, no other speed's price.
    if [.noFastPrice, .unknownSpeed].contains(otherwise) {
      terms.removeAll { $0.calls.speed == nil }
    }
    do throws(UnpricedReason) {
      modifiers =
        try tier(of: asked, rows: rows, &terms, &otherwise) + geographyModifiers(asked.inferenceGeo)
    } catch {
      // Of several things that are not known, the model comes first.
      return PricePlan(
        otherwise: rows.isEmpty ? otherwise : error, standIn: standIn?.override,
        agreements: agreements)
    }
    let periods = self.periods(rows, terms, modifiers, &otherwise)
    return PricePlan(
      periods: periods, otherwise: otherwise, modifiers: modifiers, standIn: standIn?.override,
      agreements: agreements)
  }

  /// The same, for conditions without a workspace.
  package func plan(
    model: String, channel: String? = nil, region: String? = nil, serviceTier: String? = nil,
    speed: String? = nil, inferenceGeo: String? = nil
  ) -> PricePlan {
    var conditions = PriceConditions(model: model, channel: channel, region: region)
    conditions.serviceTier = serviceTier
    conditions.speed = speed
    conditions.inferenceGeo = inferenceGeo
    return plan(for: conditions)
  }

  // MARK: - Which overrides

  /// The model whose prices count instead.
  private func standIn(
    for conditions: PriceConditions
  ) -> (override: PriceOverride, model: String)? {
    let strongest = overrides.filter {
      $0.standInModel != nil && $0.holds(for: conditions, model: conditions.model, in: catalogue)
    }.strongest()
    guard let strongest, let model = strongest.standInModel else { return nil }
    return (strongest, model)
  }

  /// What was agreed for these calls; what was agreed for the model that stands in counts, too.
  private func agreements(for conditions: PriceConditions, standIn: String?) -> [PriceOverride] {
    overrides.filter { override in
      override.holds(for: conditions, model: conditions.model, in: catalogue)
        || override.standInModel == nil
          && standIn.map { override.holds(for: conditions, model: $0, in: catalogue) } ?? false
    }
  }

  // MARK: - What was agreed

  /// What the service tier does to the price; a tier that has none may have been agreed on.
  private func tier(
    of conditions: PriceConditions, rows: [PriceRow], _ terms: inout [PriceOverride],
    _ otherwise: inout UnpricedReason
  ) throws(UnpricedReason) -> [PriceModifier] {
    switch conditions.serviceTier ?? "" {
    // OpenAI and Bedrock call their standard tier `default`.
    case "", "standard", "default": return []
    case "batch": return [.batch]
    default: break
    }
    terms = terms.filter { $0.calls.serviceTier != nil }
    let isPrepaid =
      conditions.serviceTier == "priority"
      && rows.first.map { $0.provider.hasPrefix("anthropic") } ?? false
    if isPrepaid { terms.insert(.priorityTier, at: 0) }
    if terms.isEmpty { throw .unknownTier }
    // On days that no agreement holds for, the list has no price of this tier.
    if !isPrepaid, !rows.isEmpty { otherwise = .unknownTier }
    return []
  }

  /// The rows and what was agreed on them, cut wherever either changes.
  private func periods(
    _ rows: [PriceRow], _ terms: [PriceOverride], _ modifiers: [PriceModifier],
    _ otherwise: inout UnpricedReason
  ) -> [PricePeriod] {
    let cuts = Set(
      rows.flatMap { [$0.validFrom, $0.validTo] }
        + terms.flatMap { [$0.calls.from, $0.calls.until] }
    ).sorted()
    var periods: [PricePeriod] = []
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let row = rows.first { $0.validFrom <= from && from < $0.validTo }
      let term = terms.filter { $0.calls.from <= from && from < $0.calls.until }.strongest()
      if term == nil, otherwise == .unknownTier { continue }
      switch PricePeriod.Outcome(row, term, modifiers, from: from, to: to) {
      case .period(let period): periods.append(period)
      case .noBatchPrice: otherwise = .noBatchPrice
      case .noPrice: continue
      }
    }
    return periods
  }
}

extension PriceOverride {
  /// A prepaid capacity: what it bought is not charged by the token.
  static let priorityTier = PriceOverride(name: "Priority Tier", effect: .covered)
}

extension [PriceOverride] {
  /// The one that wins: for the fewest calls, and of equals the last.
  fileprivate func strongest() -> PriceOverride? {
    reduce(nil) { best, next in
      guard let best else { return next }
      return next.calls.specificity >= best.calls.specificity ? next : best
    }
  }
}

private func geographyModifiers(_ geography: String?) throws(UnpricedReason) -> [PriceModifier] {
  switch geography ?? "" {
  case "", "global", "not_available": []
  case "us": [.usResidency]
  default: throw .unknownGeography
  }
}
