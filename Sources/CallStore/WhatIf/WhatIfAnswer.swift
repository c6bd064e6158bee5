package import Tables
package import UsageLog

/// What a hypothesis would have made of the calls of a selection, to the nano-dollar.
package struct WhatIfAnswer: Sendable {
  package struct Amounts: Sendable, Equatable {
    package var calls: Int64 = 0
    package var tokens: Int64 = 0
    package var nanos: Int64 = 0
  }

  package struct Group: Sendable, Equatable {
    /// nil is what was not logged.
    package var name: String?
    /// All selected calls, hidden iterations not counted among them.
    package var asItWas = Amounts()
    /// What the hypothesis touches: calls, their tokens and their cost as it was.
    package var affected = Amounts()
    /// What all selected calls would cost, by scenario.
    package var scenarios: [Int64]
  }

  package struct Effect: Sendable, Equatable {
    package var effect: SideEffects
    package var calls: Int64 = 0
    package var tokens: Int64 = 0
    /// Contained in the scenarios' amounts.
    package var nanos: Int64 = 0
  }

  package struct Reason: Sendable, Equatable {
    package var words: String
    package var calls: Int64
  }

  package var assumption: String
  package var scenarios: [String]
  package var groups: [Group] = []
  package var effects: [Effect] = []
  /// Calls that stay as they are although they were meant, and those that cannot be judged.
  package var stays: [Reason] = []
  /// What the hypothesis counted on its way.
  package var findings: [WhatIfFinding] = []
  /// Features' names by their codes, as far as findings mention them.
  package var features: [Int64: String] = [:]
  /// Of the affected calls, those that go elsewhere; the others change where they are.
  package var movedCalls: Int64 = 0
  /// Moved calls whose prompts pay long prompts' rates where they go.
  package var longPrompts: Int64 = 0
  /// Calls whose stored cost is another than the prices in use say, and by how much those are higher.
  package var repriced = Amounts()
  /// From the first call to the last, in whole hours and within the window; UTC milliseconds.
  package var span: Range<Int64> = 0..<0
  package var coverage: Coverage?
  /// The book that both sides are priced with.
  package var book = ""

  package var total: Group {
    groups.reduce(into: Group(scenarios: scenarios.map { _ in 0 })) { total, group in
      total.asItWas.add(group.asItWas)
      total.affected.add(group.affected)
      for index in total.scenarios.indices { total.scenarios[index] += group.scenarios[index] }
    }
  }

  /// A month's share of an amount, as `monthly(_:over:)` has it.
  package func monthly(_ nanos: Int64) throws(AmountError) -> Int64 {
    try CallStore.monthly(nanos, over: span)
  }
}

/// A month's share of an amount; a month has 30 days, and a span of less than a day counts as one.
///
/// - Parameter span: what the amount is of, in UTC milliseconds.
/// - Throws: `AmountError` beyond $9.2 billion.
package func monthly(_ nanos: Int64, over span: Range<Int64>) throws(AmountError) -> Int64 {
  let month = Volume.daysInMonth * dayLength
  return try Amount(picodollars: Int128(nanos) * 1000)
    .times(Ratio(month, over: max(dayLength, span.upperBound - span.lowerBound))).nanos()
}

extension WhatIfAnswer.Amounts {
  mutating func add(_ other: Self) {
    calls += other.calls
    tokens += other.tokens
    nanos += other.nanos
  }
}
