import ArgumentParser
import CallStore

/// `forensics cost-per-outcome`.
struct CostPerOutcome: RecipeCommand {
  static let recipe = Recipe("cost-per-outcome", embedded: PackageResources.cost_per_outcome_sql)

  @Option(
    help: "What makes the rows: feature, agent, model, tenant and the like. (default: feature)")
  var by: String?
  @Option(help: "What an attempt is: session, operation or call. (default: session, where logged)")
  var per: String?
  @Option(help: "Per cent of calls and of spend that must tell an outcome. (default: 50)")
  var enough: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    ["by": by, "per": per, "enough": enough.map(String.init)]
  }
}
