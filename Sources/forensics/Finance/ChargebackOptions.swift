import ArgumentParser
import CallStore
import Finance
import Foundation
import Tables

/// What the commands that allocate costs have in common: the period, the database, and how answers are shown.
struct ChargebackOptions: ParsableArguments {
  @Flag(help: "Exit with 2 when not all of it is priced.") var strict = false
  @OptionGroup(title: "Period (default: the last whole month)") var period: PeriodOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  /// A chargeback with what its answers need to be framed.
  struct Reckoned {
    var chargeback: Chargeback
    var coverage: Coverage
    var asOf: Int64
    var settings: Settings
    var newest: Int64?

    func answer(_ name: String, _ table: Tables.Table, notes: [String] = []) -> Answer {
      let period = chargeback.period
      return Answer(
        recipe: name, asOf: asOf, since: period.since, until: period.until,
        timezone: period.timezone, coverage: coverage, table: table, notes: notes)
    }
  }

  /// - Parameter exchange: `--fx`, which counts more than the configuration.
  func reckoned(exchange: String? = nil) throws -> Reckoned {
    let settings = try place.settings()
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let newest = try database.newestCall()
    let (span, calendar, now) = try period.resolved(settings, newest: newest, standard: .month)
    var rules = settings.finance.chargeback
    rules.exchange = try settings.finance.currency.exchange(exchange)
    let ledger = try database.ledger(.chargeback(span), prices: settings.prices())
    return Reckoned(
      chargeback: Chargeback(ledger, span, calendar, rules), coverage: ledger.coverage, asOf: now,
      settings: settings, newest: newest)
  }

  func write(_ answer: Answer, of reckoned: Reckoned) throws {
    var answer = answer
    if reckoned.coverage.calls == 0 { answer.notes.append(emptiness(reckoned.newest)) }
    try output.write(
      answer, format: output.chosenFormat(),
      zone: WindowOptions.zone(named: reckoned.chargeback.period.timezone))
    if strict { try reckoned.coverage.requireCompleteness() }
  }

  private func emptiness(_ newest: Int64?) -> String {
    guard let newest else {
      return "the database holds no calls yet; import some with: forensics import PATH…"
    }
    return
      "no calls in this period; the newest is of \(ClockTime(newest).rfc3339): try --as-of latest, "
      + "or --month \(ClockTime(newest).rfc3339.prefix(7))"
  }
}
