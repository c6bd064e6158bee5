/// What is known of models beside their prices.
package enum ModelFacts {
  /// The shortest prefix that is cached at all, in tokens; nil where no source says.
  ///
  /// Sources: Anthropic's page on prompt caching as of June and October 2026, OpenAI's of October 2026.
  ///
  /// - Parameter model: a canonical id, or an alias.
  package static func shortestCachedPrefix(of model: String) -> Int64? {
    if model.hasPrefix("gpt-") { return 1024 }
    guard let version = ClaudeVersion(model) else { return nil }
    switch (version.family, version.major, version.minor) {
    case ("opus", 5, 0), ("opus", 5, 5), ("sonnet", 5, 5): return 512
    case ("fable", 5, 0), ("fable", 5, 1), ("mythos", 5, 0), ("mythos", 5, 1): return 512
    case ("opus", 4, 8), ("sonnet", 5, 0), ("sonnet", 4, _), ("sonnet", 3, _): return 1024
    case ("opus", 4, 0), ("opus", 4, 1), ("opus", 3, _): return 1024
    case ("opus", 4, 7), ("haiku", 3, _): return 2048
    case ("opus", 4, 5), ("opus", 4, 6), ("haiku", 4, 5): return 4096
    default: return nil
    }
  }

  /// How many tokens the same text has in one model for each token in another.
  ///
  /// Claude models from 4.7 on count about 30 % more than 4.6 and earlier. Of other makers' tokenizers
  /// no factor is known.
  package static func tokenizerFactor(from: String, to: String) -> Ratio {
    guard let old = ClaudeVersion(from), let new = ClaudeVersion(to),
      old.countsNewTokens != new.countsNewTokens
    else { return .one }
    return new.countsNewTokens ? Ratio(13, over: 10) : Ratio(10, over: 13)
  }

  package static func isClaude(_ model: String) -> Bool { model.hasPrefix("claude-") }
}

/// Family and version of a Claude model, by its id.
struct ClaudeVersion: Hashable {
  let family: String
  let major: Int
  let minor: Int

  /// - Returns: nil of any other id, and of one without a version.
  init?(_ model: String) {
    let parts = model.split(separator: "-")
    guard parts.first == "claude",
      let family = parts.dropFirst().first(where: { $0.allSatisfy(\.isLetter) })
    else { return nil }
    // Dates have eight digits.
    let numbers = parts.filter { $0.count < 3 }.compactMap { Int($0) }
    guard let major = numbers.first else { return nil }
    self.family = String(family)
    self.major = major
    minor = numbers.dropFirst().first ?? 0
  }

  var countsNewTokens: Bool { (major, minor) >= (4, 7) }
}
