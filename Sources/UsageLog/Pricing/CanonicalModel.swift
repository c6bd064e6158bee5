/// Reduces a model name as logged to the id that its maker publishes.
///
/// Takes off ARNs, Bedrock geographies and `anthropic.`, `-v1:0`, Vertex `@20250929`, resource
/// paths, router prefixes, OpenRouter's dots and variants, and Claude Code's `[1m]`. Dates and
/// aliases are left alone: `claude-haiku-4-5` stays itself. A form that is not known stays as it
/// is and matches no price.
package func canonicalModel(_ raw: String) -> ModelID {
  var id = ModelID(canonical: raw)
  guard raw.utf8.contains(where: { "/.@[:".utf8.contains($0) }) else { return id }
  id.dropContextMarker()
  id.dropPath()
  id.dropBedrockForm()
  id.dropVertexForm()
  id.dropOpenRouterForm()
  return id
}

extension ModelID {
  /// Claude Code marks the one-million-token window, which is not a price.
  fileprivate mutating func dropContextMarker() {
    if canonical.hasSuffix("[1m]") { canonical.removeLast(4) }
  }

  fileprivate mutating func dropPath() {
    let parts = canonical.split(separator: "/")
    guard parts.count > 1, let name = parts.last else { return }
    if let arn = parts.first(where: { $0.hasPrefix("arn:aws") }) {
      channel = "bedrock"
      if arn.hasPrefix("arn:aws-us-gov:") { scope = .government }
      // Application profiles and provisioned models have an opaque id that names no model.
      guard arn.hasSuffix(":inference-profile") || arn.hasSuffix(":foundation-model") else {
        return
      }
    } else {
      switch parts[0] {
      case "anthropic", "openai", "gemini", "bedrock", "openrouter": channel = String(parts[0])
      case "google": channel = "openrouter"
      case "vertex_ai", "projects", "publishers": channel = "vertex"
      case "azure_ai": channel = "foundry"
      case "claude", "models": break
      default: return
      }
      if parts[0] == "bedrock", parts[1].hasPrefix("us-gov-") { scope = .government }
      if let location = zip(parts, parts.dropFirst()).first(where: { $0.0 == "locations" })?.1 {
        scope = location == "global" ? .global : .regional
      }
    }
    canonical = String(name)
  }

  fileprivate mutating func dropBedrockForm() {
    var name = canonical[...]
    var endpoint = EndpointScope.regional
    if let dot = name.firstIndex(of: "."), let geography = EndpointScope(geography: name[..<dot]) {
      name = name[dot...].dropFirst()
      endpoint = geography
    }
    guard name.hasPrefix("anthropic.") else { return }
    name.removeFirst("anthropic.".count)
    // `:0` is the revision, `:200k` a context window.
    while let colon = name.lastIndex(of: ":"), isRevision(name[colon...].dropFirst()) {
      name = name[..<colon]
    }
    canonical = String(withoutVersion(name))
    channel = channel ?? "bedrock"
    if scope != .government { scope = endpoint }
  }

  fileprivate mutating func dropVertexForm() {
    guard let at = canonical.lastIndex(of: "@") else { return }
    let name = canonical[..<at]
    let tag = canonical[at...].dropFirst()
    if tag == "default" || tag == "latest" {
      canonical = String(name)
    } else if isNumber(tag) {
      canonical = withoutVersion(name) + "-" + tag
    } else {
      return
    }
    channel = channel ?? "vertex"
  }

  fileprivate mutating func dropOpenRouterForm() {
    guard channel == "openrouter" || channel == "anthropic" else { return }
    for variant in [":beta", ":thinking"] where canonical.hasSuffix(variant) {
      canonical.removeLast(variant.count)
      channel = "openrouter"
    }
    if canonical.hasPrefix("claude-"), canonical.contains(".") {
      canonical = String(canonical.map { $0 == "." ? "-" : $0 })
      channel = "openrouter"
    }
    turnOpenRouterName()
  }

  /// OpenRouter's permanent names have the version before the family, and dates of its own:
  /// `claude-4.5-sonnet-20250929`.
  private mutating func turnOpenRouterName() {
    let parts = canonical.split(separator: "-")
    guard parts.first == "claude" else { return }
    let version = parts.dropFirst().prefix { isNumber($0) }
    let rest = parts.dropFirst(1 + version.count)
    guard let major = version.first.flatMap({ Int($0) }), major >= 4, version.count <= 2,
      let family = rest.first, rest.dropFirst().allSatisfy({ isNumber($0) && $0.count == 8 })
    else { return }
    canonical = "claude-\(family)-" + version.joined(separator: "-")
    if version.count == 1, major == 4 { canonical += "-0" }
    channel = "openrouter"
  }
}

private func isNumber(_ text: Substring) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}

private func isRevision(_ text: Substring) -> Bool {
  isNumber(text.hasSuffix("k") ? text.dropLast() : text)
}

/// Drops a closing `-v1`.
private func withoutVersion(_ name: Substring) -> Substring {
  guard let dash = name.lastIndex(of: "-"), name[dash...].hasPrefix("-v"),
    isNumber(name[dash...].dropFirst(2))
  else { return name }
  return name[..<dash]
}
