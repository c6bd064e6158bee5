import ArgumentParser
import CallStore
import Finance
import Foundation

/// Which period a finance command is about, and whose days it has.
struct PeriodOptions: ParsableArguments {
  @Option(help: "An ISO week, such as 2026-W46.") var week: String?
  @Option(help: "A month, such as 2026-10, or of the fiscal year: FY2027-P07.") var month: String?
  @Option(help: "Any period that has a name: 2026-Q4, FY2027-Q3, FY2027, a week or a month.")
  var period: String?
  @Option(help: "From: a date (or 24h, 7d, an RFC 3339 instant).") var since: String?
  @Option(help: "Up to, exclusive; like --since. (default: now)") var until: String?
  @Option(help: "What 'now' is: an instant, a date, or 'latest' for just after the newest call.")
  var asOf: String?
  @Option(help: "IANA zone of days and weeks. (default: UTC)") var timezone: String?

  func validate() throws {
    if [week, month, period, since].compactMap(\.self).count > 1 {
      throw ValidationError("one period: --week, --month, --period or --since with --until")
    }
    if until != nil, since == nil { throw ValidationError("--until needs --since") }
    _ = try named()
    for (option, text) in [("--since", since), ("--until", until)] {
      if let text { _ = try TimeBound(text, option: option) }
    }
    if let asOf, asOf != "latest" { _ = try TimeBound(asOf, option: "--as-of") }
    if let timezone { _ = try WindowOptions.zone(named: timezone) }
  }

  /// A kind of period that stands for the last whole one.
  enum Standard { case week, month }

  /// What is reported on, and when: UTC milliseconds.
  func resolved(
    _ settings: Settings, newest: Int64?, standard: Standard
  ) throws -> (period: ReportPeriod, calendar: ReportCalendar, asOf: Int64) {
    let calendar = try calendar(settings)
    let zone = try WindowOptions.zone(named: calendar.timezone)
    let now = try window.now(newest: newest, zone: zone)
    if let name = try named() { return (calendar.period(name), calendar, now) }
    if since != nil {
      let (start, end) = try window.bounds(
        now: now, zone: zone, standard: nil, standardOption: "--since")
      return (calendar.period(since: start ?? now, until: end ?? now), calendar, now)
    }
    let kind: PeriodName =
      standard == .week ? .week(year: 1970, week: 1) : .month(year: 1970, month: 1)
    let current = calendar.period(calendar.name(like: kind, of: calendar.date(of: now)))
    return (calendar.before(current), calendar, now)
  }

  func calendar(_ settings: Settings) throws -> ReportCalendar {
    let finance = settings.finance
    guard
      let calendar = ReportCalendar(
        timezone: timezone ?? settings.timezone.value, fiscalYearStart: finance.fiscalYearStart,
        monthStart: finance.monthStart)
    else { throw ValidationError("there is no time zone '\(timezone ?? "")'") }
    return calendar
  }

  private var window: WindowOptions {
    var window = WindowOptions()
    (window.since, window.until, window.asOf, window.timezone) = (since, until, asOf, timezone)
    return window
  }

  private func named() throws -> PeriodName? {
    for (option, text, example) in [
      ("--week", week, "2026-W46"), ("--month", month, "2026-10 or FY2027-P07"),
      ("--period", period, "2026-W46, 2026-10, 2026-Q4, FY2027-P07 or FY2027"),
    ] {
      guard let text else { continue }
      guard let name = PeriodName(text), Self.fits(name, option) else {
        throw ValidationError("\(option) takes \(example), not '\(text)'")
      }
      return name
    }
    return nil
  }

  private static func fits(_ name: PeriodName, _ option: String) -> Bool {
    switch (option, name) {
    case ("--week", .week), ("--month", .month), ("--month", .fiscalMonth): true
    case ("--week", _), ("--month", _): false
    default: true
    }
  }
}
