import ArgumentParser
import CallStore

/// `forensics input-creep`.
struct InputCreep: RecipeCommand {
  static let recipe = Recipe("input-creep", embedded: PackageResources.input_creep_sql)

  @Option(help: "What is watched: feature, agent, model, …. (default: feature)") var by: String?
  @Option(
    help: ArgumentHelp("A rise is at least this much. (default: 20)", valueName: "per cent"))
  var change: Int?
  @Option(help: "Both levels last at least so many days. (default: 3)") var days: Int?
  @Option(help: "Days with fewer calls are left out. (default: 20)") var calls: Int?
  @Flag(help: "Show what did not rise, too.") var all = false
  @Flag(help: "Show every day and deploy.") var daily = false
  @OptionGroup var shared: RecipeOptions

  func validate() throws {
    if all, daily { throw ValidationError("--all and --daily: give one of them") }
  }

  var arguments: [String: String?] {
    [
      "by": by, "change": change.map(String.init), "days": days.map(String.init),
      "calls": calls.map(String.init), "show": daily ? "days" : all ? "all" : nil,
    ]
  }
}
