import ArgumentParser
import CallStore

/// `forensics data-quality`.
struct DataQuality: RecipeCommand {
  static let recipe = Recipe("data-quality", embedded: PackageResources.data_quality_sql)

  @Option(help: "Calls from which on an hour, or a source, is missed. (default: 10)")
  var busy: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["busy": busy.map(String.init)] }
}
