import ArgumentParser
import CallStore

/// `forensics price-check`.
struct PriceCheck: RecipeCommand {
  static let recipe = Recipe("price-check", embedded: PackageResources.price_check_sql)

  @Option(help: "Rows to show. (default: 10)") var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["limit": limit.map(String.init)] }
}
