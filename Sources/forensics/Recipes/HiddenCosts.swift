import ArgumentParser
import CallStore

/// `forensics hidden-costs`.
struct HiddenCosts: RecipeCommand {
  static let recipe = Recipe("hidden-costs", embedded: PackageResources.hidden_costs_sql)

  @Option(
    help: ArgumentHelp(
      "What makes the rows besides: feature, model, tenant, agent, …. (default: all)",
      valueName: "columns"))
  var by: String?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["by": by] }
}
