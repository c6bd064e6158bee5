import ArgumentParser
import Finance
import Foundation
import Tables

/// `forensics margin`.
struct MarginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "margin",
    abstract: "What plans bring in against what their tenants cost.",
    discussion: """
      Plans, their prices and their tenants stand in forensics.yml under 'finance' (docs/chargeback.md), as does the \
      objective. Exits with 3 when a tenant with a plan leaves less than the objective.

        forensics margin --month 2026-10
        forensics margin --month 2026-10 --plan pro
      """)

  @Option(
    help: ArgumentHelp("How this plan's cost is spread instead. Repeatable.", valueName: "name"))
  var plan: [String] = []
  @Option(
    help: ArgumentHelp(
      "What is to be left of the revenue, such as 40%. (default: the configuration's)",
      valueName: "pct"))
  var objective: String?
  @OptionGroup var options: ChargebackOptions

  func validate() throws { _ = try objectiveMillionths() }

  func run() throws {
    let reckoned = try options.reckoned()
    let plans = reckoned.chargeback.rules.plans
    if plans.isEmpty { throw PlanError.none(reckoned.settings.configuration) }
    let margin = Margin(
      reckoned.chargeback,
      objective: try objectiveMillionths() ?? reckoned.settings.finance.marginObjective)
    var below = margin.below
    if plan.isEmpty {
      try options.write(
        reckoned.answer("margin", margin.table, notes: margin.notes), of: reckoned)
    } else {
      let spreads = try plan.map { name in
        guard let plan = plans.first(where: { $0.name == name }) else {
          throw PlanError.unknown(name, plans.map(\.name))
        }
        return PlanSpread(plan, in: margin)
      }
      try options.write(
        reckoned.answer("margin", PlanSpread.table(spreads.compactMap(\.self))), of: reckoned)
      below = below.filter { $0.plan.map(plan.contains) ?? false }
    }
    if !below.isEmpty { throw ExitCode(3) }
  }

  private func objectiveMillionths() throws -> Int64? {
    guard let objective else { return nil }
    guard let share = ConfigurationNode.millionths(objective), share < 1_000_000 else {
      throw ValidationError(
        "--objective takes a percentage below 100, such as 40%, not '\(objective)'")
    }
    return share
  }
}

enum PlanError: Error, CustomStringConvertible {
  case none(String?)
  case unknown(String, [String])

  var description: String {
    switch self {
    case .none(let file):
      "there are no plans; add 'finance: {plans: {pro: {price: 49, tenants: [acme]}}}' to "
        + (file ?? "forensics.yml")
    case .unknown(let name, let known):
      "there is no plan '\(name)'; known are \(known.joined(separator: ", "))"
    }
  }
}
