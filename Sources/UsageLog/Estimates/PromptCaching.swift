/// What of a growing prompt goes through the prompt cache, and for how long it stays there.
///
/// Every call is taken to come before the entry expires.
package struct PromptCaching: Hashable, Sendable {
  package enum Reach: String, CaseIterable, Sendable {
    case none
    /// The part that never changes: system prompt and tool definitions.
    case prefix
    /// Everything that was sent before; a call writes only what is new.
    case history
  }

  package enum Lifetime: String, CaseIterable, Sendable {
    case fiveMinutes = "5m"
    case oneHour = "1h"
  }

  package let reach: Reach
  package let lifetime: Lifetime

  package init(_ reach: Reach = .none, for lifetime: Lifetime = .fiveMinutes) {
    self.reach = reach
    self.lifetime = lifetime
  }

  /// The calls of prompts that each begin with the one before, as far as they are cached.
  ///
  /// - Parameters:
  ///   - prompts: tokens of each call's whole prompt.
  ///   - outputs: tokens of each call's answer.
  ///   - prefix: tokens that never change.
  func usages(prompts: [Int64], outputs: [Int64], prefix: Int64) -> [TokenUsage] {
    zip(prompts.indices, outputs).map { index, output in
      let (prompt, previous) = (prompts[index], index > 0 ? prompts[index - 1] : 0)
      switch reach {
      case .none: return TokenUsage(input: prompt, output: output)
      case .prefix where index == 0: return writing(prefix, fresh: prompt - prefix, output)
      case .prefix:
        return TokenUsage(input: prompt - prefix, cacheRead: prefix, output: output)
      case .history:
        var usage = writing(prompt - previous, fresh: 0, output)
        usage.cacheRead = previous
        return usage
      }
    }
  }

  private func writing(_ tokens: Int64, fresh: Int64, _ output: Int64) -> TokenUsage {
    switch lifetime {
    case .fiveMinutes: TokenUsage(input: fresh, cacheWrite5m: tokens, output: output)
    case .oneHour: TokenUsage(input: fresh, cacheWrite1h: tokens, output: output)
    }
  }
}
