import ArgumentParser
import CallStore

/// `forensics repeat-prompts`.
struct RepeatPrompts: RecipeCommand {
  static let recipe = Recipe("repeat-prompts", embedded: PackageResources.repeat_prompts_sql)

  @Option(help: "Answered calls from which on a prompt is shown. (default: 5)")
  var calls: Int?
  @Option(help: "Rows to show. (default: 20)")
  var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    ["calls": calls.map(String.init), "limit": limit.map(String.init)]
  }
}
