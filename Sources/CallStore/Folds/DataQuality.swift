import Foundation
import Tables

extension Fold {
  /// One row a day of its hours and sources, with the hours and the sources that were missing.
  static let dataQuality = Fold("data-quality") { input in
    let days = LoggedDays(input)
    return FoldedRows(
      names: [
        "day_at", "spend_usd_nanos", "n_calls", "n_unpriced", "no_usage", "no_tenant", "no_feature",
        "no_prompt_hash", "n_approximate", "n_gap_hours", "n_sources", "silent",
      ], rows: days.rows, notes: days.notes)
  }
}

/// What was logged in each hour of each day of a window.
private struct LoggedDays {
  private struct Day {
    var start: Int64
    /// The window has all of it.
    var isWhole: Bool
    var isWeekend: Bool
    var sums: [String: Int64] = [:]
    /// Calls by the day's hours, from 0, and by source; only where there are some.
    var hours: [Int: Int64] = [:]
    var sources: [String: Int64] = [:]
  }

  private static let counts = [
    "n_calls", "n_unpriced", "no_usage", "no_tenant", "no_feature", "no_prompt", "n_approximate",
  ]
  private var days: [Day] = []
  /// Calls from which on an hour, or a source's day, is missed.
  private let busy: Int64

  init(_ input: FoldInput) {
    busy = input.number("busy") ?? 1
    let rows = input.namedRows
    let window = input.window(of: rows.map { $0["starts"] })
    guard !rows.isEmpty,
      let bucketing = CalendarBuckets.bucketing("day", over: window, timezone: input.timezone)
    else { return }
    let zone = TimeZone(identifier: input.timezone) ?? .gmt
    days = bucketing.starts(over: window).map { start in
      Day(
        start: start, isWhole: bucketing.wholeBuckets(of: window).contains(start),
        isWeekend: Self.isWeekend(start, zone))
    }
    let places = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1.start, $0) })
    for row in rows {
      let moment = max(row["starts"], window.lowerBound)
      guard let place = places[max(bucketing.start(of: moment), window.lowerBound)] else {
        continue
      }
      for count in Self.counts + ["spent", "n_priced"] {
        days[place].sums[count, default: 0] += row[count]
      }
      guard row["n_calls"] > 0 else { continue }
      let hour = Int((moment - days[place].start) / hourLength)
      days[place].hours[hour, default: 0] += row["n_calls"]
      if let source = row.text("log_source") {
        days[place].sources[source, default: 0] += row["n_calls"]
      }
    }
    // Nothing is said of the time before the first log, nor of what is still to come.
    days.removeFirst(days.firstIndex { !$0.sums.isEmpty } ?? 0)
    if let now = input.number("as_of") { days.removeAll { $0.start >= now && $0.sums.isEmpty } }
  }

  private static func isWeekend(_ instant: Int64, _ zone: TimeZone) -> Bool {
    let local =
      instant + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) / 1000)))
      * 1000
    // 1 January 1970 was a Thursday.
    return [2, 3].contains((floor(local, dayLength) % 7 + 7) % 7)
  }

  var rows: [[Value]] {
    days.indices.map { place in
      let day = days[place]
      let missing = silent(place)
      return [
        .integer(day.start),
        day.sums["n_priced", default: 0] == 0 && day.sums["n_calls", default: 0] > 0
          ? .null : .integer(day.sums["spent", default: 0]),
      ] + Self.counts.map { .integer(day.sums[$0, default: 0]) } + [
        .integer(gaps(place)), .integer(Int64(day.sources.count)),
        .text(missing.joined(separator: ", ")),
      ]
    }
  }

  var notes: [String] {
    let missing = days.indices.reduce(0) { $0 + gaps($1) }
    let silences = days.indices.filter { !silent($0).isEmpty }.count
    let empty = days.filter { $0.isWhole && $0.hours.isEmpty }.count
    return [
      (Int(missing), "hours without a call where there are calls on other days"),
      (silences, "days on which a source fell silent"), (empty, "days without any call"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  /// Other whole days of the same kind, in order.
  private func others(like place: Int) -> [Int] {
    days.indices.filter {
      $0 != place && days[$0].isWhole && days[$0].isWeekend == days[place].isWeekend
    }
  }

  /// Whether other days have it often enough, and enough calls of it, for a day without to be a finding.
  private func isHabit(_ calls: [Int64]) -> Bool {
    let with = calls.count { $0 >= busy }
    return with >= 3 && with * 5 >= calls.count * 4
  }

  private func gaps(_ place: Int) -> Int64 {
    guard days[place].isWhole, !days[place].hours.isEmpty else { return 0 }
    let others = others(like: place)
    return Int64(
      (0..<24).count { hour in
        days[place].hours[hour] == nil && isHabit(others.map { days[$0].hours[hour] ?? 0 })
      })
  }

  private func silent(_ place: Int) -> [String] {
    guard days[place].isWhole else { return [] }
    let others = others(like: place)
    let last = others.filter { $0 < place }.suffix(3)
    return Set(others.flatMap { days[$0].sources.keys }).filter { source in
      days[place].sources[source] == nil
        && (isHabit(others.map { days[$0].sources[source] ?? 0 })
          || isHabit(last.map { days[$0].sources[source] ?? 0 }))
    }.sorted()
  }
}
