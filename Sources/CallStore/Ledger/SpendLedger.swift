import UsageLog

/// What calls used and cost, by day, by whatever finance allocates by, and by what decides their prices.
///
/// Closed periods stand in it as they were closed. What became known of them afterwards stands apart, in the
/// period that it is dated into.
package struct SpendLedger: Sendable {
  package var query: LedgerQuery
  package var entries: [LedgerEntry] = []
  package var adjustments: [LedgerAdjustment] = []
  /// Ids of the price books that the calls were priced with.
  package var books: [String] = []
}

/// What a ledger is asked for.
package struct LedgerQuery: Sendable {
  /// Where each day begins, in UTC milliseconds, in order.
  package var dayStarts: [Int64]
  /// Where the last day ends.
  package var until: Int64
  /// Values of one are alternatives, as in a recipe's selection.
  package var filters: [Dimension: [String]] = [:]
  /// What entries are kept apart by, beside their prices.
  package var dimensions: [Dimension]

  package init(
    dayStarts: [Int64], until: Int64, by dimensions: [Dimension],
    filters: [Dimension: [String]] = [:]
  ) {
    self.dayStarts = dayStarts
    self.until = until
    self.dimensions = dimensions
    self.filters = filters
  }

  package var since: Int64 { dayStarts.first ?? until }

  /// The day that an instant of the window lies in.
  func day(of instant: Int64) -> Int {
    var (low, high) = (0, dayStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if dayStarts[middle] <= instant { low = middle } else { high = middle }
    }
    return low
  }
}

/// A day's calls that agree in the dimensions asked for and in what their prices depend on.
package struct LedgerEntry: Sendable {
  /// Index into the query's days.
  package var day: Int
  /// A value for each of the query's dimensions; nil is what was not logged.
  package var values: [String?]
  /// Counts and amounts: `storedNanos` is what the calls cost, rounded call by call.
  package var calls: CallGroup
}

/// What became known of a closed period's calls, as a difference.
package struct LedgerAdjustment: Sendable {
  /// The name of the period that it is about.
  package var period: String
  /// When it became known, and where it is dated, in UTC milliseconds.
  package var recordedAt: Int64
  package var bookedAt: Int64
  /// A value for each of the query's dimensions.
  package var values: [String?]
  /// Signed: what is more counts up, what is less counts down.
  package var calls: CallGroup
}

extension LedgerEntry {
  /// The same data has its entries in the same order, whatever the database looks like inside.
  var order: String { "\(String(day + 100_000)) \(ledgerOrder(values, calls))" }
}

extension LedgerAdjustment {
  var order: String {
    "\(period) \(recordedAt) \(bookedAt) \(ledgerOrder(values, calls))"
  }
}

private func ledgerOrder(_ values: [String?], _ calls: CallGroup) -> String {
  let row = calls.row.map { "\($0.provider) \($0.validFrom)" } ?? ""
  return
    (values.map { $0.map { "=" + $0 } ?? "" }
    + [
      calls.model ?? "", calls.conditions.joined(separator: ", "), calls.outcome.rawValue,
      calls.reason ?? "", calls.agreement ?? "", calls.isLong ? "long" : "", row,
    ]).joined(separator: "\u{1F}")
}

extension CallGroup {
  /// Of an adjustment whose parts cancel out.
  var isNothing: Bool {
    calls == 0 && extraCalls == 0 && errors == 0 && picodollars == 0 && storedNanos == 0
      && listNanos == 0 && lines.allSatisfy { $0.count == 0 }
  }
}
