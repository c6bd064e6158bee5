import CallStore

/// Tokens: first what was used, then what it should cost, then what is left.
extension Reckoner {
  /// What is expected at a place, and what the provider has there.
  private struct Comparison {
    var expected = ExactDollars.zero
    var reported = ExactDollars.zero
    var rounding = ExactDollars.zero
    var hasRow = false
    var unpricedCalls: Int64 = 0
    var unpricedMissing: Int64 = 0
    var tokensAreKnown = true
    var hasUsage = false
    var isProvisional = false
    var days: Set<CivilDate> = []
  }

  mutating func matchTokens() {
    var calls: [MatchKey: [PriceTerms: CallPart]] = [:]
    for figure in figures where figure.isOfChannel && covered.contains(figure.day) {
      for (tokenClass, part) in figure.parts where tokenClass != .webSearch {
        calls[key(figure, tokenClass), default: [:]][figure.terms, default: CallPart()] += part
      }
    }
    var used: [MatchKey: [KnownTerms: Int64]] = [:]
    for row in usage?.rows ?? [] where row.tokenClass != .webSearch && covered.contains(row.day) {
      let key = MatchKey(
        day: row.day, model: row.model ?? "", workspace: keepsWorkspace ? row.workspace : nil,
        tokenClass: row.tokenClass)
      used[key, default: [:]][row.terms, default: 0] += row.count
    }
    let billed = billedTokens()
    var comparisons: [Reconciliation.Place: Comparison] = [:]
    for key in Set(calls.keys).union(used.keys).union(billed.keys).sorted() {
      let terms = calls[key] ?? [:]
      let split = UsageSplit(key: key, calls: terms, costs: billed[key] ?? [], rates: rates)
      let (usage, isProvisional) = self.usage(key, used[key], split)
      let match = TokenMatch(
        key, calls: terms, usage: usage, rates: rates, isProvisional: isProvisional)
      for part in match.parts {
        result.post(.residual(part.residual), part.amount, tokens: part.tokens, at: place(key))
      }
      var comparison = comparisons[place(key)] ?? Comparison()
      comparison.expected += match.expected
      comparison.unpricedCalls += match.unpricedCalls
      comparison.unpricedMissing += match.unpricedMissing
      if usage == nil { comparison.tokensAreKnown = false }
      if !terms.isEmpty || usage?.isEmpty == false { comparison.hasUsage = true }
      comparison.days.insert(key.day)
      comparisons[place(key)] = comparison
    }
    for row in costs.rows where row.charge.isTokens || row.charge == .open {
      let place = place(of: row)
      comparisons[place, default: Comparison()].reported += row.amount
      comparisons[place, default: Comparison()].rounding += row.rounding
      comparisons[place, default: Comparison()].hasRow = true
      if let day = row.day { comparisons[place]?.days.insert(day) }
    }
    if !keepsClass { expectSearches(&comparisons) }
    for (place, comparison) in comparisons.sorted(by: { $0.key.order < $1.key.order }) {
      settle(comparison, at: place)
    }
  }

  private func key(_ figure: CallFigure, _ tokenClass: TokenClass) -> MatchKey {
    MatchKey(
      day: figure.day, model: figure.model, workspace: keepsWorkspace ? figure.workspace : nil,
      tokenClass: tokenClass)
  }

  /// What the provider used: as reported, else as its amounts imply; nil where nothing tells.
  private func usage(
    _ key: MatchKey, _ reported: [KnownTerms: Int64]?, _ split: UsageSplit
  ) -> ([PriceTerms: Int64]?, isProvisional: Bool) {
    guard let usage, usage.days.contains(key.day) else { return (split.impliedTokens(), false) }
    let isProvisional = usage.provisional.contains(key.day)
    // A cost report that was fetched later knows better.
    if isProvisional, !costs.provisional.contains(key.day), let implied = split.impliedTokens() {
      return (implied, false)
    }
    return (split.terms(of: reported ?? [:]), isProvisional)
  }

  private func billedTokens() -> [MatchKey: [(terms: KnownTerms, amount: ExactDollars)]] {
    guard keepsModel, keepsClass else { return [:] }
    var billed: [MatchKey: [(terms: KnownTerms, amount: ExactDollars)]] = [:]
    for row in costs.rows {
      guard case .tokens(let tokenClass) = row.charge, let day = row.day ?? covered.first,
        let model = row.model
      else { continue }
      let key = MatchKey(
        day: day, model: model, workspace: keepsWorkspace ? row.workspace : nil,
        tokenClass: tokenClass)
      billed[key, default: []].append((row.terms, row.amount))
    }
    return billed
  }

  /// A report that does not say what its amounts are for has searches among them.
  private mutating func expectSearches(_ comparisons: inout [Reconciliation.Place: Comparison]) {
    for (key, searches) in searches() {
      let place = place(key.day, nil, key.workspace, TokenClass.webSearch.rawValue)
      let more = searches.reported.map { $0 - searches.count } ?? 0
      let rate = rates.rate(.webSearch, of: searches.model, PriceTerms(), on: key.day) ?? 0
      let amount = ExactDollars(attos: Int128(more) * rate)
      result.post(.residual(.webSearch), amount, tokens: more, at: place)
      comparisons[place, default: Comparison()].expected += searches.amount + amount
      comparisons[place]?.hasUsage = true
    }
  }

  /// Names what is left between expected and reported.
  private mutating func settle(_ comparison: Comparison, at place: Reconciliation.Place) {
    var rest = comparison.reported - comparison.expected
    let unpriced = comparison.unpricedCalls + comparison.unpricedMissing
    if keepsModel, unpriced > 0, comparison.hasRow || rest != .zero {
      let missing =
        rest > .zero ? rest.part(comparison.unpricedMissing, of: unpriced) : ExactDollars.zero
      result.post(
        .residual(.missingCalls), missing, tokens: comparison.unpricedMissing, at: place)
      result.post(
        .residual(rest > .zero ? .notPriced : .unexplained), rest - missing, tokens: 0, at: place)
      return
    }
    // An amount that was rounded to nothing has no row.
    let bound = max(comparison.rounding, comparison.hasRow ? .zero : smallestRounding)
    if rest.magnitude <= bound {
      result.post(.residual(.rounding), rest, at: place)
      return
    }
    let isProvisional =
      !comparison.days.isEmpty && comparison.days.allSatisfy(costs.provisional.contains)
    if rest < .zero, isProvisional {
      result.post(.residual(.lateData), rest, at: place)
      rest = .zero
    }
    let isTold = keepsModel && keepsClass && comparison.hasRow
    let residual: Residual =
      if isTold, !comparison.hasUsage {
        .missingCalls
      } else if isTold, comparison.tokensAreKnown {
        .priceDifference
      } else {
        .unexplained
      }
    result.post(.residual(residual), rest, at: place)
  }

  private var smallestRounding: ExactDollars {
    costs.rows.map(\.rounding).min() ?? ExactDollars(attos: 500_000_000)
  }
}
