/// A reason why what the calls cost is not what the provider reports, in the order of the bridge.
package enum Residual: String, CaseIterable, Sendable {
  case adjustments
  case otherChannels = "other-channels"
  case boundaryDay = "boundary-day"
  case uncoveredDays = "uncovered-days"
  case missingCalls = "missing-calls"
  case notReported = "not-reported"
  case notPriced = "not-priced"
  case priorityTier = "priority-tier"
  case serviceTier = "service-tier"
  case fastMode = "fast-mode"
  case regionalPremium = "regional-premium"
  case longContext = "long-context"
  case webSearch = "web-search"
  case codeExecution = "code-execution"
  case otherCharges = "other-charges"
  case invoiceDifference = "invoice-difference"
  case taxes
  case credits
  case lateData = "late-data"
  case priceDifference = "price-difference"
  case storedCosts = "stored-costs"
  case rounding
  case unexplained

  /// As the bridge has it.
  package var title: String {
    switch self {
    case .adjustments: "adjustments of closed periods"
    case .otherChannels: "calls that others bill"
    case .boundaryDay: "boundary day"
    case .uncoveredDays: "days without a report"
    case .missingCalls: "missing calls"
    case .notReported: "calls the provider does not report"
    case .notPriced: "not priced"
    case .priorityTier: "Priority Tier"
    case .serviceTier: "batch and other tiers"
    case .fastMode: "fast mode"
    case .regionalPremium: "regional premium"
    case .longContext: "long context"
    case .webSearch: "web search"
    case .codeExecution: "code execution"
    case .otherCharges: "other charges"
    case .invoiceDifference: "invoice beyond the report"
    case .taxes: "taxes"
    case .credits: "credits and discounts"
    case .lateData: "late data"
    case .priceDifference: "price difference"
    case .storedCosts: "stored costs"
    case .rounding: "rounding"
    case .unexplained: "unexplained"
    }
  }

  package var meaning: String {
    switch self {
    case .adjustments: "they stand in this period's total and are about days before it"
    case .otherChannels: "they went through another channel, which sends its own invoice"
    case .boundaryDay:
      "calls of the UTC days at the window's edges that lie outside of it: the provider reports whole days"
    case .uncoveredDays: "the provider's report does not tell of these days"
    case .missingCalls:
      "usage that the provider reports beyond the calls', at that day's rates: no log of them was imported"
    case .notReported:
      "calls beyond the provider's usage: another organisation's or channel's, retries logged twice"
    case .notPriced: "the price book has no price for them, the provider has"
    case .priorityTier:
      "usage there, cost not: a commitment paid for it, and the calls did not say so"
    case .serviceTier: "the provider has them in another service tier than the calls said"
    case .fastMode: "fast in the provider's report, and the calls did not say so"
    case .regionalPremium:
      "processed in another inference_geo than the calls said: the US costs a tenth more"
    case .longContext: "long prompts in the provider's report, and the calls did not say so"
    case .webSearch: "searches beyond those that the calls logged"
    case .codeExecution: "container hours, which no call's log has"
    case .otherCharges: "charges that are not for tokens, such as sessions"
    case .invoiceDifference:
      "the bill's charges less the cost report's: commitments such as Priority Tier, discounts, other days"
    case .taxes: "on the invoice, not in any call"
    case .credits: "on the invoice, not in any call"
    case .lateData: "reports fetched before the day's figures were complete: fetch them again"
    case .priceDifference: "the same tokens at another rate: a contract, or a price that changed"
    case .storedCosts: "costs in the database that their own prices do not give"
    case .rounding:
      "half a nano-dollar a call at most, and half the last place of each amount in the report"
    case .unexplained: "nothing above names it"
    }
  }

  /// How calls are counted, not a difference with the provider: no reason to look further.
  package var isBookkeeping: Bool {
    switch self {
    case .adjustments, .otherChannels, .boundaryDay, .storedCosts, .rounding: true
    default: false
    }
  }

  /// Spend that no log shows.
  package var isUnseen: Bool {
    switch self {
    case .missingCalls, .notPriced, .webSearch, .codeExecution, .otherCharges: true
    default: false
    }
  }
}
