/// The catalogue line that would price a model which has none, its amounts left to fill in.
package enum PriceTemplate {
  /// - Parameters:
  ///   - model, channel, region: as the log has them.
  ///   - day: the first instant of the day from which on it is needed.
  /// - Returns: one line in the columns of `PriceColumn.header`; it cannot be read as it is.
  package static func csv(
    model: String, channel: String?, region: String?, from day: Int64
  ) -> String {
    let endpoint = Endpoint(model: model, channel: channel, region: region)
    let values: [PriceColumn: String] = [
      .provider: provider(of: endpoint), .model: endpoint.model, .validFrom: dayText(day),
      .unverified: "0",
    ]
    return PriceColumn.allCases.map { values[$0] ?? "" }.joined(separator: ",")
  }

  /// The last of the providers that are looked in is the most exact: an endpoint, not its cloud.
  private static func provider(of endpoint: Endpoint) -> String {
    guard endpoint.providers.count == 3 else { return endpoint.providers.last ?? "" }
    // The log has no channel: then an id is its maker's own.
    let makers = [("claude-", "anthropic"), ("gpt-", "openai"), ("gemini-", "gemini")]
    return makers.first { endpoint.model.hasPrefix($0.0) }?.1 ?? ""
  }
}
