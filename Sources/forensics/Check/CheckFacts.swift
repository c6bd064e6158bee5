import CallStore
import Foundation
import Tables

/// What the rules ask of the database, as of one instant.
final class CheckFacts {
  let database: CallDatabase
  /// UTC milliseconds, as below.
  let asOf: Int64
  let newestCall: Int64
  let calendar: Calendar
  /// Somebody chose the instant; the clock on the wall says nothing then.
  let isPast: Bool
  /// What commands need so that they look at the same: `--as-of latest`.
  private let whereToLook: [String]

  init(
    _ database: CallDatabase, asOf: Int64, newestCall: Int64, zone: TimeZone,
    isPast: Bool = false, whereToLook: [String] = []
  ) {
    self.database = database
    self.asOf = asOf
    self.newestCall = newestCall
    self.isPast = isPast
    self.whereToLook = whereToLook
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  func rows(
    _ recipe: Recipe, since: Int64, until: Int64? = nil,
    _ filters: [CallStore.Dimension: [String]] = [:],
    _ arguments: [String: String] = [:]
  ) throws -> [Row] {
    try database.rows(
      of: recipe, over: Selection(since: since, until: until ?? asOf, filters: filters),
      arguments: arguments, asOf: asOf
    ).map(Row.init)
  }

  /// Runs a query that reads tables of ours, with `:since` and `:until`.
  func rows(_ query: [UInt8], since: Int64) throws -> [Row] {
    let parameters: [String: SQLValue] = ["since": .integer(since), "until": .integer(asOf)]
    return try database.query(String(decoding: query, as: UTF8.self), parameters).rows
      .map(Row.init)
  }

  /// The hour of the oldest call, in UTC milliseconds.
  func firstHour() throws -> Int64 {
    try database.oldestHour() ?? asOf
  }

  struct Row {
    let cells: [Value]

    init(_ cells: [Value]) { self.cells = cells }

    func text(_ column: Int) -> String? {
      if case .text(let text) = cells[column] { text } else { nil }
    }
    func number(_ column: Int) -> Int64 {
      if case .integer(let number) = cells[column] { number } else { 0 }
    }
  }

  // MARK: - Days and months

  func start(of period: Budget.Period) -> Int64 {
    let now = Date(timeIntervalSince1970: Double(asOf) / 1000)
    let start =
      switch period {
      case .daily: calendar.startOfDay(for: now)
      case .monthly:
        calendar.date(from: calendar.dateComponents([.year, .month], from: now)) ?? now
      case .session: Date(timeInterval: -86_400, since: now)
      }
    return Int64((start.timeIntervalSince1970 * 1000).rounded())
  }

  /// `2026-11-15` in the zone of the report.
  func day(of instant: Int64) -> String { String(clock(instant).toTheSecond.prefix(10)) }

  /// `14:21` in the zone of the report.
  func time(of instant: Int64) -> String { String(clock(instant).toTheSecond.suffix(8).prefix(5)) }

  private func clock(_ instant: Int64) -> ClockTime {
    let date = Date(timeIntervalSince1970: Double(instant) / 1000)
    return ClockTime(instant, secondsFromUTC: calendar.timeZone.secondsFromGMT(for: date))
  }

  // MARK: - What to type next

  /// A command that shows what was found, ready to be pasted into a shell.
  func command(_ words: String...) -> String { command(words) }

  func command(_ words: [String]) -> String {
    (["forensics"] + words + whereToLook).map(\.shellWord).joined(separator: " ")
  }
}

extension String {
  /// Quoted where a shell would see more in it than a word: names come from logs.
  var shellWord: String {
    let plain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./:@%+=,".utf8.contains(byte)
      }
    }
    return plain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension Recipe {
  /// What the rules read; `queries/check-*.sql`.
  static let checkSpend = Recipe("check-spend", embedded: PackageResources.check_spend_sql)
  static let checkUsage = Recipe("check-usage", embedded: PackageResources.check_usage_sql)
  static let checkDays = Recipe("check-days", embedded: PackageResources.check_days_sql)
  static let checkStorms = Recipe("check-storms", embedded: PackageResources.check_storms_sql)
  static let checkUnpriced = Recipe("check-unpriced", embedded: PackageResources.check_unpriced_sql)
}

/// `24 hours`, `7 days`, `90 minutes`.
func lengthText(_ milliseconds: Int64) -> String {
  if milliseconds % 86_400_000 == 0, milliseconds > 86_400_000 {
    return "\(milliseconds / 86_400_000) days"
  }
  if milliseconds % 3_600_000 == 0 {
    return milliseconds == 3_600_000 ? "hour" : "\(milliseconds / 3_600_000) hours"
  }
  return "\(milliseconds / 60_000) minutes"
}

/// As `--since` takes it: `24h`, `7d`.
func lengthOption(_ milliseconds: Int64) -> String {
  if milliseconds % 86_400_000 == 0, milliseconds > 86_400_000 {
    return "\(milliseconds / 86_400_000)d"
  }
  return milliseconds % 3_600_000 == 0
    ? "\(milliseconds / 3_600_000)h" : "\(milliseconds / 60_000)m"
}
