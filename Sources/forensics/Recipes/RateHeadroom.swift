import ArgumentParser
import CallStore

/// `forensics rate-headroom`.
struct RateHeadroom: RecipeCommand {
  static let recipe = Recipe("rate-headroom", embedded: PackageResources.rate_headroom_sql)

  @Option(
    help: ArgumentHelp(
      "What makes the rows: model, or model,workspace. (default: model)", valueName: "columns"))
  var by: String?
  @Option(help: "Approximate limits of this usage tier for Sonnet, 1 to 4, where none are set.")
  var tier: Int?
  @Option(
    help: ArgumentHelp(
      "Count minutes that used more than this. (default: 80)", valueName: "per cent"))
  var above: Int?
  @OptionGroup var shared: RecipeOptions

  func validate() throws {
    if let tier, RateLimit.tier(tier) == nil {
      throw ValidationError("--tier is 1, 2, 3 or 4, not \(tier)")
    }
  }

  func run() throws {
    var limits = try shared.place.settings().rateLimits.value
    if let limit = tier.flatMap(RateLimit.tier), !limits.contains(where: { $0.name == limit.name })
    {
      limits.append(limit)
    }
    var arguments = ["limits": limits.map(\.text).joined(separator: ";")]
    arguments["by"] = by
    arguments["above"] = above.map(String.init)
    try shared.run(Self.recipe, arguments: arguments, period: nil)
  }
}
