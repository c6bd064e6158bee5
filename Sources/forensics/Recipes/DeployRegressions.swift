import ArgumentParser
import CallStore

/// `forensics deploy-regressions`.
struct DeployRegressions: RecipeCommand {
  static let recipe = Recipe(
    "deploy-regressions", embedded: PackageResources.deploy_regressions_sql)

  @Option(
    help: ArgumentHelp("A rise is at least this much. (default: 20)", valueName: "per cent"))
  var change: Int?
  @Option(help: "Both deploys have at least so many calls. (default: 50)") var calls: Int?
  @Flag(help: "Show comparisons without a rise, too.") var all = false
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "change": change.map(String.init), "calls": calls.map(String.init),
      "all": all ? "yes" : nil,
    ]
  }
}
