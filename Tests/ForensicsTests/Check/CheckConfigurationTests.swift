import Alerts
import Testing

@testable import forensics

@Suite struct CheckConfigurationTests {
  @Test func `the articles' section is understood as dollars`() throws {
    for yaml in [
      "cost_tracking:\n  alert_threshold_daily: 50\n  alert_threshold_monthly: 1200\n",
      """
      claude_config:
        model: claude-3-5-sonnet-20241022
        max_tokens: 1024
        system_prompt: |
          You are a support classifier.
        rate_limit:
          requests_per_minute: 100
        cost_tracking:
          alert_threshold_daily: 50
          alert_threshold_monthly: 1200
      """,
    ] {
      let configuration = try CheckStory.configuration(file: yaml)
      let budgets = configuration.budgets.budgets
      #expect(budgets.map(\.limit) == [.usd(50_000_000_000), .usd(1_200_000_000_000)])
      #expect(budgets.map(\.period) == [.daily, .monthly])
      #expect(configuration.rateLimit.requestsPerMinute == (yaml.hasPrefix("claude") ? 100 : nil))
    }
  }

  @Test func `what check says counts more, whichever comes first`() throws {
    let check = "check: {budgets: {daily: 70}}\n"
    let article = "cost_tracking: {alert_threshold_daily: 50, alert_threshold_monthly: 1200}\n"
    for yaml in [check + article, article + check] {
      let budgets = try CheckStory.configuration(file: yaml).budgets.budgets
      #expect(budgets.count == 2)
      #expect(budgets.first { $0.period == .daily }?.limit == .usd(70_000_000_000))
    }
  }

  @Test func `thresholds hold for all budgets, and for one`() throws {
    let budgets = try CheckStory.configuration(
      "budgets: {daily: {amount: $1,000.50, warning: 60}, thresholds: {warning: 70, critical: 90}}"
        .replacing("$1,000.50", with: "'$1,000.50'")
    ).budgets.budgets
    #expect(budgets[0].limit == .usd(1_000_500_000_000))
    #expect(budgets[0].thresholds == Budget.Thresholds(notice: 50, warning: 60, critical: 90))
    #expect(budgets[0].share(60) == .usd(600_300_000_000))
  }

  @Test func `a rule is turned off by a word`() throws {
    let configuration = try CheckStory.configuration("tenant_growth: off\ncache: false")
    #expect(configuration.off == ["tenant-growth", "cache"])
  }

  @Test(arguments: [
    ("check:\n  budgets:\n    dayly: 50\n", 3, "no setting 'check.budgets.dayly'"),
    ("check:\n  budgets:\n    daily: lots\n", 3, "an amount in US dollars"),
    ("check:\n  budgets:\n    daily: 0\n", 3, "more than 0"),
    ("check:\n  budgets:\n    daily: -5\n", 3, "an amount in US dollars"),
    ("check:\n  budgets:\n    daily_tokens: 5.5M\n", 3, "a number of tokens"),
    ("check:\n  budgets:\n    tenants:\n      alder-bank: 50\n", 4, "must be a mapping"),
    ("check:\n  budgets:\n    tenants:\n      alder-bank: {weekly: 5}\n", 4, "no setting"),
    ("check:\n  budgets:\n    daily: {warning: 70}\n", 3, "needs an 'amount'"),
    (
      "check:\n  budgets:\n    daily: 5\n    thresholds: {warning: 110}\n", 4,
      "must not lie above 'critical'"
    ),
    ("check:\n  anomaly:\n    window: often\n", 3, "a length of time"),
    ("check:\n  cache:\n    objective: 120\n", 3, "a percentage"),
    ("check:\n  retry_storm:\n    burst: 0\n", 3, "a whole number of 1 or more"),
    (
      "check:\n  rate_limit:\n    requests_per_minute: 9000000000000000000\n", 3,
      "a whole number of 1 or more"
    ),
    ("check:\n  budgets:\n    daily_tokens: 999999999999G\n", 3, "a number of tokens"),
    ("check:\n  budgets:\n    thresholds: {warning: 0.5}\n", 3, "a whole percentage"),
    ("check:\n  regoin: {}\n", 2, "no setting 'check.regoin'"),
    ("check:\n  region:\n    all: {country: us}\n", 3, "known here are channel, region"),
    ("cost_tracking:\n  alert_threshold_weekly: 5\n", 2, "known here are alert_threshold_daily"),
    ("claude_config:\n  budget: 5\n", 2, "no setting 'claude_config.budget'"),
  ]) func `what cannot be understood is told with its line`(
    _ yaml: String, _ line: Int, _ what: String
  ) throws {
    let error = #expect(throws: SettingsError.self) { try CheckStory.configuration(file: yaml) }
    let message = "\(error ?? .missing(""))"
    #expect(message.contains(".yml:\(line): "), "\(message)")
    #expect(message.contains(what), "\(message)")
  }
}
