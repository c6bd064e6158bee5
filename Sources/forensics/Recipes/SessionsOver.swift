import ArgumentParser
import CallStore

/// `forensics sessions-over`.
struct SessionsOver: RecipeCommand {
  static let recipe = Recipe("sessions-over", embedded: PackageResources.sessions_over_sql)

  @Option(help: "Dollars that a session may cost. (default: 1.00)")
  var usd: String?
  @Option(help: "Rows to show. (default: 20)")
  var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    ["usd": usd, "limit": limit.map(String.init)]
  }
}
