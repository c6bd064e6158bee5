import Alerts
import CallStore
import Tables

/// Prompts that were sent again and again within five minutes: an agent or a retry loop that got stuck.
enum RetryStormCheck {
  static let name = "retry-storm"

  struct Limits: Equatable {
    var window: Int64 = 86_400_000
    /// Calls of one prompt within five minutes that are still fine; the article's number.
    var burst: Int64 = 100
    /// So many times its mean of the window and the week before: a prompt that is always busy storms not at all.
    var surge: Int64 = 5
    /// A storm that costs less is not worth waking up for.
    var minimumNanos: Int64 = 500_000_000
    var criticalNanos: Int64 = 10_000_000_000

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "burst": burst = try setting.value.count()
        case "surge": surge = try setting.value.count()
        case "minimum_usd": minimumNanos = try setting.value.usd()
        case "critical_usd": criticalNanos = try setting.value.usd()
        default:
          throw setting.value.unknown(known: [
            "window", "burst", "surge", "minimum_usd", "critical_usd",
          ])
        }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.retryStorm
    let since = facts.asOf - limits.window
    let found = try storms(facts, since: since, limits)
      .filter { $0.nanos >= limits.minimumNanos }
      .map { finding($0, limits, facts) }
    if !found.isEmpty { return found }
    return [
      Finding(
        name, [], .ok,
        "no prompt was sent more than \(limits.burst.grouped) times within five minutes in the last "
          + lengthText(limits.window))
    ]
  }

  private struct Storm {
    let hash: String
    let nanos, calls, startedAt, endedAt: Int64
    /// Calls within five minutes.
    let busiest: Int64
  }

  /// What `retry-storms` takes for one, asked of the prompts that came fast enough and cost enough: it knows a
  /// prompt's usual pace and what honest bulk work looks like.
  private static func storms(
    _ facts: CheckFacts, since: Int64, _ limits: Limits
  ) throws -> [Storm] {
    let fast = try facts.rows(.checkStorms, since: since, [:], ["burst": "\(limits.burst)"])
      .filter { $0.number(3) >= limits.minimumNanos }
    let busiest = Dictionary(
      fast.compactMap { row in row.text(0).map { ($0, row.number(2)) } }, uniquingKeysWith: max)
    guard !busiest.isEmpty else { return [] }
    return try facts.rows(
      RetryStorms.recipe, since: since, [.promptHash: busiest.keys.sorted()],
      ["calls": "\(limits.burst)", "surge": "\(limits.surge)"]
    ).compactMap { row in
      row.text(0).map {
        Storm(
          hash: $0, nanos: row.number(1), calls: row.number(2), startedAt: row.number(4),
          endedAt: row.number(5), busiest: busiest[$0] ?? row.number(2))
      }
    }
  }

  private static func finding(
    _ storm: Storm, _ limits: Limits, _ facts: CheckFacts
  ) -> Finding {
    let all = storm.calls > storm.busiest ? "\(storm.calls.grouped) times in all, " : ""
    return Finding(
      name, [.name(storm.hash)], storm.nanos >= limits.criticalNanos ? .critical : .warning,
      "prompt \(storm.hash) was sent \(storm.busiest.grouped) times within five minutes "
        + "(\(all)\(facts.day(of: storm.startedAt)) \(facts.time(of: storm.startedAt)) to "
        + "\(facts.time(of: storm.endedAt))) for \(Quantity.usd(storm.nanos).text)",
      value: .usd(storm.nanos), warning: .usd(limits.minimumNanos),
      critical: .usd(limits.criticalNanos),
      next: facts.command(
        "retry-storms", "--prompt-hash", storm.hash, "--since", lengthOption(limits.window)))
  }
}
