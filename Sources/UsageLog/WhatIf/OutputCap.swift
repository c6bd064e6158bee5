/// A limit on output tokens: `max_tokens` where there was none that counted.
package struct OutputCap: Hypothesis {
  package enum Limit: Hashable, Sendable {
    case tokens(Int64)
    /// Of 10,000: what so many of a feature's own calls stay within.
    case percentile(Int64)
  }

  package let limit: Limit

  package init(_ limit: Limit) { self.limit = limit }

  package var assumption: String {
    let cap =
      switch limit {
      case .tokens(let tokens): "\(tokens) tokens"
      case .percentile(let points):
        "what \(percentText(points)) % of its feature's calls stay within"
      }
    return "output is cut off beyond \(cap), and nobody asks again"
  }

  package var reach: Reach {
    guard case .tokens(let tokens) = limit else { return Reach() }
    return Reach(outputAbove: tokens)
  }

  package func reviser() -> any CallReviser { CappingReviser(limit: limit) }
}

private struct CappingReviser: CallReviser {
  let limit: OutputCap.Limit
  /// By feature: how many calls had so much output.
  private var counts: [Int64: [Int64: Int64]] = [:]
  private var caps: [Int64: Int64] = [:]

  init(limit: OutputCap.Limit) { self.limit = limit }

  var needsSurvey: Bool { if case .percentile = limit { true } else { false } }

  mutating func survey(_ call: ObservedCall) {
    guard !call.isHidden, call.usage.output > 0 else { return }
    counts[call.feature, default: [:]][call.usage.output, default: 0] += 1
  }

  mutating func revise(_ call: ObservedCall) -> Revision {
    // Compaction and the like have limits of their own.
    guard !call.isHidden, let cap = cap(of: call.feature), call.usage.output > cap else {
      return .asItWas
    }
    var usage = call.usage
    usage.output = cap
    return .changed(Change(usage))
  }

  private mutating func cap(of feature: Int64) -> Int64? {
    switch limit {
    case .tokens(let tokens): return tokens
    case .percentile(let points):
      if let known = caps[feature] { return known }
      guard let counts = counts[feature] else { return nil }
      let cap = percentile(points, of: counts)
      caps[feature] = cap
      return cap
    }
  }

  var findings: [WhatIfFinding] {
    guard case .percentile(let points) = limit, !counts.isEmpty else { return [] }
    return [.caps(counts.mapValues { percentile(points, of: $0) })]
  }
}

/// The smallest value that so many of 10,000 do not exceed: the nearest rank.
func percentile(_ basisPoints: Int64, of counts: [Int64: Int64]) -> Int64 {
  let total = counts.values.reduce(0, +)
  let rank = (Int128(total) * Int128(basisPoints) + 9_999) / 10_000
  var seen: Int128 = 0
  for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
    seen += Int128(count)
    if seen >= rank { return value }
  }
  return 0
}
