/// Where a call ran, as far as the log tells, and which providers' rows may hold its price.
struct Endpoint {
  /// The canonical id.
  let model: String
  let scope: EndpointScope
  /// The providers to look in, in order.
  let providers: [String]
  /// The providers that the unknown scope kept us from looking in.
  let otherProviders: [String]
  /// Whether an inference profile's ARN hides the model.
  let isOpaque: Bool
  /// Whether Claude Code wrote the entry itself, without a model.
  let isPlaceholder: Bool

  init(model raw: String, channel logged: String?, region: String?) {
    let id = canonicalModel(raw)
    model = id.canonical
    isOpaque = model.hasPrefix("arn:") || model.contains("/arn:")
    isPlaceholder = model == "<synthetic>"
    guard let channel = id.channel(logged: logged) else {
      scope = .unknown
      providers = ["anthropic", "openai", "gemini"]
      otherProviders = []
      return
    }
    let named = id.channel == channel ? id.scope : .unknown
    scope = EndpointScope(named: named, channel: channel, region: region ?? "")
    // Foundry meters Anthropic's list, US Data Zone included.
    let provider = channel == "foundry" ? "anthropic" : channel
    let byScope = [provider + "-global", provider + "-regional"]
    switch scope {
    case .unknown: (providers, otherProviders) = ([provider], byScope)
    case .global: (providers, otherProviders) = ([provider, byScope[0]], [])
    case .regional: (providers, otherProviders) = ([provider, byScope[1]], [])
    case .government: (providers, otherProviders) = ([provider + "-gov"], [])
    }
  }
}

extension EndpointScope {
  /// What the name says, else what the region says.
  ///
  /// A Bedrock log's region is the caller's, also when a global profile answers: only a profile's
  /// geography tells. A Vertex location is the endpoint itself.
  fileprivate init(named: EndpointScope, channel: String, region: String) {
    let isBedrock = channel == "bedrock"
    if isBedrock, region.hasPrefix("us-gov") {
      self = .government
    } else if named != .unknown {
      self = named
    } else if isBedrock {
      self = EndpointScope(geography: region) ?? .unknown
    } else if channel == "vertex", !region.isEmpty {
      self = region == "global" ? .global : .regional
    } else {
      self = .unknown
    }
  }
}
