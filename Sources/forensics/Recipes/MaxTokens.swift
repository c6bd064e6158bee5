import ArgumentParser
import CallStore

/// `forensics max-tokens`.
struct MaxTokens: RecipeCommand {
  static let recipe = Recipe("max-tokens", embedded: PackageResources.max_tokens_sql)

  @Option(help: "What makes the rows: feature, agent, model and the like. (default: feature)")
  var by: String?
  @Option(help: "Times the 99th percentile that a ceiling may be. (default: 4)")
  var factor: Int?
  @Option(help: "Per cent of the calls that may be cut off. (default: 1)")
  var cut: Int?
  @Option(help: "Calls from which on there is advice. (default: 30)")
  var calls: Int?
  @Option(help: "Rows to show. (default: 20)")
  var limit: Int?
  @OptionGroup var shared: RecipeOptions

  func validate() throws {
    if by == "max-tokens" || by == "max_tokens" {
      throw ValidationError("max-tokens has a row for every ceiling already; give --by feature")
    }
  }

  var arguments: [String: String?] {
    [
      "by": by, "factor": factor.map(String.init), "cut": cut.map(String.init),
      "calls": calls.map(String.init), "limit": limit.map(String.init),
    ]
  }
}
