import CallStore
import Foundation
import Trends

/// Spend hour by hour, as the mathematics of `Trends` wants it.
extension CheckFacts {
  /// How far back: 28 days of profile, before that what it takes to begin with, and a month's beginning.
  private static let history: Int64 = 70 * 86_400_000

  /// The complete hours before an instant, empty ones included; nil where there is no call.
  ///
  /// - Parameters:
  ///   - end: nil is that of the newest call.
  ///   - partial: with the hour of that instant, of which more may come.
  func hours(until end: Int64? = nil, partial: Bool = false) throws -> SpendSeries? {
    let rows = try rows(.checkSpend, since: asOf - Self.history)
    guard let first = rows.first?.number(0) else { return nil }
    let hour: Int64 = 3_600_000
    return SpendSeries(
      rows.lazy.map { (start: $0.number(0), nanos: $0.number(2)) },
      // What came before the first call was not logged.
      from: max(asOf - Self.history, first - first % hour),
      completeUntil: ((end ?? knownUntil) / hour + (partial ? 1 : 0)) * hour, clock: clock)
  }

  /// Days in UTC by name, all read at once: an hour of each of a thousand tenants would be a million rows.
  ///
  /// Today is the last; the day of the newest call is left out where it is not today, because it may not be
  /// complete.
  func days(by dimension: CallStore.Dimension) throws -> [String: SpendSeries] {
    let rows = try rows(
      .checkDays, since: asOf - Self.history, [:], ["by": dimension.rawValue])
    guard let first = rows.first?.number(0) else { return [:] }
    let (day, hour): (Int64, Int64) = (86_400_000, 3_600_000)
    let isToday = knownUntil / day == asOf / day
    let isOver = (knownUntil + hour) / day > knownUntil / day
    return Dictionary(grouping: rows.filter { $0.text(1) != nil }) { $0.text(1) ?? "" }
      .mapValues { rows in
        SpendSeries(
          rows.lazy.map { (start: $0.number(0), nanos: $0.number(2)) }, width: .day,
          from: first - first % day + (asOf - first > Self.history - day ? day : 0),
          completeUntil: (knownUntil / day + (isToday || isOver ? 1 : 0)) * day)
      }
  }

  /// Nothing is known of what came after the newest call: it may not have been imported yet.
  var knownUntil: Int64 { min(asOf, newestCall + 1) }

  var clock: LocalClock {
    let zone = calendar.timeZone
    if zone.secondsFromGMT() == 0, zone.nextDaylightSavingTimeTransition == nil { return .utc }
    return LocalClock { instant in
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) / 1000))) * 1000
    }
  }

  /// The month of now, in UTC milliseconds.
  var month: Range<Int64> {
    let start = start(of: .monthly)
    let date = Date(timeIntervalSince1970: Double(start) / 1000)
    let end = calendar.date(byAdding: .month, value: 1, to: date) ?? date
    return start..<Int64((end.timeIntervalSince1970 * 1000).rounded())
  }
}
