/// Where a call's listed prices stand.
extension PriceBook {
  /// The rows of the logged model, or of the one that stands in for it, whatever their days.
  func rows(
    for conditions: PriceConditions, standIn: String?
  ) throws(UnpricedReason) -> [PriceRow] {
    let suffix = try providerSuffix(speed: conditions.speed)
    guard let standIn else {
      return try rows(
        of: Endpoint(
          model: conditions.model, channel: conditions.channel, region: conditions.region), suffix)
    }
    let channel = canonicalModel(standIn).channel ?? conditions.channel
    for model in [standIn, catalogue.snapshot(of: standIn)] {
      do throws(UnpricedReason) {
        return try rows(
          of: Endpoint(model: model, channel: channel, region: conditions.region), suffix)
      } catch {
        // Only a channel that does not list the model leaves it to its maker: where it does and the
        // endpoint is not known, or has no price, the maker's is not it either.
        guard [.unknownModel, .unknownChannel].contains(error) else { throw error }
      }
    }
    return try rows(of: Endpoint(model: standIn, channel: nil, region: conditions.region), suffix)
  }

  private func rows(of endpoint: Endpoint, _ suffix: String) throws(UnpricedReason) -> [PriceRow] {
    if let rows = listed(endpoint, by: endpoint.providers.map { $0 + suffix }) { return rows }
    if endpoint.isPlaceholder { throw .notAModel }
    if endpoint.isOpaque { throw .unnamedModel }
    if listed(endpoint, by: endpoint.providers) != nil { throw .noFastPrice }
    if endpoint.scope == .government { throw .noGovCloudPrice }
    if listed(endpoint, by: endpoint.otherProviders) != nil { throw .unknownEndpoint }
    let known = endpoint.providers + endpoint.otherProviders
    throw catalogue.providers.isDisjoint(with: known) ? .unknownChannel : .unknownModel
  }

  /// The rows of the first provider that knows this exact model.
  private func listed(_ endpoint: Endpoint, by providers: [String]) -> [PriceRow]? {
    providers.lazy.map { catalogue.positions(provider: $0, model: endpoint.model) }
      .first { !$0.isEmpty }?.map { catalogue.rows[$0] }
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
