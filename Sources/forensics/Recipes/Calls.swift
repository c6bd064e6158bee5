import ArgumentParser
import CallStore

/// `forensics calls`.
struct Calls: RecipeCommand {
  static let recipe = Recipe("calls", embedded: PackageResources.calls_sql)

  @Option(help: "Rows to show. (default: 20)") var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["limit": limit.map(String.init)] }
}
