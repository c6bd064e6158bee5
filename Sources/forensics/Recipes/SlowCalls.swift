import ArgumentParser
import CallStore

/// `forensics slow-calls`.
struct SlowCalls: RecipeCommand {
  static let recipe = Recipe("slow-calls", embedded: PackageResources.slow_calls_sql)

  @Option(help: "What makes the rows: columns with commas between them. (default: feature,model)")
  var by: String?
  @Option(help: "How long a call may take, such as 30s. (default: 30s)")
  var over: String?
  @Option(help: "Rows to show. (default: 20)")
  var limit: Int?
  @OptionGroup var shared: RecipeOptions

  func validate() throws {
    if by == "all" { throw ValidationError("slow-calls groups by columns; give --by feature") }
  }

  var arguments: [String: String?] {
    ["by": by, "over": over, "limit": limit.map(String.init)]
  }
}
