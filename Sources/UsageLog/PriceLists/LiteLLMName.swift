/// Where an entry of LiteLLM's list belongs in a catalogue: the provider, and the id it publishes.
struct LiteLLMName: Hashable {
  let provider: String
  let model: String

  struct OutOfScope: Error {
    let reason: String
  }

  /// - Parameters:
  ///   - key: the entry's name, with the path LiteLLM puts before the id.
  ///   - listed: `litellm_provider`; one that the catalogue does not know is kept as it is.
  ///   - catalogue: tells which cloud models have one price for all endpoints.
  init(key: String, provider listed: String, catalogue: PriceCatalogue) throws(OutOfScope) {
    switch listed {
    case "anthropic":
      let id = key.dropping(prefix: "anthropic/")
      // `fast/us/claude-…` in some versions: multipliers that have a place of their own.
      guard !id.contains("/") else { throw OutOfScope(reason: "a multiplied copy of an entry") }
      (provider, model) = ("anthropic", id)
    case "bedrock", "bedrock_converse":
      (provider, model) = try Self.bedrock(key, catalogue)
    case "openai", "text-completion-openai":
      (provider, model) = ("openai", key.dropping(prefix: "openai/"))
    case "azure_ai" where canonicalModel(key).canonical.hasPrefix("claude-"):
      throw OutOfScope(reason: "Claude in Foundry, which bills Anthropic's own list")
    case _ where listed.hasPrefix("vertex_ai"):
      (provider, model) = Self.vertex(key, catalogue)
    default:
      (provider, model) = (listed, key.dropping(prefix: listed + "/"))
    }
  }

  /// `bedrock/us-gov-east-1/ID`, `bedrock/us-east-1/1-month-commitment/ID`, `us.ID`, `ID`.
  private static func bedrock(
    _ key: String, _ catalogue: PriceCatalogue
  ) throws(OutOfScope) -> (provider: String, model: String) {
    let path = key.split(separator: "/").map(String.init)
    if path.contains(where: { $0.hasSuffix("-commitment") }) {
      throw OutOfScope(reason: "committed capacity")
    }
    let id = canonicalModel(key)
    let model = path.last ?? key
    if id.scope == .government { return ("bedrock-gov", model) }
    if path.dropLast().contains(where: isRegion) {
      throw OutOfScope(reason: "a price of one region; the catalogue has one for all")
    }
    let isSingle = !catalogue.positions(provider: "bedrock", model: id.canonical).isEmpty
    switch id.scope {
    case .global where !isSingle: return ("bedrock-global", model)
    case .regional where !isSingle: return ("bedrock-regional", model)
    default: return ("bedrock", model)
    }
  }

  /// The list's price is the global endpoint's; Claude costs more on regional ones from 4.5 on.
  private static func vertex(
    _ key: String, _ catalogue: PriceCatalogue
  ) -> (provider: String, model: String) {
    let model = key.split(separator: "/").last.map(String.init) ?? key
    let id = canonicalModel(key).canonical
    let isSingle =
      !id.hasPrefix("claude-") || !catalogue.positions(provider: "vertex", model: id).isEmpty
    return (isSingle ? "vertex" : "vertex-global", model)
  }

  /// `us-east-1`, `ap-northeast-1`.
  private static func isRegion(_ part: String) -> Bool {
    let words = part.split(separator: "-")
    return words.count == 3 && words[0].count == 2 && words[2].allSatisfy(\.isNumber)
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
