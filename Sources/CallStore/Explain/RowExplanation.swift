package import Tables
package import UsageLog

/// Why a recipe's row says what it says: the calls it stands for, priced alike by alike, and their sum.
package struct RowExplanation: Sendable {
  package var recipe: String
  /// From 1.
  package var number: Int
  package var columns: [Column]
  package var row: [Value]
  /// What the row's calls have in common, beside the window.
  package var filters: [(dimension: Dimension, values: [String])]
  /// This window, and the one before where the recipe looks back.
  package var windows: [ExplainedWindow]
  /// The row's own figures beside the sums of its calls.
  package var ties: [Tie]

  /// One of the row's figures that is a sum over its calls, as far as that can be told.
  package struct Tie: Sendable, Equatable {
    package var column: String
    package var unit: Tables.Unit
    package var value: Int64
    /// What it is the sum of.
    package var sumOf: String
    package var sum: Int64
    package var isEqual: Bool { value == sum }
  }
}

/// A window's calls that a row stands for.
package struct ExplainedWindow: Sendable {
  /// UTC milliseconds, half-open; nil is open.
  package var since: Int64?
  package var until: Int64?
  package var groups: [CallGroup]
  /// The dearest first; calls without a cost last.
  package var dearest: [DearCall]

  package struct DearCall: Sendable, Equatable {
    package var key: String
    /// A request or message id, where one was logged.
    package var id: String?
    package var occurredAt: Int64
    package var kind: String
    package var costNanos: Int64?
    package var file: String
    package var line: Int64
  }
}

/// Calls that are priced by one price row under equal conditions.
package struct CallGroup: Sendable {
  /// Of whoever added the calls up: which of its parts this is.
  var scope = 0
  /// What their prices depend on, as logged; nil of calls that name no model.
  package var terms: PriceConditions?
  package var model: String?
  /// Tier, speed and the like, as logged: `service_tier batch`.
  package var conditions: [String]
  package var outcome: Reckoning.Outcome
  package var reason: String?
  package var row: PriceRow?
  package var agreement: String?
  /// Long prompts' rates.
  package var isLong: Bool
  package var payable: Ratio
  package var calls: Int64 = 0
  /// Hidden iterations inside calls.
  package var extraCalls: Int64 = 0
  /// Status 400 and above.
  package var errors: Int64 = 0
  /// Counts of all the group's calls at the rates of each.
  package var lines: [Reckoning.Line] = []
  /// The exact sum before discount and rounding; list equivalents where a commitment covers it.
  package var picodollars: Int128 = 0
  /// The sum of what each call costs, rounded call by call.
  package var costNanos: Int64 = 0
  package var listNanos: Int64 = 0
  /// The same sum as stored.
  package var storedNanos: Int64 = 0
  /// Calls whose stored cost is another than their prices say.
  package var disagreeing: Int64 = 0

  package func count(_ tokenClass: TokenClass) -> Int64 {
    lines.first { $0.tokenClass == tokenClass }?.count ?? 0
  }
}

extension ExplainedWindow {
  package var calls: Int64 { sum(\.calls) }
  package var extraCalls: Int64 { sum(\.extraCalls) }
  package var costNanos: Int64 { sum(\.costNanos) }
  package var storedNanos: Int64 { sum(\.storedNanos) }
  package var disagreeing: Int64 { sum(\.disagreeing) }

  /// What is to be paid before any rounding, in picodollars, as a fraction: discounts may leave parts of them.
  package var exactCost: (numerator: Int128, denominator: Int128) {
    let priced = groups.filter { $0.outcome == .priced }
    let denominator = Set(priced.map(\.payable.denominator)).reduce(Int128(1)) { $0 * Int128($1) }
    let numerator = priced.reduce(Int128(0)) { sum, group in
      let payable = Int128(group.payable.numerator) * denominator
      return sum + group.picodollars * (payable / Int128(group.payable.denominator))
    }
    return (numerator, denominator)
  }

  func sum(_ value: (CallGroup) -> Int64) -> Int64 { groups.reduce(0) { $0 + value($1) } }
}
