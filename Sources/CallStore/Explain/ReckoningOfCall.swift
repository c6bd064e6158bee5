import UsageLog

extension Reckoning {
  /// Prices a call and keeps every step.
  ///
  /// - Parameters:
  ///   - conditions: what the prices depend on; nil if no model was logged.
  ///   - plan: the book's prices under these conditions.
  init(_ facts: BilledFacts, _ conditions: PriceConditions?, _ plan: PricePlan?, in book: PriceBook)
  {
    let period = plan?.period(at: facts.occurredAt)
    switch facts.cost(plan) {
    case .free(let reason):
      self.init(outcome: .free, reason: facts.explanation(of: reason))
      (picodollars, costNanos) = (0, 0)
    case .priced(let charge):
      self.init(outcome: .priced)
      take(charge)
      costNanos = charge.nanos
    case .covered(let charge):
      self.init(
        outcome: .covered, reason: period.flatMap(\.override).map { "covered by \($0.name)" })
      take(charge)
    case .unpriced(let reason):
      self.init(outcome: .unpriced, reason: reason.what, wayOut: reason.wayOut)
    case .noUsage:
      self.init(
        outcome: .noUsage, reason: "the log does not say what was used",
        wayOut: "import a log of the call that has its token counts")
    case .noModel:
      self.init(
        outcome: .noModel, reason: "the log names no model",
        wayOut: "say where the log keeps it with --map model=FIELD")
    }
    row = period?.row
    lines = Self.lines(facts, period, isFree: outcome == .free)
    guard let conditions, let plan else { return }
    let reasons = PriceReasons(
      facts: facts, conditions: conditions, plan: plan, period: period, book: book)
    if facts.usage.isLogged { modifiers = reasons.modifiers }
    remarks = reasons.remarks
    let agreements = plan.agreements(at: facts.occurredAt)
    agreement = period?.override.map { Agreement($0, of: conditions, among: agreements) }
    standIn = plan.standIn.map { Agreement($0, of: conditions, among: agreements) }
    passedOver =
      agreements.filter { $0 != period?.override && $0 != plan.standIn }.map { other in
        var agreement = Agreement(other, of: conditions, among: agreements)
        let winner = other.standInModel == nil ? period?.override : plan.standIn
        agreement.passedOver = other.whyPassedOver(by: winner, at: conditions)
        return agreement
      }
  }

  private mutating func take(_ charge: Charge) {
    picodollars = charge.picodollars
    payable = charge.payable
    listPicodollars = charge.listPicodollars
    listNanos = charge.listNanos
  }

  /// Input and output always, what else was used.
  private static func lines(
    _ facts: BilledFacts, _ period: PricePeriod?, isFree: Bool
  ) -> [Line] {
    guard facts.usage.isLogged else { return [] }
    let usage = facts.tokens
    let agreed = period?.rates(for: usage)
    return TokenClass.allCases.compactMap { tokenClass in
      let count = tokenClass.count(in: usage)
      guard count > 0 || tokenClass == .input || tokenClass == .output else { return nil }
      let rate =
        isFree ? 0 : agreed.flatMap { tokenClass.rate(in: $0, webSearch: period?.webSearch) }
      return Line(
        tokenClass: tokenClass, count: count,
        listedRate: period?.row.flatMap {
          tokenClass.rate(in: $0.rates, webSearch: $0.webSearch)
        },
        rate: rate, picodollars: rate.map { Int128(count) * Int128($0) })
    }
  }
}

extension BilledFacts {
  /// The reason with the facts that it rests on.
  fileprivate func explanation(of reason: FreeReason) -> String {
    switch reason {
    case .failedInBatch:
      "\(outcome?.rawValue ?? "ended") in a batch: \(reason.rawValue)"
    case .failed:
      "\(statusCode.map { "status \($0)" } ?? outcome?.rawValue ?? "errored"): \(reason.rawValue)"
    case .refused:
      "\(reason.rawValue) since 2026-06-02; the category is \(stopCategory ?? "not given"), and since "
        + "2026-09-24 only bio, frontier_llm and reasoning_extraction are"
    }
  }
}
