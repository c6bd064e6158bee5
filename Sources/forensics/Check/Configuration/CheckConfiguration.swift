import Alerts
import Foundation

/// The section `check` of `forensics.yml`: budgets, and what the rules go by where that is not the default.
struct CheckConfiguration {
  /// What the installation is called in alerts.
  var name = "forensics"
  /// Where alerts are remembered; nil is beside the database.
  var state: String?
  var budgets = BudgetConfiguration()
  var projection = ProjectionCheck.Limits()
  var burn = BurnCheck.Limits()
  var anomaly = AnomalyCheck.Limits()
  var retryStorm = RetryStormCheck.Limits()
  var rateLimit = RateLimitCheck.Limits()
  var tenantGrowth = TenantGrowthCheck.Limits()
  var cache = CacheCheck.Limits()
  var region = RegionCheck.Limits()
  var freshness = FreshnessCheck.Limits()
  var unpriced = UnpricedCheck.Limits()
  /// What the file says, for `config`.
  private(set) var written: [ConfigurationNode] = []
  /// Rules that are turned off.
  private(set) var off: Set<String> = []

  init() {}

  /// - Throws: `SettingsError` with the line that cannot be understood.
  mutating func read(_ section: ConfigurationNode) throws {
    written += try section.leaves()
    for setting in try section.members() {
      let value = setting.value
      let rule = setting.key.replacing("_", with: "-")
      if value.isOff, CheckRule.names.contains(rule) {
        off.insert(rule)
        continue
      }
      switch setting.key {
      case "name": name = try value.text()
      case "state": state = try value.text()
      case "budgets": budgets = try BudgetConfiguration(value).adding(budgets)
      case "projection": try projection.read(value)
      case "burn": try burn.read(value)
      case "anomaly": try anomaly.read(value)
      case "retry_storm": try retryStorm.read(value)
      case "rate_limit": try rateLimit.read(value)
      case "tenant_growth": try tenantGrowth.read(value)
      case "cache": try cache.read(value)
      case "region": try region.read(value)
      case "freshness": try freshness.read(value)
      case "unpriced": try unpriced.read(value)
      default: throw value.unknown(known: Self.known)
      }
    }
  }

  /// The top-level section `cost_tracking`; what `check.budgets` says counts more.
  mutating func read(costTracking section: ConfigurationNode) throws {
    written += try section.leaves()
    budgets = budgets.adding(try BudgetConfiguration(costTracking: section))
  }

  /// The article's `claude_config`, pasted as it is: its budgets and its limit; the rest is for the application.
  mutating func read(articleConfiguration section: ConfigurationNode) throws {
    for setting in try section.members() {
      switch setting.key {
      case "cost_tracking": try read(costTracking: setting.value)
      case "rate_limit": try rateLimit.read(setting.value)
      case "model", "max_tokens", "system_prompt": continue
      default:
        throw setting.value.unknown(
          known: ["cost_tracking", "rate_limit", "model", "max_tokens", "system_prompt"])
      }
    }
  }

  /// Beside the file that says it.
  func statePath(in file: String) -> String? {
    state.map {
      URL(
        fileURLWithPath: $0,
        relativeTo: URL(fileURLWithPath: file).deletingLastPathComponent()
      ).path
    }
  }

  private static let known = [
    "name", "state", "budgets", "projection", "burn", "anomaly", "retry_storm", "rate_limit",
    "tenant_growth", "cache", "region", "freshness", "unpriced",
  ]
}
