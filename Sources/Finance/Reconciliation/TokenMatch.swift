import CallStore
import UsageLog

/// Holds one class of a day's tokens against the provider's usage, and names what that moves.
struct TokenMatch {
  struct Part {
    var residual: Residual
    var amount: ExactDollars
    var tokens: Int64
  }

  let key: MatchKey
  let rates: DayRates
  /// The provider's usage is not final yet.
  let isProvisional: Bool
  /// What the calls would cost with the provider's usage.
  private(set) var expected = ExactDollars.zero
  private(set) var parts: [Part] = []
  /// Tokens of calls without a price, and of usage beyond the calls' that has none either.
  private(set) var unpricedCalls: Int64 = 0
  private(set) var unpricedMissing: Int64 = 0

  /// - Parameter usage: nil where no report tells: the calls' own is taken.
  init(
    _ key: MatchKey, calls: [PriceTerms: CallPart], usage: [PriceTerms: Int64]?, rates: DayRates,
    isProvisional: Bool
  ) {
    self.key = key
    self.rates = rates
    self.isProvisional = isProvisional
    expected = calls.values.reduce(.zero) { $0 + $1.amount }
    unpricedCalls = calls.values.reduce(0) { $0 + $1.unpriced }
    guard let usage else { return }
    var missing: [PriceTerms: Int64] = [:]
    var surplus: [PriceTerms: CallPart] = [:]
    for terms in Set(calls.keys).union(usage.keys) {
      let (part, count) = (calls[terms] ?? CallPart(), usage[terms] ?? 0)
      if count > part.tokens { missing[terms] = count - part.tokens }
      if count < part.tokens { surplus[terms] = part.beyond(count) }
    }
    move(&surplus, to: &missing)
    for (terms, count) in missing.sorted(by: { $0.key < $1.key }) where count > 0 {
      guard let rate = rate(terms) else {
        unpricedMissing += count
        continue
      }
      add(.missingCalls, ExactDollars(attos: Int128(count) * rate), count)
    }
    for (_, part) in surplus.sorted(by: { $0.key < $1.key }) where part.tokens > 0 {
      unpricedCalls -= part.unpriced
      add(isProvisional ? .lateData : .notReported, -part.amount, -part.tokens)
    }
  }

  private func rate(_ terms: PriceTerms) -> Int128? {
    rates.rate(key.tokenClass, of: key.model, terms, on: key.day)
  }

  private mutating func add(_ residual: Residual, _ amount: ExactDollars, _ tokens: Int64) {
    guard amount != .zero || tokens != 0 else { return }
    parts.append(Part(residual: residual, amount: amount, tokens: tokens))
    expected += amount
  }

  /// Tokens that are on both sides under other terms are the same tokens; the fewest differences first.
  private mutating func move(
    _ surplus: inout [PriceTerms: CallPart], to missing: inout [PriceTerms: Int64]
  ) {
    let pairs = surplus.keys.sorted().flatMap { from in
      missing.keys.sorted().map { (from: from, to: $0) }
    }.enumerated().sorted {
      ($0.element.from.steps(to: $0.element.to).count, $0.offset)
        < ($1.element.from.steps(to: $1.element.to).count, $1.offset)
    }.map(\.element)
    for (from, to) in pairs {
      let count = min(surplus[from]?.tokens ?? 0, missing[to] ?? 0)
      guard count > 0, let part = surplus[from] else { continue }
      let moved = part.first(count)
      let steps = from.steps(to: to)
      let amounts = steps.map { rate($0.terms) }
      guard moved.unpriced == 0, !amounts.contains(nil) else {
        // Without a price nothing moves but the tokens.
        if moved.unpriced == 0 { continue }
        surplus[from] = part.without(moved)
        missing[to] = (missing[to] ?? 0) - count
        continue
      }
      var before = moved.amount
      let priced = count - moved.free
      for (step, rate) in zip(steps, amounts) {
        let after = ExactDollars(attos: Int128(priced) * (rate ?? 0))
        add(step.residual, after - before, 0)
        before = after
      }
      surplus[from] = part.without(moved)
      missing[to] = (missing[to] ?? 0) - count
    }
  }
}

extension PriceTerms {
  /// From these terms to others, one thing at a time.
  func steps(to other: PriceTerms) -> [(terms: PriceTerms, residual: Residual)] {
    var steps: [(terms: PriceTerms, residual: Residual)] = []
    var terms = self
    if tier != other.tier {
      terms.tier = other.tier
      steps.append((terms, [tier, other.tier].contains("priority") ? .priorityTier : .serviceTier))
    }
    if speed != other.speed {
      terms.speed = other.speed
      steps.append((terms, .fastMode))
    }
    if geography != other.geography {
      terms.geography = other.geography
      steps.append((terms, .regionalPremium))
    }
    if isLong != other.isLong {
      terms.isLong = other.isLong
      steps.append((terms, .longContext))
    }
    return steps
  }
}

extension CallPart {
  /// What is more than `count`: first what was free, then the others at their average.
  func beyond(_ count: Int64) -> CallPart { first(tokens - count) }

  func first(_ count: Int64) -> CallPart {
    var part = CallPart(tokens: count)
    part.free = min(free, count)
    let (rest, all) = (count - part.free, tokens - free)
    part.amount = amount.part(rest, of: all)
    part.unpriced =
      rest == all ? unpriced : Int64(Int128(unpriced) * Int128(rest) / Int128(max(all, 1)))
    return part
  }

  func without(_ other: CallPart) -> CallPart {
    CallPart(
      tokens: tokens - other.tokens, amount: amount - other.amount, free: free - other.free,
      unpriced: unpriced - other.unpriced)
  }
}
