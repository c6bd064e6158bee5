/// Finds the prices for what a log says about a call.
package struct PriceBook: Sendable {
  package let catalogue: PriceCatalogue

  package init(_ catalogue: PriceCatalogue) {
    self.catalogue = catalogue
  }

  /// The prices of a model under the conditions that its response reports.
  ///
  /// `model` is the raw name; `channel` is a provider of the catalogue without its endings
  /// (`anthropic`, `bedrock`, `vertex`, `foundry`, …) and is read from the name if it is missing;
  /// an exact id of a maker's own API needs none. `region` decides between global and regional
  /// where the name does not: `global`, a geography (`us`), or a location (`us-east5`). Tier, speed
  /// and geography are the response's `service_tier`, `speed` and `inference_geo`, never the
  /// request's. Missing and empty are the same. Anything that is not understood has no price.
  package func plan(
    model: String, channel: String? = nil, region: String? = nil, serviceTier: String? = nil,
    speed: String? = nil, inferenceGeo: String? = nil
  ) -> PricePlan {
    let endpoint = Endpoint(model: model, channel: channel, region: region)
    do throws(UnpricedReason) {
      let rows = try rows(of: endpoint, suffix: providerSuffix(speed: speed))
      let provider = catalogue.rows[rows[0]].provider
      let modifiers =
        try tierModifiers(serviceTier, provider: provider) + geographyModifiers(inferenceGeo)
      return PricePlan(rows, of: catalogue, modifiers: modifiers)
    } catch {
      return PricePlan(periods: [], otherwise: error, modifiers: [])
    }
  }

  private func rows(of endpoint: Endpoint, suffix: String) throws(UnpricedReason) -> [Int] {
    if let rows = positions(endpoint, in: endpoint.providers.map { $0 + suffix }) { return rows }
    if endpoint.isPlaceholder { throw .notAModel }
    if endpoint.isOpaque { throw .unnamedModel }
    if positions(endpoint, in: endpoint.providers) != nil { throw .noFastPrice }
    if endpoint.scope == .government { throw .noGovCloudPrice }
    if positions(endpoint, in: endpoint.otherProviders) != nil { throw .unknownEndpoint }
    let known = endpoint.providers + endpoint.otherProviders
    throw catalogue.providers.isDisjoint(with: known) ? .unknownChannel : .unknownModel
  }

  /// The rows of the first provider that knows this exact model.
  private func positions(_ endpoint: Endpoint, in providers: [String]) -> [Int]? {
    providers.lazy.map { catalogue.positions(provider: $0, model: endpoint.model) }
      .first { !$0.isEmpty }
  }
}

extension PricePlan {
  /// Multiplies the rows out.
  fileprivate init(_ rows: [Int], of catalogue: PriceCatalogue, modifiers: [PriceModifier]) {
    periods = rows.compactMap { PricePeriod($0, of: catalogue, modifiers: modifiers) }
    otherwise = periods.count == rows.count ? .noPriceThen : .noBatchPrice
    self.modifiers = modifiers
  }
}

extension PricePeriod {
  fileprivate init?(_ position: Int, of catalogue: PriceCatalogue, modifiers: [PriceModifier]) {
    let source = catalogue.rows[position]
    var rates = source.rates
    var longRates = source.longPrompt?.rates ?? rates
    for modifier in modifiers {
      // The catalogue has refused rows where this is not exact: only a missing ratio fails.
      guard let ratio = modifier.ratio(in: source), let scaled = rates.scaled(by: ratio),
        let longScaled = longRates.scaled(by: ratio)
      else { return nil }
      (rates, longRates) = (scaled, longScaled)
    }
    self.rates = rates
    self.longRates = longRates
    row = position
    validFrom = source.validFrom
    validTo = source.validTo
    longThreshold = source.longPrompt?.threshold ?? .max
    webSearch = source.webSearch
  }
}

/// Names the rows of a speed; Claude Code's events say `normal` for `standard`.
private func providerSuffix(speed: String?) throws(UnpricedReason) -> String {
  switch speed ?? "" {
  case "", "standard", "normal": ""
  case "fast": "-fast"
  default: throw .unknownSpeed
  }
}

/// OpenAI and Bedrock call their standard tier `default`.
private func tierModifiers(
  _ tier: String?, provider: String
) throws(UnpricedReason) -> [PriceModifier] {
  switch tier ?? "" {
  case "", "standard", "default": []
  case "batch": [.batch]
  case "priority" where provider.hasPrefix("anthropic"): throw .coveredByCommitment
  default: throw .unknownTier
  }
}

private func geographyModifiers(_ geography: String?) throws(UnpricedReason) -> [PriceModifier] {
  switch geography ?? "" {
  case "", "global", "not_available": []
  case "us": [.usResidency]
  default: throw .unknownGeography
  }
}
