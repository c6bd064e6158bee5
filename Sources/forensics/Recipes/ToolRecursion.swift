import ArgumentParser
import CallStore

/// `forensics tool-recursion`.
struct ToolRecursion: RecipeCommand {
  static let recipe = Recipe("tool-recursion", embedded: PackageResources.tool_recursion_sql)

  @Option(
    help: "What makes the rows: feature, agent, session, model, tenant, …. (default: feature)")
  var by: String?
  @Option(help: "Rows to show. (default: 10)") var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Mark rows where re-sent input is more of the cost than this. (default: 50)",
      valueName: "per cent"))
  var share: Int?
  @Option(help: "Mark only rows with so many following calls. (default: 3)") var turns: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "by": by, "limit": limit.map(String.init), "share": share.map(String.init),
      "turns": turns.map(String.init),
    ]
  }
}
