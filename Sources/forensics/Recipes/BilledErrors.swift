import ArgumentParser
import CallStore

/// `forensics billed-errors`.
struct BilledErrors: RecipeCommand {
  static let recipe = Recipe("billed-errors", embedded: PackageResources.billed_errors_sql)

  @OptionGroup var shared: RecipeOptions
}
