import ArgumentParser
import CallStore
import Finance
import Foundation
import Tables

/// `forensics chargeback`.
struct ChargebackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chargeback",
    abstract: "What each tenant cost, with shares of shared costs, and what it is charged.",
    discussion: """
      Rate cards, shared costs and the currency stand in forensics.yml under 'finance' (docs/chargeback.md). Without \
      them every tenant is charged its cost. Costs add up to what the period's calls cost, to a billionth of a \
      dollar; charges are rounded line by line, and totals are sums of lines.

        forensics chargeback --month 2026-10
        forensics chargeback --month 2026-10 --statements out/
        forensics chargeback --tenant acme --format csv
      """)

  @Option(
    help: ArgumentHelp(
      "Write a statement for each tenant: Markdown, HTML and CSV.", valueName: "folder"))
  var statements: String?
  @Option(help: ArgumentHelp("Show this tenant's statement instead.", valueName: "id"))
  var tenant: String?
  @Flag(help: "Show what a call, a thousand tokens and a success cost instead.") var units = false
  @Option(
    help: ArgumentHelp(
      "Charge in a currency: what one US dollar is worth, such as EUR=0.92.", valueName: "rate"))
  var fx: String?
  @OptionGroup var options: ChargebackOptions

  func validate() throws {
    if let fx { _ = try CurrencyConfiguration.exchange(option: fx) }
    if units, tenant != nil { throw ValidationError("--units and --tenant: give one of them") }
  }

  func run() throws {
    let reckoned = try options.reckoned(exchange: fx)
    if let statements { try write(reckoned, to: statements) }
    let chargeback = reckoned.chargeback
    if let tenant {
      let statement = try statement(of: tenant, in: chargeback)
      let own = StatementDocument(chargeback, statement)
      return try options.write(
        reckoned.answer(
          "chargeback", own.table,
          notes: statement.terms.map { "terms: \($0.sentence)" }
            + (chargeback.rules.exchange.map { ["currency: \($0.described)"] } ?? [])),
        of: reckoned)
    }
    try options.write(
      reckoned.answer(
        "chargeback", units ? chargeback.unitTable : chargeback.table,
        notes: units ? [] : chargeback.method),
      of: reckoned)
  }

  private func statement(of tenant: String, in chargeback: Chargeback) throws -> Statement {
    if let statement = chargeback.statements.first(where: { $0.tenant == tenant }) {
      return statement
    }
    throw StatementError.noTenant(tenant, chargeback.period.text)
  }

  private func write(_ reckoned: ChargebackOptions.Reckoned, to folder: String) throws {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    } catch { throw StatementError.noFolder(folder) }
    let chargeback = reckoned.chargeback
    let showsCost = reckoned.settings.finance.statementsShowCost
    for statement in chargeback.statements {
      let files = chargeback.files(of: statement, showsCost: showsCost) {
        reckoned.answer("chargeback", $0)
      }
      for file in files {
        try Console.write(file.text, to: place.appendingPathComponent(file.name).path)
      }
    }
    let count = chargeback.statements.count
    Console.complain("\(count) statement\(count == 1 ? "" : "s") in \(folder)")
  }
}

enum StatementError: Error, CustomStringConvertible {
  case noTenant(String, String)
  case noFolder(String)

  var description: String {
    switch self {
    case .noTenant(let tenant, let period):
      "there is nothing to charge '\(tenant)' for in \(period); 'forensics chargeback' lists who there is"
    case .noFolder(let path):
      "cannot make the folder '\(path)'; check the path and who may write there"
    }
  }
}
