import ArgumentParser
import CallStore

/// `forensics spend-anomalies`.
struct SpendAnomalies: RecipeCommand {
  static let recipe = Recipe("spend-anomalies", embedded: PackageResources.spend_anomalies_sql)

  @Option(
    help:
      "How unusual is told: ewma (seasonal), or zscore (rolling mean of 14 days). (default: ewma)")
  var method: String?
  @Option(help: "What is scored: hour, day or both. (default: both)") var bucket: String?
  @Option(help: ArgumentHelp("The least excess that is shown. (default: 1)", valueName: "dollars"))
  var minimum: String?
  @Option(help: "Whose part in the excess is named: feature, tenant, model, … (default: feature)")
  var by: String?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    ["method": method, "bucket": bucket, "minimum": minimum, "by": by]
  }
}
