/// How much of what happened the figures stand on, over the window.
///
/// A call that a commitment covers has a list price and no cost: it is neither priced nor unpriced.
package struct Coverage: Equatable, Sendable {
  package var calls: Int64
  package var pricedCalls: Int64
  /// Hidden iterations inside calls.
  package var extraCalls: Int64
  /// Calls and hidden iterations whose cost is not known; covered ones are not among them.
  package var unpricedCalls: Int64
  /// Input, output, cache writes and cache reads of calls and of hidden iterations.
  package var tokens: Int64
  package var unpricedTokens: Int64
  /// Models that some call names and no price does, in the order to print.
  package var unpricedModels: [String]
  /// Calls whose record had no token counts.
  package var callsWithoutUsage: Int64
  /// Calls and hidden iterations that a commitment covers.
  package var coveredCalls: Int64
  /// What those would cost at list prices, in nano-dollars.
  package var coveredListNanos: Int64
  /// Calls that no row shows because a field was not logged.
  package var leftOut: Int64
  /// That field.
  package var leftOutField: String?
  /// Calls whose time is that of their batch, file or bucket.
  package var approximateTimes: Int64
  /// The ids of the price books in use, the newest first; nil is "before books were kept".
  package var priceBooks: [String?]

  /// - Parameter unpricedCalls: nil is every call that is neither priced nor covered.
  package init(
    calls: Int64, pricedCalls: Int64, extraCalls: Int64 = 0, unpricedCalls: Int64? = nil,
    tokens: Int64 = 0, unpricedTokens: Int64 = 0, unpricedModels: [String] = [],
    callsWithoutUsage: Int64 = 0,
    coveredCalls: Int64 = 0, coveredListNanos: Int64 = 0, leftOut: Int64 = 0,
    leftOutField: String? = nil, approximateTimes: Int64 = 0, priceBooks: [String?] = []
  ) {
    self.calls = calls
    self.pricedCalls = pricedCalls
    self.extraCalls = extraCalls
    self.unpricedCalls = unpricedCalls ?? calls - pricedCalls - coveredCalls
    self.tokens = tokens
    self.unpricedTokens = unpricedTokens
    self.unpricedModels = unpricedModels
    self.callsWithoutUsage = callsWithoutUsage
    self.coveredCalls = coveredCalls
    self.coveredListNanos = coveredListNanos
    self.leftOut = leftOut
    self.leftOutField = leftOutField
    self.approximateTimes = approximateTimes
    self.priceBooks = priceBooks
  }

  /// Every call and every hidden iteration has a cost, or a commitment covers it.
  package var isComplete: Bool { unpricedCalls == 0 }

  /// Why it is not complete, and what to type next; nil if it is.
  package var gap: String? {
    guard !isComplete else { return nil }
    let all = counted(calls + extraCalls) + (extraCalls > 0 ? " and hidden iterations" : "")
    return "not all of it is priced: \(unpricedCalls.grouped) of \(all); "
      + "see: forensics prices unpriced"
  }

  func counted(_ calls: Int64) -> String {
    calls == 1 ? "1 call" : "\(calls.grouped) calls"
  }
}
