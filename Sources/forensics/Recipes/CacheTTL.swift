import ArgumentParser
import CallStore

/// `forensics cache-ttl`.
struct CacheTTL: RecipeCommand {
  static let recipe = Recipe("cache-ttl", embedded: PackageResources.cache_ttl_sql)

  @OptionGroup var shared: RecipeOptions
}
