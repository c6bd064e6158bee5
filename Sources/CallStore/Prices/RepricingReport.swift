import GRDB
import Tables

/// What a repricing moves, by month and model.
package struct RepricingReport: Equatable, Sendable {
  package struct Change: Equatable, Sendable {
    /// `2026-11`, in UTC.
    package var month: String
    package var model: String
    /// Calls whose cost moves, hidden iterations included.
    package var calls: Int64 = 0
    /// Of them, those that had no price before, and those that have none any more.
    package var newlyPriced: Int64 = 0
    package var noLongerPriced: Int64 = 0
    /// Of those calls alone.
    package var costNanosBefore: Int64 = 0
    package var costNanosAfter: Int64 = 0
  }

  /// The book that was priced with.
  package var book = ""
  /// Calls that were looked at.
  package var calls: Int64 = 0
  /// Of those that moved: calls of closed periods, which become adjustments to them.
  package var closedCalls: Int64 = 0
  /// By month, then model.
  package var changes: [Change] = []

  package var changedCalls: Int64 { changes.reduce(0) { $0 + $1.calls } }
  package var newlyPriced: Int64 { changes.reduce(0) { $0 + $1.newlyPriced } }
  package var costNanosBefore: Int64 { changes.reduce(0) { $0 + $1.costNanosBefore } }
  package var costNanosAfter: Int64 { changes.reduce(0) { $0 + $1.costNanosAfter } }
}

/// Adds changes up by month and model.
struct RepricingTally {
  private struct Key: Hashable {
    var month: Int64
    var model: Int64
  }

  private var changes: [Key: RepricingReport.Change] = [:]
  private let name: (Int64) throws -> String?

  /// - Parameter name: the text behind a model's code.
  init(name: @escaping (Int64) throws -> String?) { self.name = name }

  mutating func add(_ call: RepricedCall) throws {
    let day = call.occurredAt / 86_400_000
    let key = Key(month: Self.month(ofDay: day), model: call.model)
    var change =
      try changes[key]
      ?? RepricingReport.Change(
        month: String(ClockTime(call.occurredAt).rfc3339.prefix(7)),
        model: call.model == CodedCalls.null ? "(none)" : name(call.model) ?? "(none)")
    change.calls += 1
    let (before, after) = (call.before.cost, call.after.cost)
    if call.before.isUnpriced, !call.after.isUnpriced { change.newlyPriced += 1 }
    if !call.before.isUnpriced, call.after.isUnpriced { change.noLongerPriced += 1 }
    change.costNanosBefore += max(before, 0)
    change.costNanosAfter += max(after, 0)
    changes[key] = change
  }

  var sorted: [RepricingReport.Change] {
    changes.values.sorted { ($0.month, $0.model) < ($1.month, $1.model) }
  }

  /// Months since 1970, by the civil calendar's own arithmetic.
  private static func month(ofDay day: Int64) -> Int64 {
    // Days since 0000-03-01, in eras of 400 years.
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    return (era * 400 + year) * 12 + (5 * dayOfYear + 2) / 153
  }
}
