import ArgumentParser
import CallStore

/// `forensics deploy-bisect`.
struct DeployBisect: RecipeCommand {
  static let recipe = Recipe("deploy-bisect", embedded: PackageResources.deploy_bisect_sql)

  @Argument(help: "The feature; '(none)' is what was not logged.") var feature: String
  @Option(help: "What is compared: cost, input, output or cache. (default: cost)")
  var metric: String?
  @Option(
    help: ArgumentHelp("A move is at least this much. (default: 20)", valueName: "per cent"))
  var change: Int?
  @Option(help: "Deploys with fewer calls are passed over. (default: 50)") var calls: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "feature": feature, "metric": metric, "change": change.map(String.init),
      "calls": calls.map(String.init),
    ]
  }
}
