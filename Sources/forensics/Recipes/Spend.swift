import ArgumentParser
import CallStore

/// `forensics spend`.
struct Spend: RecipeCommand {
  static let recipe = Recipe("spend", embedded: PackageResources.spend_sql)

  @Option(
    help:
      "What makes the rows: columns with commas between them (tenant,model), or all. (default: feature)"
  )
  var by: String?
  @Option(help: "Buckets of time: none, hour, day, week, month. (default: none)")
  var bucket: String?
  @Option(help: "Groups to show; the rest is one row. (default: 20)")
  var limit: Int?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    ["by": by, "bucket": bucket, "limit": limit.map(String.init)]
  }
}
