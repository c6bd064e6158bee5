import CallStore
import Foundation
import Tables
import UsageLog

/// What an audit asks: the recipes' own answers, and what-if's, all over one selection.
final class AuditFacts {
  /// Calls that one hypothesis is asked of; what is beyond is named and not priced.
  let mostCallsWalked: Int64

  let database: CallDatabase
  let selection: Selection
  /// UTC milliseconds.
  let asOf: Int64
  let zone: TimeZone
  let zoneName: String
  let settings: Settings
  let book: PriceBook
  /// From the first call to the last, in whole hours; what months are scaled from.
  let span: Range<Int64>
  /// What a command needs to look at the same database.
  private let place: [String]
  private let prices: PriceSettings
  private var answers: [String: AuditRows] = [:]
  /// Questions that would have read too many calls.
  private(set) var unasked: [AuditFinding] = []

  init(
    _ database: CallDatabase, _ selection: Selection, asOf: Int64, zoneName: String = "UTC",
    zone: TimeZone = .gmt, settings: Settings, place: [String] = [],
    mostCallsWalked: Int64 = 3_000_000
  ) throws {
    self.database = database
    self.selection = selection
    self.asOf = asOf
    self.zoneName = zoneName
    self.zone = zone
    self.settings = settings
    self.place = place
    self.mostCallsWalked = mostCallsWalked
    prices = try settings.prices()
    book = try settings.priceBook()
    span = try database.span(of: selection)
  }

  // MARK: - Questions

  /// A recipe's rows; asked once, however many want them.
  func rows(_ recipe: Recipe, _ arguments: [String: String] = [:]) throws -> [AuditRows.Row] {
    try answer(recipe, arguments).rows
  }

  func answer(_ recipe: Recipe, _ arguments: [String: String] = [:]) throws -> AuditRows {
    let key =
      recipe.name
      + arguments.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    if let known = answers[key] { return known }
    let rows = try AuditRows(
      database.answer(
        recipe, over: selection, arguments: arguments, asOf: asOf, timezone: zoneName,
        prices: recipe.asksForPrices ? book : nil))
    answers[key] = rows
    return rows
  }

  /// - Parameter filters: instead of those of the selection, where they say something of the same dimension.
  func whatIf(
    _ hypothesis: any Hypothesis, _ filters: [CallStore.Dimension: [String]]
  ) throws -> WhatIfAnswer {
    try database.whatIf(hypothesis, over: narrowed(filters), prices: prices)
  }

  func narrowed(
    _ filters: [CallStore.Dimension: [String]], from: Int64? = nil, until: Int64? = nil
  ) -> Selection {
    Selection(
      since: from ?? selection.since, until: until ?? selection.until,
      filters: selection.filters.merging(filters) { $1 })
  }

  func monthly(_ nanos: Int64, since: Int64? = nil) throws -> Int64 {
    let start = max(span.lowerBound, since ?? span.lowerBound)
    return try CallStore.monthly(nanos, over: min(start, span.upperBound)..<span.upperBound)
  }

  func part(_ feature: String?, _ nanos: Int64, since: Int64? = nil) throws -> Lever.Part {
    Lever.Part(feature: feature, nanos: nanos, monthNanos: try monthly(nanos, since: since))
  }

  // MARK: - What features are

  struct Use {
    /// nil is what was not logged.
    var feature: String?
    var model: String?
    /// Its output costs ten dollars a million tokens or more.
    var isDear: Bool
    var calls: Int64
    var nanos: Int64
  }

  /// Calls and spend by feature and model.
  func uses() throws -> [Use] {
    try rows(ModelMix.recipe, ["by": "feature"]).map {
      Use(
        feature: $0.text("feature"), model: $0.text("model"), isDear: $0.isSet("dear"),
        calls: $0.number("n_calls"), nanos: $0.number("spend_usd"))
    }
  }

