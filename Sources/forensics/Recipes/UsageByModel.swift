import ArgumentParser
import CallStore

/// `forensics usage-by-model`.
struct UsageByModel: RecipeCommand {
  static let recipe = Recipe("usage-by-model", embedded: PackageResources.usage_by_model_sql)

  @OptionGroup var shared: RecipeOptions
}
