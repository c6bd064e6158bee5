import ArgumentParser
import CallStore

/// `forensics model-mix`.
struct ModelMix: RecipeCommand {
  static let recipe = Recipe("model-mix", embedded: PackageResources.model_mix_sql)

  @Option(help: "What is told apart: columns with commas between them, or all. (default: all)")
  var by: String?
  @Option(help: "Buckets of time: none, hour, day, week, month. (default: none)")
  var bucket: String?
  @Option(
    help: ArgumentHelp(
      "A model is dear from this price for a million output tokens on. (default: 10)",
      valueName: "usd"))
  var dear: String?
  @OptionGroup var shared: RecipeOptions

  func validate() throws {
    let columns = (by ?? "").split(separator: ",")
    if columns.contains("model") {
      throw ValidationError("model-mix has a row for every model already; leave model out of --by")
    }
  }

  var arguments: [String: String?] {
    ["by": by, "bucket": bucket, "dear": dear]
  }
}
