import CallStore

/// Who sold a call's tokens, under the names that FOCUS asks for.
struct FocusVendor: Hashable {
  /// Whose service it is, and who bills it.
  var serviceProvider: String
  var service: String
  /// Whose model it is.
  var publisher: String

  /// - Parameters:
  ///   - provider: of the price row: `anthropic`, `bedrock-regional`, `vertex-global`, …
  ///   - channel: as logged; it tells where no price row does.
  init(provider: String?, channel: String?, model: String?) {
    let family = (provider ?? channel ?? "anthropic").split(separator: "-").first.map(String.init)
    let maker = Self.maker(of: model)
    switch family {
    case "anthropic": self.init("Anthropic", "Claude API", maker ?? "Anthropic")
    case "bedrock": self.init("Amazon Web Services", "Amazon Bedrock", maker ?? "Amazon")
    case "vertex": self.init("Google Cloud", "Vertex AI", maker ?? "Google")
    case "gemini": self.init("Google", "Gemini API", maker ?? "Google")
    case "openai": self.init("OpenAI", "OpenAI API", maker ?? "OpenAI")
    case "foundry", "azure": self.init("Microsoft", "Azure AI Foundry", maker ?? "Microsoft")
    default: self.init(family ?? "", "\(family ?? "") API", maker ?? family ?? "")
    }
  }

  private init(_ serviceProvider: String, _ service: String, _ publisher: String) {
    self.serviceProvider = serviceProvider
    self.service = service
    self.publisher = publisher
  }

  private static func maker(of model: String?) -> String? {
    guard let model = model?.lowercased() else { return nil }
    let makers = [
      ("claude", "Anthropic"), ("gpt", "OpenAI"), ("gemini", "Google"), ("llama", "Meta"),
      ("mistral", "Mistral AI"), ("nova", "Amazon"), ("titan", "Amazon"),
    ]
    return makers.first { model.contains($0.0) }?.1
  }
}
