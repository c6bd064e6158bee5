/// What an import did.
///
/// Every input record has one outcome: `records = inserted + updated + duplicates + rejected +
/// skipped`.
package struct ImportSummary: Equatable, Sendable {
  package var files: Int64 = 0
  package var records: Int64 = 0
  package var inserted: Int64 = 0
  package var updated: Int64 = 0
  package var duplicates: Int64 = 0
  package var rejected: Int64 = 0
  package var skipped: Int64 = 0
  /// By how many calls without a price, hidden iterations included, the run left more behind than it found.
  ///
  /// A call that a commitment covers is not among them.
  package var unpricedCalls: Int64 = 0
  /// Hidden iterations inside records.
  package var extraCalls: Int64 = 0
  /// How many of the outcomes were aggregates.
  package var buckets: Int64 = 0
  /// Equally full records of one call that disagree on its tokens.
  package var conflicts: Int64 = 0
  /// By how much the run changed the total cost.
  package var costNanos: Int64 = 0
  /// By how many calls that a commitment covers the run left more behind, and their list price.
  package var coveredCalls: Int64 = 0
  package var coveredListNanos: Int64 = 0

  /// Files that could not be opened or whose format is unknown, with the reason.
  package var failedFiles: [FailedFile] = []
  /// Files of which nothing was new.
  package var unchangedFiles: Int64 = 0
  package var naiveTimes: Int64 = 0
  package var approximateTimes: Int64 = 0
  /// Why records were skipped, and how many.
  package var skipReasons: [String: Int64] = [:]
  /// What readers noted beside the records (see `RecordOutput.notes`), and how often.
  package var notes: [String: Int64] = [:]
  /// The first few rejects, to print at once.
  package var firstRejects: [Reject] = []
  /// Models without a price, with their calls.
  package var unpricedModels: [String: Int64] = [:]

  /// The hours whose calls the run told of.
  package var hours: ClosedRange<Int64>?

  package init() {}

  package struct FailedFile: Equatable, Sendable {
    package var path: String
    package var reason: String
    /// Found in a folder among logs, and none itself: worth a word, not a failure.
    package var isOnlyUnknown = false
  }

  package struct Reject: Equatable, Sendable {
    package var path: String
    package var line: Int64
    package var reason: String
  }

  /// Takes note of an hour in which the run told of calls.
  mutating func note(hour: Int64) {
    guard let known = hours else {
      hours = hour...hour
      return
    }
    if hour < known.lowerBound || hour > known.upperBound {
      hours = min(hour, known.lowerBound)...max(hour, known.upperBound)
    }
  }

  mutating func noteUnpriced(_ model: String?, by change: Int64) {
    unpricedCalls += change
    unpricedModels[model ?? "(none)", default: 0] += change
  }

  /// Takes note of a call that a commitment covers.
  mutating func noteCovered(_ listNanos: Int64, by change: Int64) {
    coveredCalls += change
    coveredListNanos += change * listNanos
  }

  /// Adds what became of one call.
  mutating func add(_ settlement: CallBooks.Settlement) {
    costNanos += settlement.costNanos
    for (model, change) in settlement.unpriced { noteUnpriced(model, by: change) }
    for (listNanos, change) in settlement.covered { noteCovered(listNanos, by: change) }
    note(hour: settlement.key.hour)
  }

  /// Adds what one batch did.
  mutating func add(_ other: ImportSummary) {
    records += other.records
    inserted += other.inserted
    updated += other.updated
    duplicates += other.duplicates
    rejected += other.rejected
    skipped += other.skipped
    unpricedCalls += other.unpricedCalls
    extraCalls += other.extraCalls
    buckets += other.buckets
    conflicts += other.conflicts
    costNanos += other.costNanos
    coveredCalls += other.coveredCalls
    coveredListNanos += other.coveredListNanos
    if let others = other.hours {
      note(hour: others.lowerBound)
      note(hour: others.upperBound)
    }
    naiveTimes += other.naiveTimes
    approximateTimes += other.approximateTimes
    skipReasons.merge(other.skipReasons) { $0 + $1 }
    notes.merge(other.notes) { $0 + $1 }
    unpricedModels.merge(other.unpricedModels) { $0 + $1 }
    firstRejects += other.firstRejects.prefix(max(0, 5 - firstRejects.count))
  }
}