  func calls(of feature: String?) throws -> Int64 {
    try uses().filter { $0.feature == feature }.reduce(0) { $0 + $1.calls }
  }

  func nanos() throws -> Int64 { try uses().reduce(0) { $0 + $1.nanos } }

  /// As many of the features, in their order, as one walk may read; the others are told as not asked.
  ///
  /// - Parameter question: the what-if command, without its window.
  func walkable(_ features: [String?], question: [String]) throws -> [String?] {
    var calls: Int64 = 0
    return try features.filter { feature in
      let own = try self.calls(of: feature)
      if calls + own <= mostCallsWalked {
        calls += own
        return true
      }
      let name = feature ?? Selection.none
      unasked.append(
        AuditFinding(
          id: "unasked/\(question[0])/\(name)", title: "Not asked about \(name)",
          sentence:
            "\(counted(own, "call")): an audit prices no more than \(mostCallsWalked.grouped) a question one by one, "
            + "the most promising features first; the command beside asks about these",
          evidence: command("what-if", options: question + ["--feature", name])))
      return false
    }
  }

  // MARK: - What to type

  /// A command over the same window, filters and database, ready to be pasted.
  func command(_ words: String..., options: [String] = []) -> String {
    var all = ["forensics"] + words + options
    for (dimension, values) in selection.filters.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where !all.contains("--\(dimension.rawValue)") {
      all += values.flatMap { ["--\(dimension.rawValue)", $0] }
    }
    return (all + window(beside: all) + place).map(\.shellWord).joined(separator: " ")
  }

  private func window(beside words: [String]) -> [String] {
    [("--since", selection.since), ("--until", selection.until)].flatMap { option, bound in
      words.contains(option) ? [] : bound.map { [option, boundText($0)] } ?? []
    } + (zoneName == "UTC" ? [] : ["--timezone", zoneName])
  }

  /// `2026-07-01` where it is midnight in the report's zone, else an instant.
  func boundText(_ instant: Int64) -> String {
    let clock = local(instant)
    return (clock.hour, clock.minute, clock.second, clock.millisecond) == (0, 0, 0, 0)
      ? day(of: instant) : ClockTime(instant).rfc3339
  }

  /// `2026-07-01`.
  func day(of instant: Int64) -> String { String(local(instant).toTheSecond.prefix(10)) }

  func local(_ instant: Int64) -> ClockTime {
    let date = Date(timeIntervalSince1970: Double(instant) / 1000)
    return ClockTime(instant, secondsFromUTC: zone.secondsFromGMT(for: date))
  }

  /// `45 days`, `14.9 days`.
  func days(since: Int64? = nil) -> String {
    let hours = max(24, (span.upperBound - (since ?? span.lowerBound)) / 3_600_000)
    let days = Billionths(hours * 1_000_000_000 / 24)
    return days.rounded(to: hours.isMultiple(of: 24) ? 0 : 1) + (hours == 24 ? " day" : " days")
  }
}

extension Recipe {
  static let auditHours = Recipe("audit-hours", embedded: PackageResources.audit_hours_sql)
}

/// An amount for people: cents from a dollar on, four digits below; every digit is in the JSON.
func money(_ nanos: Int64) -> String {
  let amount = Billionths(nanos).rounded(to: nanos.magnitude >= 1_000_000_000 || nanos == 0 ? 2 : 4)
  return amount.hasPrefix("-") ? "-$" + amount.dropFirst() : "$" + amount
}

/// `12.3 %`.
func shareText(_ part: Int64, of whole: Int64) -> String {
  guard whole > 0 else { return "–" }
  return percentText(Double(part) * 100 / Double(whole))
}

/// `12.3 %`.
func percentText(_ percent: Double) -> String {
  let tenths = Int64((percent * 10).rounded())
  return (tenths < 0 ? "-" : "") + "\((tenths.magnitude / 10).grouped).\(tenths.magnitude % 10) %"
}
