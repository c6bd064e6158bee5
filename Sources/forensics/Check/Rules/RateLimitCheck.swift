import Alerts
import CallStore
import Tables

/// How many requests were refused with 429, and how close the busiest minute came to a limit.
enum RateLimitCheck {
  static let name = "rate-limit"

  struct Limits: Equatable {
    var window: Int64 = 86_400_000
    /// The article's target is below 0.1 %.
    var warning = 0.1
    var critical = 5.0
    /// Fewer refusals are no share of anything.
    var minimumCalls: Int64 = 10
    /// The account's limit, where the team says it; without it the minutes are not counted.
    var requestsPerMinute: Int64?
    /// What `rate-headroom` holds the minutes against, less what is said here.
    private(set) var headroom: [RateLimit] = []

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "warning": warning = try setting.value.pct(upTo: 100)
        case "critical": critical = try setting.value.pct(upTo: 100)
        case "minimum_calls": minimumCalls = try setting.value.count()
        case "requests_per_minute": requestsPerMinute = try setting.value.count()
        default:
          throw setting.value.unknown(known: [
            "window", "warning", "critical", "minimum_calls", "requests_per_minute",
          ])
        }
      }
    }

    /// Takes the limits of `rate_limits`; a limit on all requests of the check's own counts more.
    mutating func adopt(_ limits: [RateLimit]) {
      for var limit in limits {
        if limit.name == "all", let requests = limit.perMinute.removeValue(forKey: .requests) {
          requestsPerMinute = requestsPerMinute ?? requests
        }
        if !limit.perMinute.isEmpty { headroom.append(limit) }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.rateLimit
    let since = facts.asOf - limits.window
    var calls: Int64 = 0
    var refused: Int64 = 0
    for row in try facts.rows(.checkUsage, since: since, [:], ["by": "status"]) {
      calls += row.number(1)
      if row.number(0) == 429 { refused += row.number(1) }
    }
    let share = calls == 0 ? 0 : Double(refused) * 100 / Double(calls)
    let isNotable = refused >= limits.minimumCalls
    let state: AlertState =
      isNotable && share >= limits.critical
      ? .critical : isNotable && share >= limits.warning ? .warning : .ok
    let finding = Finding(
      name, [], state,
      "\(refused.grouped) of \(counted(calls, "call")) in the last \(lengthText(limits.window)) were refused "
        + "with 429 (\(Self.share(share)))",
      value: .pct(share), warning: .pct(limits.warning), critical: .pct(limits.critical),
      next: facts.command(
        "rate-limits", "--by", "hour,feature", "--since", lengthOption(limits.window)))
    return [finding] + (try limits.requestsPerMinute.map { try minutes($0, since, facts) } ?? [])
      + (try headroom(limits, since, facts))
  }

  /// The busiest minute of each limit that the recipe knows.
  private static func headroom(
    _ limits: Limits, _ since: Int64, _ facts: CheckFacts
  ) throws -> [Finding] {
    guard !limits.headroom.isEmpty else { return [] }
    let rows = try facts.rows(
      RateHeadroom.recipe, since: since, [:],
      ["limits": limits.headroom.map(\.text).joined(separator: ";")])
    // Columns: limited, what, peak_per_minute, peak_at, limit_per_minute, used_pct …
    return rows.compactMap { row -> Finding? in
      guard let name = row.text(0), let what = row.text(1), row.number(4) > 0 else { return nil }
      let (peak, limit) = (row.number(2), row.number(4))
      func quantity(_ count: Int64) -> Quantity {
        what == "requests" ? .calls(count) : .tokens(count)
      }
      return Finding(
        Self.name, ["minute", .name(name), .word(what.replacing(" ", with: "-"))],
        peak >= limit ? .critical : peak * 5 >= limit * 4 ? .warning : .ok,
        "the busiest minute of \(name) was \(facts.day(of: row.number(3))) \(facts.time(of: row.number(3))) with "
          + "\(peak.grouped) \(what), \(Quantity.pct(Double(peak) * 100 / Double(limit)).text) of the limit of "
          + limit.grouped,
        value: quantity(peak), warning: quantity(limit * 4 / 5), critical: quantity(limit),
        next: facts.command("rate-headroom", "--since", lengthOption(limits.window)))
    }
  }

  /// The busiest minute beside the limit; 80 % of it is close.
  private static func minutes(
    _ limit: Int64, _ since: Int64, _ facts: CheckFacts
  ) throws -> [Finding] {
    guard let row = try facts.rows(PackageResources.check_minutes_sql, since: since).first else {
      return []
    }
    let peak = row.number(1)
    return [
      Finding(
        name, ["minute"], peak >= limit ? .critical : peak * 5 >= limit * 4 ? .warning : .ok,
        "the busiest minute was \(facts.day(of: row.number(0))) \(facts.time(of: row.number(0))) with "
          + "\(counted(peak, "request")), \(Quantity.pct(Double(peak) * 100 / Double(limit)).text) of the limit "
          + "of \(limit.grouped)",
        value: .calls(peak), warning: .calls(limit * 4 / 5), critical: .calls(limit),
        next: facts.command(
          "calls", "--since", ClockTime(row.number(0)).rfc3339, "--until",
          ClockTime(row.number(0) + 60_000).rfc3339, "--limit", "\(limit)"))
    ]
  }

  private static func share(_ pct: Double) -> String {
    pct > 0 && pct < 0.1 ? "less than 0.1 %" : Quantity.pct(pct).text
  }
}
