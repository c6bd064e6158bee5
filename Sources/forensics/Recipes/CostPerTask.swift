import ArgumentParser
import CallStore

/// `forensics cost-per-task`.
struct CostPerTask: RecipeCommand {
  static let recipe = Recipe("cost-per-task", embedded: PackageResources.cost_per_task_sql)

  @Option(help: "What makes the rows: feature, agent, workspace and the like. (default: feature)")
  var by: String?
  @Option(
    help: "Share of all calls from which on a task is worth a look, in per cent. (default: 2)")
  var callsPct: Int?
  @Option(help: "Tokens an answer has at most, on average, to be short. (default: 150)")
  var short: Int?
  @Option(
    help: ArgumentHelp(
      "A model is dear from this price for a million output tokens on. (default: 12)",
      valueName: "usd"))
  var dear: String?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "by": by, "calls-pct": callsPct.map(String.init), "short": short.map(String.init),
      "dear": dear,
    ]
  }
}
