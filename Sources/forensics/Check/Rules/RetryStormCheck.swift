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

    /// Whether five minutes with so many calls stand out of so many in a span of time.
    func isSurge(_ busiest: Int64, of calls: Int64, in span: Int64) -> Bool {
      Int128(busiest) * Int128(span) >= Int128(surge) * Int128(calls) * Int128(fiveMinutes)
    }

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

  private static let fiveMinutes: Int64 = 300_000

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.retryStorm
    let since = facts.asOf - limits.window
    let storms = try facts.rows(.checkStorms, since: since, [:], ["burst": "\(limits.burst)"])
      .filter { $0.number(3) >= limits.minimumNanos }
    let usual = try week(before: since, of: storms.compactMap { $0.text(0) }, facts)
    let batches = storms.isEmpty ? [:] : try batches(facts, since: since)
    let found = storms.compactMap { row -> Finding? in
      let hash = row.text(0) ?? ""
      let calls = row.number(1) + usual.calls[hash, default: 0]
      guard limits.isSurge(row.number(2), of: calls, in: limits.window + usual.span) else {
        return nil
      }
      // Most of it in batches: many equal prompts at once are how batches work.
      if batches[hash, default: 0] * 2 > row.number(1) { return nil }
      return finding(hash, row, limits, facts)
    }
    if !found.isEmpty { return found }
    return [
      Finding(
        name, [], .ok,
        "no prompt was sent more than \(limits.burst.grouped) times within five minutes in the last "
          + lengthText(limits.window))
    ]
  }

  /// How often the prompts were sent in the week before, as far as the logs reach back.
  ///
  /// The window alone would let a loop that runs for hours pass for a busy prompt, and resolve its alert meanwhile.
  private static func week(
    before since: Int64, of hashes: [String], _ facts: CheckFacts
  ) throws -> (calls: [String: Int64], span: Int64) {
    let start = max(since - 7 * 86_400_000, try facts.firstHour())
    guard !hashes.isEmpty, start < since else { return ([:], 0) }
    let rows = try facts.rows(
      .checkUsage, since: start, until: since, [.promptHash: hashes], ["by": "prompt-hash"])
    let calls = rows.compactMap { row in row.text(0).map { ($0, row.number(1)) } }
    return (Dictionary(calls, uniquingKeysWith: +), since - start)
  }

  private static func batches(_ facts: CheckFacts, since: Int64) throws -> [String: Int64] {
    var calls: [String: Int64] = [:]
    for row in try facts.rows(PackageResources.check_batches_sql, since: since) {
      calls[row.text(0) ?? ""] = row.number(1)
    }
    return calls
  }

  private static func finding(
    _ hash: String, _ row: CheckFacts.Row, _ limits: Limits, _ facts: CheckFacts
  ) -> Finding {
    let (calls, cost) = (row.number(1), row.number(3))
    let all = calls > row.number(2) ? "\(calls.grouped) times in all, " : ""
    return Finding(
      name, [hash], cost >= limits.criticalNanos ? .critical : .warning,
      "prompt \(hash) was sent \(row.number(2).grouped) times within five minutes "
        + "(\(all)\(facts.day(of: row.number(4))) \(facts.time(of: row.number(4))) to "
        + "\(facts.time(of: row.number(5)))) for \(Quantity.usd(cost).text)",
      value: .usd(cost), warning: .usd(limits.minimumNanos), critical: .usd(limits.criticalNanos),
      next: facts.command(
        "retry-storms", "--prompt-hash", hash, "--since", lengthOption(limits.window)))
  }
}
