package import Tables

/// Why one call costs what it costs, down to the log lines: everything that `explain` shows of it.
package struct Explanation: Sendable {
  /// What `explain` finds the call by, whether or not it has an id: `498211/85bce1e35ceab3e9`.
  package var key: String
  /// UTC milliseconds.
  package var occurredAt: Int64
  /// The record held no time; it is its file's, or the user's.
  package var timeIsApproximate: Bool
  /// `call`, or the type of a hidden iteration.
  package var kind: String
  /// The columns that say what the call is, by their names in `llm_call`, those not logged included.
  package var facts: [Fact]
  /// The cost by the price book the call was priced with, or by today's where none was kept.
  package var reckoning: Reckoning
  package var stored: StoredCost
  /// What each log said, in the order in which they are merged; replaced ones last.
  package var tellings: [ExplainedTelling]
  /// The hidden calls inside it, which are billed beside it.
  package var iterations: [Explanation] = []
  /// The key of the call that it is a hidden iteration of.
  package var insideOf: String?

  package struct Fact: Sendable, Equatable {
    package var name: String
    package var value: Value
  }

  /// What the call and all that is hidden inside it cost, in nano-dollars, as stored.
  ///
  /// - Returns: nil where none of them has a price.
  package var totalNanos: Int64? {
    let costs = ([self] + iterations).compactMap(\.stored.costNanos)
    return costs.isEmpty ? nil : costs.reduce(0, +)
  }
}

/// What the database says that a call costs, and what it rests on.
package struct StoredCost: Sendable, Equatable {
  /// Nil: no price, or covered by a commitment.
  package var costNanos: Int64?
  /// At list prices, where that is not the cost.
  package var listNanos: Int64?
  /// What the source said.
  package var loggedNanos: Int64?
  /// The book it was priced with; nil where versions before books were kept did.
  package var book: Book?
  /// The reckoning comes to what is stored.
  package var agrees = true
  /// By the prices in use now, where those are others and come to something else.
  package var today: Today?

  package struct Book: Sendable, Equatable {
    package var hash: String
    /// UTC milliseconds.
    package var firstUsedAt: Int64
  }

  package struct Today: Sendable, Equatable {
    package var costNanos: Int64?
    package var outcome: Reckoning.Outcome
  }
}

/// What one log, in one import, said of a call.
package struct ExplainedTelling: Sendable, Equatable {
  package var file: String
  package var line: Int64
  /// `--source`, or empty.
  package var label: String
  package var format: String
  package var importID: Int64
  /// UTC milliseconds; nil where the import is not known any more.
  package var importedAt: Int64?
  /// The import that read the log again and found other things; the telling counts no more.
  package var replacedBy: Int64?
  /// What was used, and so the price, is this one's.
  package var decidesUsage: Bool
}
