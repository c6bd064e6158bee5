import CallStore

/// What a provider's usage was under which terms, where the usage report leaves some of them open.
struct UsageSplit {
  let key: MatchKey
  let calls: [PriceTerms: CallPart]
  /// Amounts of the cost report, which tells other things apart.
  let costs: [(terms: KnownTerms, amount: ExactDollars)]
  let rates: DayRates

  /// - Parameter usage: by what its report knows.
  func terms(of usage: [KnownTerms: Int64]) -> [PriceTerms: Int64] {
    var split: [PriceTerms: Int64] = [:]
    for (known, count) in usage.sorted(by: { $0.key.order < $1.key.order }) {
      for (terms, count) in self.split(known, count) { split[terms, default: 0] += count }
    }
    return split
  }

  private func split(_ known: KnownTerms, _ count: Int64) -> [PriceTerms: Int64] {
    if known.isComplete { return [known.order: count] }
    let own = calls.filter { known.projected($0.key) == known }
    let billed = costs.filter { fits($0.terms, known) }
    if let implied = tokens(of: billed, defaults: defaults(known, own)),
      implied.values.reduce(0, +) == count
    {
      return implied
    }
    let logged = own.values.reduce(0) { $0 + $1.tokens }
    if count >= logged {
      var split = own.mapValues(\.tokens)
      split[defaults(known, own), default: 0] += count - logged
      return split
    }
    return Self.share(count, of: own.mapValues(\.tokens), logged)
  }

  /// As the calls were, if they were all alike; else standard and global.
  private func defaults(_ known: KnownTerms, _ own: [PriceTerms: CallPart]) -> PriceTerms {
    let used = own.filter { $0.value.tokens > 0 }
    return used.count == 1 ? used.first?.key ?? known.order : known.order
  }

  private func fits(_ billed: KnownTerms, _ known: KnownTerms) -> Bool {
    known.projected(billed.filled(from: known.order)) == known
  }

  /// The tokens that amounts stand for, if each is a whole number of them at its price.
  func impliedTokens() -> [PriceTerms: Int64]? {
    costs.isEmpty ? nil : tokens(of: costs, defaults: defaults(KnownTerms(), calls))
  }

  private func tokens(
    of billed: [(terms: KnownTerms, amount: ExactDollars)], defaults: PriceTerms
  ) -> [PriceTerms: Int64]? {
    var tokens: [PriceTerms: Int64] = [:]
    for (known, amount) in billed {
      let terms = known.filled(from: defaults)
      guard let rate = rates.rate(key.tokenClass, of: key.model, terms, on: key.day), rate > 0,
        amount.attos >= 0, amount.attos % rate == 0,
        let count = Int64(exactly: amount.attos / rate)
      else { return nil }
      tokens[terms, default: 0] += count
    }
    return tokens
  }

  /// `count` in the proportions of `whole`; what is left over goes to the first.
  private static func share(
    _ count: Int64, of whole: [PriceTerms: Int64], _ sum: Int64
  ) -> [PriceTerms: Int64] {
    var split: [PriceTerms: Int64] = [:]
    var rest = count
    for (terms, part) in whole.sorted(by: { $0.key < $1.key }) {
      split[terms] = Int64(Int128(part) * Int128(count) / Int128(max(sum, 1)))
      rest -= split[terms] ?? 0
    }
    for terms in whole.keys.sorted() where rest > 0 {
      let more = min(rest, (whole[terms] ?? 0) - (split[terms] ?? 0))
      split[terms, default: 0] += more
      rest -= more
    }
    return split
  }
}
