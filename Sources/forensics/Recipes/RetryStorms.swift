import ArgumentParser
import CallStore

/// `forensics retry-storms`.
struct RetryStorms: RecipeCommand {
  static let recipe = Recipe("retry-storms", embedded: PackageResources.retry_storms_sql)

  @Option(help: "More calls than this make a storm. (default: 100)") var calls: Int?
  @Option(help: ArgumentHelp("Within this span of time. (default: 5m)", valueName: "span"))
  var within: String?
  @Option(help: "So many times the fingerprint's own usual pace. (default: 5)") var surge: Int?
  @Option(
    help: ArgumentHelp(
      "What the calls share: prompt, tool or any other column. (default: prompt)",
      valueName: "column"))
  var fingerprint: String?
  @Flag(help: "Show honest bulk work, too, and why it is taken for that.") var all = false
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "calls": calls.map(String.init), "within": within, "surge": surge.map(String.init),
      "fingerprint": fingerprint, "all": all ? "yes" : nil,
    ]
  }
}
