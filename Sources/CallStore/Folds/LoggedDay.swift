import Foundation
import Tables

/// What was logged on a day of the reader's zone.
struct LoggedDay {
  let start: Int64
  /// The window has all of it.
  let isWhole: Bool
  let isWeekend: Bool
  /// The hours that its clock shows: one is skipped where summer time begins.
  let clockHours: Set<Int>
  private var sums: [String: Int64] = [:]
  /// Calls by the clock's hours, from 0; only where there are some.
  private(set) var hours: [Int: Int64] = [:]
  private(set) var sources: Set<String> = []
  /// Calls by source as silence goes by it: a label, or a log's name.
  private(set) var names: [String: Int64] = [:]

  private static let counted = [
    "n_calls", "n_duplicates", "n_unpriced", "no_usage", "no_tenant", "no_feature", "no_prompt",
    "n_approximate",
  ]
  static let shownCounts = counted.map { $0 == "no_prompt" ? "no_prompt_hash" : $0 }

  var counts: [Value] { Self.counted.map { .integer(sums[$0, default: 0]) } }

  var spend: Value {
    sums["n_priced", default: 0] == 0 && sums["n_calls", default: 0] > 0
      ? .null : .integer(sums["spent", default: 0])
  }

  private init(_ start: Int64, until end: Int64, isWhole: Bool, _ zone: ZoneHours) {
    self.start = start
    self.isWhole = isWhole
    // 1 January 1970 was a Thursday.
    isWeekend = [2, 3].contains((floor(zone.local(start), dayLength) % 7 + 7) % 7)
    clockHours =
      end - start == dayLength
      ? ZoneHours.all : Set(stride(from: start, to: end, by: Int(hourLength)).map(zone.hour))
  }

  private mutating func add(_ row: FoldRow, hour: Int) {
    for count in Self.counted + ["spent", "n_priced"] { sums[count, default: 0] += row[count] }
    guard row["n_calls"] > 0 else { return }
    hours[hour, default: 0] += row["n_calls"]
    if let source = row.text("log_source") { sources.insert(source) }
    if let name = row.text("log_name") {
      names[LogName.lasting(name), default: 0] += row["n_calls"]
    }
  }

  /// The days of a recipe's window, from the first that has something up to now.
  static func all(_ input: FoldInput) -> [LoggedDay] {
    let rows = input.namedRows
    let window = input.window(of: rows.map { $0["starts"] })
    guard !rows.isEmpty,
      let bucketing = CalendarBuckets.bucketing("day", over: window, timezone: input.timezone)
    else { return [] }
    var zone = ZoneHours(TimeZone(identifier: input.timezone) ?? .gmt)
    let starts = bucketing.starts(over: window)
    let whole = bucketing.wholeBuckets(of: window)
    var days = zip(starts, starts.dropFirst() + [window.upperBound]).map { start, end in
      LoggedDay(start, until: end, isWhole: whole.contains(start), zone)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(starts, days.indices))
    for row in rows {
      let moment = max(row["starts"], window.lowerBound)
      let day = max(bucketing.start(of: moment), window.lowerBound)
      guard let place = places[day] else { continue }
      days[place].add(row, hour: zone.remembered(moment))
    }
    // Nothing is said of the time before the first log, nor of what is still to come.
    days.removeFirst(days.firstIndex { !$0.sums.isEmpty } ?? 0)
    if let now = input.number("as_of") { days.removeAll { $0.start >= now && $0.sums.isEmpty } }
    return days
  }
}

/// What the clock shows in a zone.
private struct ZoneHours {
  static let all = Set(0..<24)
  private let zone: TimeZone
  private var known: [Int64: Int] = [:]

  init(_ zone: TimeZone) { self.zone = zone }

  func local(_ instant: Int64) -> Int64 {
    instant + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) / 1000)))
      * 1000
  }

  func hour(_ instant: Int64) -> Int {
    let local = local(instant)
    return Int((local - floor(local, dayLength) * dayLength) / hourLength)
  }

  /// Asked for again and again: once for each source.
  mutating func remembered(_ instant: Int64) -> Int {
    if let hour = known[instant] { return hour }
    let hour = hour(instant)
    known[instant] = hour
    return hour
  }
}
