/// The same calls at another channel: Bedrock instead of the maker's own API.
package struct ChannelMove: Hypothesis {
  package let channel: String
  package let region: String?

  package init(to channel: String, region: String?) {
    self.channel = channel
    self.region = region
  }

  package var assumption: String {
    "every model answers at \(channel)\(region.map { " (\($0))" } ?? "") as it did where it ran"
  }

  package var reach: Reach { Reach(isInOrder: true) }

  package func placement(of call: PriceConditions) -> Placement {
    let id = canonicalModel(call.model)
    let own = id.channel(logged: call.channel)
    let isThere = region == nil || region == call.region || isEndpoint(id.scope)
    if own == channel, isThere {
      return .stays("at \(channel) already")
    }
    if channel == "anthropic", !ModelFacts.isClaude(id.canonical) {
      return .stays("\(id.canonical) is not sold there")
    }
    var moved = call
    moved.model = id.canonical
    moved.channel = channel
    moved.region = region
    // Endpoints are chosen by region there, not by a parameter of the request.
    if channel == "bedrock" || channel == "vertex" { moved.inferenceGeo = nil }
    return .under(moved)
  }

  private func isEndpoint(_ scope: EndpointScope) -> Bool {
    scope != .unknown && EndpointScope(geography: region ?? "") == scope
  }

  package func reviser() -> any CallReviser { MovingReviser(share: .all) }

  /// What calls lose there that they may be using, a sentence each.
  ///
  /// Source: the vendors' pages on each channel, as of November 2026.
  package var lacks: [String] {
    switch channel {
    case "bedrock":
      [
        "bedrock has no server tools (web search and fetch, code execution, advisor), no fast mode and no Message Batches API; its own batch inference is priced here as a batch",
        "US-only inference is a matter of the region there: inference_geo is left out",
      ]
    case "vertex":
      [
        "vertex has fast mode for few models only; US-only inference is a matter of the region there: inference_geo is left out"
      ]
    case "foundry":
      ["foundry has fast mode for few models only, and the maker's own prices"]
    default: []
    }
  }
}
