import ArgumentParser
import CallStore

/// `forensics tenant-trend`.
struct TenantTrend: RecipeCommand {
  static let recipe = Recipe("tenant-trend", embedded: PackageResources.tenant_trend_sql)

  @Option(help: "Length of the two windows, such as 7d or 4w. (default: 7d)") var period: String?
  @OptionGroup var shared: RecipeOptions
}
