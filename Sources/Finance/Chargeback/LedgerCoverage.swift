package import CallStore
package import Tables

extension SpendLedger {
  /// What the period's own calls stand on; adjustments aside.
  package var coverage: Coverage {
    var usage = UsageCost()
    var (priced, withoutUsage, listNanos, unpricedTokens) = (Int64(0), Int64(0), Int64(0), Int64(0))
    var models: Set<String> = []
    for group in entries.map(\.calls) {
      let own = UsageCost(group)
      usage += own
      switch group.outcome {
      case .priced, .free: priced += group.calls
      case .covered: listNanos += group.listNanos
      case .noUsage: withoutUsage += group.calls
      case .unpriced:
        unpricedTokens += own.tokens
        if let model = group.model { models.insert(model) }
      case .noModel: unpricedTokens += own.tokens
      }
    }
    return Coverage(
      calls: usage.calls, pricedCalls: priced, extraCalls: usage.extraCalls,
      unpricedCalls: usage.unpricedCalls, tokens: usage.tokens, unpricedTokens: unpricedTokens,
      unpricedModels: models.sorted(), callsWithoutUsage: withoutUsage,
      coveredCalls: usage.coveredCalls, coveredListNanos: listNanos, priceBooks: books)
  }
}
