/// Less input a call: a shorter system prompt, fewer documents, tighter tool definitions.
package struct InputTrim: Hypothesis {
  package enum Amount: Hashable, Sendable {
    case tokens(Int64)
    /// Of 10,000, of the whole prompt.
    case basisPoints(Int64)
  }

  /// What of the prompt is cut.
  package enum Part: String, CaseIterable, Sendable {
    /// All of it in proportion.
    case all
    /// What does not go through the cache.
    case uncached
    /// What is read from it or written to it.
    case cached
  }

  package let amount: Amount
  package let part: Part

  package init(_ amount: Amount, of part: Part = .all) {
    self.amount = amount
    self.part = part
  }

  package var assumption: String {
    let cut =
      switch amount {
      case .tokens(let tokens): "\(tokens) tokens"
      case .basisPoints(let points): "\(percentText(points)) %"
      }
    let from =
      switch part {
      case .all: "the prompt, cached and uncached parts in proportion"
      case .uncached: "what is not cached"
      case .cached: "the cached prefix"
      }
    return "\(cut) less of \(from) in every call, and the same answers"
  }

  package func reviser() -> any CallReviser { TrimmingReviser(trim: self) }

  /// What is left of a usage; never below zero.
  func trimmed(_ usage: TokenUsage) -> TokenUsage {
    let whole =
      switch part {
      case .all: usage.promptTokens
      case .uncached: usage.input
      case .cached: usage.cachedTokens
      }
    let wanted =
      switch amount {
      case .tokens(let tokens): tokens
      case .basisPoints(let points): usage.promptTokens * points / 10_000
      }
    var proportion = ProportionalCut(cut: min(wanted, whole), of: whole)
    var trimmed = usage
    if part != .uncached {
      trimmed.cacheRead -= proportion.take(from: usage.cacheRead)
      trimmed.cacheWrite1h -= proportion.take(from: usage.cacheWrite1h)
      trimmed.cacheWrite5m -= proportion.take(from: usage.cacheWrite5m)
    }
    if part != .cached { trimmed.input -= proportion.take(from: usage.input) }
    return trimmed
  }
}

/// Cuts a number of tokens out of several classes in proportion, by running sums: the parts add up to it, and
/// none is more than its class has.
private struct ProportionalCut {
  let cut: Int64
  let whole: Int64
  private var seen: Int64 = 0
  private var taken: Int64 = 0

  /// - Parameter cut: no more than `whole`.
  init(cut: Int64, of whole: Int64) {
    self.cut = cut
    self.whole = whole
  }

  mutating func take(from tokens: Int64) -> Int64 {
    guard tokens > 0 else { return 0 }
    seen += tokens
    // A prompt has at most 3,000 million tokens, so that the product fits.
    let until = cut * seen / whole
    defer { taken = until }
    return until - taken
  }
}

/// `70`, `12.5`.
func percentText(_ basisPoints: Int64) -> String {
  let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: 100)
  if rest == 0 { return "\(whole)" }
  return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

private struct TrimmingReviser: CallReviser {
  let trim: InputTrim

  mutating func revise(_ call: ObservedCall) -> Revision {
    var usage = trim.trimmed(call.usage)
    guard usage != call.usage else { return .asItWas }
    // A prefix that was long enough may be so no more.
    guard let minimum = call.cache.minimum, call.usage.cachedTokens >= minimum else {
      return .changed(Change(usage))
    }
    return .changed(Change(usage, effects: usage.fit(call.cache), withoutEffect: nil))
  }
}
