import ArgumentParser
import CallStore

/// `forensics top-prompts`.
struct TopPrompts: RecipeCommand {
  static let recipe = Recipe("top-prompts", embedded: PackageResources.top_prompts_sql)

  @Option(help: "Rows to show. (default: 10)") var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["limit": limit.map(String.init)] }
}
