import Alerts
import CallStore
import Tables

/// Features that use the prompt cache, or used it lately, and read too little from it.
enum CacheCheck {
  static let name = "cache"

  struct Limits: Equatable {
    var window: Int64 = 86_400_000
    /// Per cent of the input; the article's floor.
    var objective = 20.0
    /// By feature; one that stands here is looked at even if it never used the cache.
    var features: [String: Double] = [:]
    /// Input tokens; below that a ratio says nothing.
    var minimumTokens: Int64 = 100_000
    /// Nil is never.
    var critical: Double?

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "objective": objective = try setting.value.pct(upTo: 100)
        case "critical": critical = try setting.value.pct(upTo: 100)
        case "minimum_tokens": minimumTokens = try setting.value.tokens()
        case "features":
          for feature in try setting.value.members() {
            features[feature.key] = try feature.value.pct(upTo: 100)
          }
        default:
          throw setting.value.unknown(known: [
            "window", "objective", "critical", "minimum_tokens", "features",
          ])
        }
      }
    }
  }

  /// How far back a feature's use of the cache is remembered.
  private static let memory: Int64 = 28 * 86_400_000

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.cache
    let since = facts.asOf - limits.window
    let before = try facts.rows(CacheHitRatio.recipe, since: since - memory, until: since)
      .map(Use.init)
    let past = Dictionary(before.map { ($0.feature, $0) }) { first, _ in first }
    let found = try facts.rows(CacheHitRatio.recipe, since: since).map(Use.init)
      .compactMap { use -> Finding? in
        guard let feature = use.feature, use.input >= limits.minimumTokens else { return nil }
        let earlier = past[feature]
        let isCached = use.isCached || earlier?.isCached == true
        guard isCached || limits.features[feature] != nil else { return nil }
        return finding(feature, use, earlier, limits, facts)
      }
    if !found.isEmpty { return found }
    return [
      Finding(
        name, [], .ok,
        "no feature that uses the prompt cache had \(limits.minimumTokens.grouped) input tokens in the last "
          + lengthText(limits.window))
    ]
  }

  private static func finding(
    _ feature: String, _ use: Use, _ earlier: Use?, _ limits: Limits, _ facts: CheckFacts
  ) -> Finding {
    let objective = limits.features[feature] ?? limits.objective
    let isCritical = limits.critical.map { use.hitPct < $0 } ?? false
    let state: AlertState = isCritical ? .critical : use.hitPct < objective ? .warning : .ok
    let past = earlier.map {
      $0.input > 0 ? ", \(Quantity.pct($0.hitPct).text) in the 28 days before" : ""
    }
    return Finding(
      name, [.name(feature)], state,
      "feature \(feature) read \(Quantity.pct(use.hitPct).text) of its input from the prompt cache in the last "
        + "\(lengthText(limits.window)) (objective \(Quantity.pct(objective).text)\(past ?? ""))",
      value: .pct(use.hitPct), warning: .pct(objective), critical: limits.critical.map { .pct($0) },
      alarmsBelow: true,
      next: facts.command(
        "cache-ttl", "--feature", feature, "--since", "30d"))
  }

  /// A row of `cache-hit-ratio`, in tokens.
  private struct Use {
    let feature: String?
    let reads, writes, fresh: Int64

    init(_ row: CheckFacts.Row) {
      feature = row.text(0)
      (reads, writes, fresh) = (row.number(1), row.number(2), row.number(3))
    }

    var input: Int64 { reads + writes + fresh }
    var isCached: Bool { reads + writes > 0 }
    var hitPct: Double { input == 0 ? 0 : Double(reads) * 100 / Double(input) }
  }
}
