package import UsageLog

/// A cost with every step that leads to it: counts times rates, what changed the rates, and the rounding.
///
/// Amounts are exact picodollars (10⁻¹² USD); rates are picodollars a token.
package struct Reckoning: Sendable {
  package enum Outcome: String, Sendable {
    case priced, free, covered, unpriced
    case noUsage = "no-usage"
    case noModel = "no-model"
  }

  package var outcome: Outcome
  /// Why it is free, covered or without a price.
  package var reason: String?
  /// What the reader can do about a missing price.
  package var wayOut: String?
  package var lines: [Line] = []
  package var modifiers: [Modifier] = []
  /// What else there is to know about how it was reckoned, a sentence each.
  package var remarks: [String] = []
  package var row: PriceRow?
  /// The contract or override that counts.
  package var agreement: Agreement?
  /// Those that hold for the call as well, and why they do not count.
  package var passedOver: [Agreement] = []
  /// What says that another model's prices count.
  package var standIn: Agreement?
  /// The sum of the lines; at list prices where a commitment covers it, nil without a price.
  package var picodollars: Int128?
  /// What a discount leaves to pay of it.
  package var payable = Ratio.one
  /// What is to be paid, rounded once; nil without a price and where it is covered.
  package var costNanos: Int64?
  package var listPicodollars: Int128?
  package var listNanos: Int64?

  package struct Line: Sendable, Equatable {
    package var tokenClass: TokenClass
    package var count: Int64
    /// Of the price row, for prompts of standard length; nil where it lists none.
    package var listedRate: Int64?
    /// At list prices after all modifiers.
    package var listRate: Int64?
    /// After all modifiers, as agreed.
    package var rate: Int64?
    package var picodollars: Int128?
  }

  package struct Modifier: Sendable, Equatable {
    package var name: String
    /// What it multiplies rates with; nil where that is not one number for all of them.
    package var factor: Ratio?
    package var reason: String
  }

  package struct Agreement: Sendable, Equatable {
    package var name: String
    /// The calls it is for.
    package var calls: String
    package var effect: String
    /// Why it does not count.
    package var passedOver: String?
  }
}

/// What has a rate of its own; raw values are columns of the price catalogue as far as it has them.
package enum TokenClass: String, CaseIterable, Sendable {
  case input
  case cacheWrite5m = "cache_write_5m"
  case cacheWrite1h = "cache_write_1h"
  case cacheRead = "cache_read"
  case output
  case webSearch = "web_search"

  func count(in usage: TokenUsage) -> Int64 {
    switch self {
    case .input: usage.input
    case .cacheWrite5m: usage.cacheWrite5m
    case .cacheWrite1h: usage.cacheWrite1h
    case .cacheRead: usage.cacheRead
    case .output: usage.output
    case .webSearch: usage.webSearches
    }
  }

  func rate(in rates: Rates, webSearch: Int64?) -> Int64? {
    switch self {
    case .input: rates.input
    case .cacheWrite5m: rates.cacheWrite5m
    case .cacheWrite1h: rates.cacheWrite1h
    case .cacheRead: rates.cacheRead
    case .output: rates.output
    case .webSearch: webSearch
    }
  }
}
