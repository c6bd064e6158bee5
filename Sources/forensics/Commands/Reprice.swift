import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// `forensics reprice`.
struct Reprice: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprice",
    abstract: "Compute what calls cost anew, and say what moves before it is kept.",
    discussion: """
      forensics reprice --dry-run                     what the prices in use now would change
      forensics reprice                               keep it
      forensics reprice --since 2026-11-01            only these calls
      forensics reprice --prices-as-of 2026-10-31     take it back: the prices that were in use then

      All options: forensics reprice run --help. docs/reprice.md has an example.
      """,
    subcommands: [Run.self, List.self], defaultSubcommand: Run.self)

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Compute what calls cost anew, and say what moves before it is kept.",
      discussion: """
        With the prices in use now (see 'forensics prices'): calls without a price get one if there is one by \
        now. Calls, sums and the record of it move in one transaction. Closed periods stay as they were closed: what \
        moves of their calls becomes an adjustment in the next open one (docs/close.md). What the logs said, logged \
        costs included, never changes. --prices-as-of takes the prices that were in use \
        at the end of a day, or at an instant, so a repricing can be taken back: give a time just before it, which \
        'forensics reprice list' has. Rows are the calls whose cost moves, by UTC month and model.
        """)

    @OptionGroup(title: "Window of calls (default: all)") var window: WindowOptions
    @Option(
      help: ArgumentHelp(
        "The prices that were in use at the end of this day, or at this instant.", valueName: "date"
      ))
    var pricesAsOf: String?
    @Option(
      help: ArgumentHelp(
        "Prices that count more than all others: a .csv list, or a .yml file with overrides.",
        valueName: "file"))
    var prices: String?
    @Flag(help: "Say what would move, keep nothing.") var dryRun = false
    @Flag(help: "Wait for a running import to finish.") var wait = false
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Database and configuration") var place: PlaceOptions

    func validate() throws {
      if prices != nil, pricesAsOf != nil {
        throw ValidationError("--prices and --prices-as-of both say which prices; give one of them")
      }
      if let pricesAsOf { _ = try TimeBound(pricesAsOf, option: "--prices-as-of") }
    }

    func run() throws {
      let settings = try place.settings()
      let request = try request(settings)
      for finding in try place.priceBook().overrideFindings { Console.complain(finding.detail) }
      let repricing = Repricing(DatabaseFile(path: settings.database.value))
      _ = try alone {
        try repricing.run(request) { report in
          try output.write(
            plain: report.table, named: "reprice", catalogue: report.book,
            notes: report.notes(isDryRun: dryRun))
        }
      }
    }

    private func request(_ settings: Settings) throws -> Repricing.Request {
      var request = Repricing.Request()
      request.now = Int64(Date().timeIntervalSince1970 * 1000)
      let zone = try window.zone(settings).zone
      let now = try window.now(newest: nil, zone: zone)
      (request.since, request.until) = try window.bounds(
        now: now, zone: zone, standard: nil, standardOption: "--since")
      if window.until == nil { request.until = nil }
      request.prices = try settings.prices()
      if let prices {
        do { try request.prices.add(fileAt: prices) } catch {
          throw ValidationError("--prices: \(error)")
        }
      }
      if let pricesAsOf {
        // A day stands for its end: what was in use after its last import.
        let bound = try TimeBound(pricesAsOf, option: "--prices-as-of")
        request.pricesAsOf = bound.end(now: now, zone: zone)
      }
      request.isDryRun = dryRun
      request.waits = wait
      request.described = described
      return request
    }

    private var described: String {
      [
        window.since.map { "--since \($0)" }, window.until.map { "--until \($0)" },
        pricesAsOf.map { "--prices-as-of \($0)" }, prices.map { "--prices \($0)" },
      ].compactMap(\.self).joined(separator: " ")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What was repriced, newest first.")

    @OptionGroup var list: LedgerOptions

    func run() throws { try list.write(PackageResources.repricings_sql, named: "reprice list") }
  }
}

extension TimeBound {
  /// The last millisecond that it means: of a day its end.
  fileprivate func end(now: Int64, zone: TimeZone) -> Int64 {
    guard case .day(let year, let month, let day) = self else {
      return resolved(now: now, zone: zone)
    }
    // Calendars read a 32nd as the 1st of the next month; a day may have 23 or 25 hours.
    return TimeBound.day(year: year, month: month, day: day + 1).resolved(now: now, zone: zone) - 1
  }
}

extension RepricingReport {
  fileprivate var table: Tables.Table {
    let columns = [
      Column(name: "month"), Column(name: "model"), Column(name: "calls", unit: .count),
      Column(name: "newly_priced", unit: .count), Column(name: "no_longer_priced", unit: .count),
      Column(name: "before_usd", unit: .usd), Column(name: "after_usd", unit: .usd),
      Column(name: "change_usd", unit: .usd),
    ]
    return Tables.Table(
      columns: columns,
      rows: changes.map { change in
        [
          .text(change.month), .text(change.model), .integer(change.calls),
          .integer(change.newlyPriced), .integer(change.noLongerPriced),
          .integer(change.costNanosBefore), .integer(change.costNanosAfter),
          .integer(change.costNanosAfter - change.costNanosBefore),
        ]
      })
  }

  fileprivate func notes(isDryRun: Bool) -> [String] {
    var notes: [String] = []
    let lost = changes.reduce(0) { $0 + $1.noLongerPriced }
    if changedCalls == 0 {
      notes.append("of \(grouped(calls)) calls none costs anything else by these prices")
    } else {
      notes.append(
        "of \(grouped(calls)) calls \(grouped(changedCalls)) move: \(dollars(costNanosBefore)) before, "
          + "\(dollars(costNanosAfter)) after; \(grouped(newlyPriced)) had no price before"
          + (lost > 0 ? ", \(grouped(lost)) lose theirs" : ""))
    }
    if closedCalls > 0 {
      notes.append(
        "\(grouped(closedCalls)) of them in closed periods, which stay as they were issued: adjustments in the next open one"
      )
    }
    if isDryRun { notes.append("nothing was kept (--dry-run)") }
    return notes
  }
}
