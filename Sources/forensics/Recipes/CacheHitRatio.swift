import ArgumentParser
import CallStore

/// `forensics cache-hit-ratio`.
struct CacheHitRatio: RecipeCommand {
  static let recipe = Recipe("cache-hit-ratio", embedded: PackageResources.cache_hit_ratio_sql)

  @Option(
    help:
      "What makes the rows: feature, tenant, model, deploy-sha, … or several: tenant,feature. (default: feature)"
  )
  var by: String?
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] { ["by": by] }
}
