import CallStore
import Finance
import UsageLog

/// `finance.rate_card`: terms, or a list of them by date.
///
/// ```yaml
/// rate_card:
///   default: {markup: 30%}
///   plans: {pro: {margin: 30%}}
///   tenants:
///     alder-bank:
///       - {markup: 40%, minimum: 100}
///       - {from: 2026-11-15, markup: 35%, minimum: 100}
///     cobalt-air: {rates: {sonnet: {input: 4, output: 20}}}
/// ```
enum RateCardConfiguration {
  static func read(_ section: ConfigurationNode) throws -> ChargeCard {
    var card = ChargeCard()
    for setting in try section.members() {
      switch setting.key {
      case "default": card.standard = try terms(setting.value)
      case "plans":
        for plan in try setting.value.members() { card.plans[plan.key] = try terms(plan.value) }
      case "tenants":
        for tenant in try setting.value.members() {
          card.tenants[tenant.key] = try terms(tenant.value)
        }
      default: throw setting.value.unknown(known: ["default", "plans", "tenants"])
      }
    }
    return card
  }

  /// - Throws: where the rate card names a plan that there is not.
  static func check(_ section: ConfigurationNode, knows plans: [ServicePlan]) throws {
    for setting in try section.members() where setting.key == "rate_card" {
      for part in try setting.value.members() where part.key == "plans" {
        for plan in try part.value.members() where !plans.contains(where: { $0.name == plan.key }) {
          throw plan.value.error(
            "there is no plan '\(plan.key)'; 'finance.plans' says which tenants have it")
        }
      }
    }
  }

  private static func terms(_ setting: ConfigurationNode) throws -> [ChargeTerms] {
    var terms: [ChargeTerms] = []
    for item in setting.items {
      let one = try single(item)
      if terms.contains(where: { $0.from == one.from }) {
        throw item.error("two terms of '\(setting.name)' begin on the same day; add 'from:'")
      }
      terms.append(one)
    }
    return terms
  }

  private static func single(_ section: ConfigurationNode) throws -> ChargeTerms {
    var terms = ChargeTerms()
    for setting in try section.members() {
      let value = setting.value
      switch setting.key {
      case "from": terms.from = try value.date()
      case "markup", "margin":
        guard terms.costPlus == .atCost else {
          throw value.error("'markup' and 'margin' are two ways to say the same; give one")
        }
        terms.costPlus =
          setting.key == "markup"
          ? .markup(try value.millionths(below: 10_000_001))
          : .margin(try value.millionths(below: 1_000_000))
      case "minimum": terms.minimumNanos = try value.usd()
      case "rates":
        for model in try value.members() { terms.rates[model.key] = try rates(model.value) }
      default:
        throw value.unknown(known: ["from", "markup", "margin", "minimum", "rates"])
      }
    }
    return terms
  }

  /// Dollars per million tokens; what is read from or written to a cache costs as much as input where nothing is said.
  private static func rates(_ section: ConfigurationNode) throws -> [TokenClass: Int64] {
    var given: [String: Int64] = [:]
    let known = ["input", "output", "cache_read", "cache_write", "cache_write_1h", "web_search"]
    for setting in try section.members() {
      guard known.contains(setting.key) else { throw setting.value.unknown(known: known) }
      // A thousand searches: dollars times 10⁹ are picodollars each.
      let decimals = setting.key == "web_search" ? 9 : 6
      guard let rate = exactDecimal(try setting.value.text(), decimals: decimals),
        rate <= (decimals == 9 ? 1_000_000_000_000 : 1_000_000_000)
      else {
        throw setting.value.mustBe(
          "dollars per \(decimals == 9 ? "thousand searches" : "million tokens"), such as 4 or 0.25, up to 1000"
        )
      }
      given[setting.key] = rate
    }
    guard let input = given["input"], let output = given["output"] else {
      throw section.error("'\(section.name)' needs 'input' and 'output'")
    }
    let write = given["cache_write"] ?? input
    return [
      .input: input, .output: output, .cacheRead: given["cache_read"] ?? input,
      .cacheWrite5m: write, .cacheWrite1h: given["cache_write_1h"] ?? write,
      .webSearch: given["web_search"] ?? 0,
    ]
  }
}
