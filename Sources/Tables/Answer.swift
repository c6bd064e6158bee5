/// A recipe's result with what is needed to judge it: the window, the zone and what was not known.
///
/// Instants are milliseconds since 1970 in UTC; the window is half-open, `[since, until)`.
package struct Answer: Equatable, Sendable {
  package var recipe: String
  /// What "now" meant.
  package var asOf: Int64
  /// The first instant asked for; nil is "from the first call on".
  package var since: Int64?
  /// The first instant no longer asked for; nil is "to the newest call".
  package var until: Int64?
  /// The IANA name of the zone that days and weeks follow: `UTC`, `Europe/Madrid`.
  package var timezone: String
  package var coverage: Coverage?
  /// The id of the price catalogue behind the figures.
  package var catalogue: String?
  package var table: Table
  /// What a reader should know besides, a sentence each; formats for machines leave them out.
  package var notes: [String]

  package init(
    recipe: String, asOf: Int64, since: Int64? = nil, until: Int64? = nil, timezone: String = "UTC",
    coverage: Coverage? = nil, catalogue: String? = nil, table: Table, notes: [String] = []
  ) {
    self.recipe = recipe
    self.asOf = asOf
    self.since = since
    self.until = until
    self.timezone = timezone
    self.coverage = coverage
    self.catalogue = catalogue
    self.table = table
    self.notes = notes
  }
}

/// How much of what happened the figures stand on; all numbers count calls in the window.
package struct Coverage: Equatable, Sendable {
  package var calls: Int64
  package var pricedCalls: Int64
  /// Models that some call names and no price does, in the order to print.
  package var unpricedModels: [String]
  /// Calls whose record had no token counts.
  package var callsWithoutUsage: Int64
  /// Calls that no row shows because the field that makes the rows was not logged.
  package var leftOut: Int64
  /// Calls whose time is that of their batch, file or bucket.
  package var approximateTimes: Int64

  package init(
    calls: Int64, pricedCalls: Int64, unpricedModels: [String] = [], callsWithoutUsage: Int64 = 0,
    leftOut: Int64 = 0, approximateTimes: Int64 = 0
  ) {
    self.calls = calls
    self.pricedCalls = pricedCalls
    self.unpricedModels = unpricedModels
    self.callsWithoutUsage = callsWithoutUsage
    self.leftOut = leftOut
    self.approximateTimes = approximateTimes
  }
}
