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
