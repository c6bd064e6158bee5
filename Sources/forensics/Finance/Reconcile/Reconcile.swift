import ArgumentParser
import CallStore
import Finance
import Foundation
import Tables
import UsageLog

/// `forensics reconcile`.
struct Reconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Calls against the provider's usage, cost or invoice: every difference has a name.",
    discussion: """
      A bridge leads from what the calls cost to what the provider reports. Its lines add up exactly; what none of \
      them names is 'unexplained'. Provider days are UTC days.

        forensics reconcile --month 2026-10
        forensics reconcile --week 2026-W46 --by day --by model
        forensics reconcile --month 2026-10 --invoice bill.csv --fx 0.92

      Exit status 3: lines that are not only bookkeeping come to more than the tolerance. docs/reconcile.md has \
      the lines, and the columns of invoices that are understood.
      """)

  @Option(
    help: ArgumentHelp(
      "Tell rows apart by day, model, workspace or token-class; repeatable. (default: day)",
      valueName: "what"))
  var by: [ReconciledAspect] = []
  @Option(
    help: ArgumentHelp(
      "What may deviate: a share of the provider's total (0.5%) or dollars (5). (default: 0.5%)",
      valueName: "limit"))
  var tolerance: String?
  @Option(help: "Usage from admin, analytics or console. (default: what tells of most days)")
  var usage: ReportChoiceArgument?
  @Option(help: "Cost from admin, analytics or console. (default: what tells of most days)")
  var cost: ReportChoiceArgument?
  @Option(
    help: ArgumentHelp(
      "A bill as CSV: AWS's, Google's, FOCUS, or anyone's; a bridge leads on to it from the report of cost.",
      valueName: "file"))
  var invoice: String?
  @Option(
    help: ArgumentHelp("A bill's total, in place of a file.", valueName: "amount"))
  var invoiceTotal: String?
  @Option(
    help: ArgumentHelp("What a dollar is in the bill's currency: 0.92.", valueName: "rate"))
  var fx: String?
  @Option(
    help: ArgumentHelp(
      "Whose bill it is: anthropic, bedrock, vertex, … (default: what the bill says, else anthropic)",
      valueName: "name"))
  var channel: String?
  @OptionGroup(title: "Period (default: the last whole month)") var period: PeriodOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  func validate() throws {
    if invoice != nil, invoiceTotal != nil {
      throw ValidationError("one bill: --invoice or --invoice-total")
    }
    if fx != nil, invoice == nil, invoiceTotal == nil {
      throw ValidationError("--fx is for --invoice or --invoice-total")
    }
    if let fx, InvoiceRate(fx) == nil {
      throw ValidationError("--fx takes what a dollar is in the bill's currency, such as 0.92")
    }
    if let invoiceTotal, ExactDollars(invoiceTotal) == nil {
      throw ValidationError(
        "--invoice-total takes an amount such as 1234.56, not '\(invoiceTotal)'")
    }
    _ = try limit()
  }

  func run() throws {
    let settings = try place.settings()
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let (period, _, asOf) = try period.resolved(
      settings, newest: database.newestCall(), standard: .month)
    let book = try settings.priceBook()
    let bill = try bill()
    let channel = canonicalChannel(self.channel ?? bill?.channel ?? "anthropic")
    let reconciliation = try database.reconciliation(
      of: period.range, prices: settings.prices(), book: book, usage: usage?.usage,
      cost: cost?.cost, invoice: bill, channel: channel)
    guard reconciliation.sources.contains(where: { $0.side == "cost" && $0.days > 0 }) else {
      throw ReconcileError.noCost(period.text)
    }
    let report = ReconcileReport(
      reconciliation: reconciliation, period: period, asOf: asOf, book: book.id, channel: channel,
      aspects: ReconciledAspect.allCases.filter((by.isEmpty ? [.day] : by).contains),
      limit: try limit())
    try report.write(output)
    if report.isBeyond { throw ExitCode(3) }
  }

  private func bill() throws -> Invoice? {
    let rate = fx.flatMap(InvoiceRate.init)
    if let invoiceTotal, let total = ExactDollars(invoiceTotal) {
      return Invoice(name: "invoice total", total: total, rate: rate)
    }
    guard let invoice else { return nil }
    guard let data = FileManager.default.contents(atPath: invoice) else {
      throw ReconcileError.unreadable(invoice)
    }
    return try Invoice(
      name: URL(fileURLWithPath: invoice).lastPathComponent,
      csv: String(decoding: data, as: UTF8.self), rate: rate)
  }

  private func limit() throws -> ReconcileLimit {
    guard let tolerance else { return .standard }
    guard let limit = ReconcileLimit(tolerance) else {
      throw ValidationError(
        "--tolerance takes a share such as 0.5% or dollars such as 5, not '\(tolerance)'")
    }
    return limit
  }
}

extension ReconciledAspect: ExpressibleByArgument {}

/// Whose reports are taken.
enum ReportChoiceArgument: String, CaseIterable, ExpressibleByArgument {
  case admin, analytics, console

  var usage: UsageBucket.Report {
    switch self {
    case .admin: .usage
    case .analytics: .analyticsUsage
    case .console: .consoleUsage
    }
  }

  var cost: UsageBucket.Report {
    switch self {
    case .admin: .cost
    case .analytics: .analyticsCost
    case .console: .consoleCost
    }
  }
}

enum ReconcileError: Error, CustomStringConvertible {
  case noCost(String)
  case unreadable(String)

  var description: String {
    switch self {
    case .noCost(let period):
      "no report of cost tells of \(period); import one (forensics import cost-report.json), "
        + "name another --period, or give a bill with --invoice or --invoice-total"
    case .unreadable(let path): "cannot read '\(path)'; check its name and mode"
    }
  }
}
