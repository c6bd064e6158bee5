/// The published id of a model, and what the logged form says about where it ran.
///
/// `canonical` is the id on the model maker's own API (`claude-opus-4-6`, `gpt-4o`). `channel` is
/// `anthropic`, `bedrock`, `vertex`, `foundry`, `openrouter`, `openai` or `gemini`, and `nil` when
/// the form does not tell.
package struct ModelID: Hashable, Sendable {
  package var canonical: String
  package var channel: String?
  package var scope: EndpointScope

  package init(canonical: String, channel: String? = nil, scope: EndpointScope = .unknown) {
    self.canonical = canonical
    self.channel = channel
    self.scope = scope
  }
}

/// How far a cloud endpoint routes a request: from Claude 4.5 on, regional costs 10 % more.
package enum EndpointScope: Hashable, Sendable {
  case unknown, global, regional
  /// AWS GovCloud, which has a price list of its own.
  case government
}

extension ModelID {
  /// The channel that a call went through, by what its log calls it and by the id's form.
  ///
  /// Clients of a cloud often name the model's maker as their provider; but the maker's own API takes
  /// no id in a cloud's form, so there the form tells.
  package func channel(logged: String?) -> String? {
    guard let logged, !logged.isEmpty else { return channel }
    let isCloud = channel == "bedrock" || channel == "vertex"
    return logged == "anthropic" && isCloud ? channel : logged
  }
}

extension EndpointScope {
  /// The scope of a Bedrock inference profile by its prefix, without the dot.
  init?(geography: some StringProtocol) {
    switch geography {
    case "global": self = .global
    case "us", "eu", "jp", "au", "apac": self = .regional
    case "us-gov": self = .government
    default: return nil
    }
  }
}
