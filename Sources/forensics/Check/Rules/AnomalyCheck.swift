import Alerts
import CallStore
import Tables
import Trends

/// Hours and days that cost more than is usual for their time.
enum AnomalyCheck {
  static let name = "anomaly"

  struct Limits: Equatable {
    /// Hours that are looked at; those before were looked at before.
    var window: Int64 = 86_400_000
    /// Deviations above what was expected.
    var deviations = 3.0
    /// What the excess must amount to: in dollars, and of a mean day's spend.
    var minimumNanos: Int64 = 1_000_000_000
    var minimumShare = 2.0
    /// An excess in dollars that is critical; nil is never.
    var criticalNanos: Int64?

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "deviations": deviations = try setting.value.pct(upTo: 100)
        case "minimum_usd": minimumNanos = try setting.value.usd()
        case "minimum_share": minimumShare = try setting.value.pct(upTo: 100)
        case "critical_usd": criticalNanos = try setting.value.usd()
        default:
          throw setting.value.unknown(known: [
            "window", "deviations", "minimum_usd", "minimum_share", "critical_usd",
          ])
        }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.anomaly
    guard let hours = try facts.hours() else { return [] }
    let detector = AnomalyDetector(
      limit: limits.deviations,
      impact: ImpactGate(minimum: limits.minimumNanos, shareOfDay: limits.minimumShare / 100))
    let fine = hours.denseEnough
    let day = hours.folded(to: .day)
    let checks: [(scope: String, series: SpendSeries, since: Int64)] =
      // Where hours are too sparse, days are all there is.
      (fine.width == .day ? [] : [("hour", fine, facts.knownUntil - limits.window)])
      + [("day", day, facts.knownUntil - 2 * 86_400_000)]
    return try checks.map { check in
      let scores = detector.scores(check.series).filter {
        $0.bucket.start >= check.since && $0.bucket.isComplete
      }
      return try finding(check.scope, scores, check.series.width, limits, facts)
    }
  }

  private static func finding(
    _ scope: String, _ scores: [BucketScore], _ width: SpendSeries.Width, _ limits: Limits,
    _ facts: CheckFacts
  ) throws -> Finding {
    let what = width == .hour ? "hour" : width == .day ? "day" : "quarter of a day"
    let found = scores.filter { $0.verdict == .anomaly }
    if let worst = found.max(by: { ($0.excess ?? 0) < ($1.excess ?? 0) }) {
      return try finding(scope, worst, found.count, what, limits, facts)
    }
    if let last = scores.last, case .insufficientHistory(let gap) = last.verdict {
      return Finding(
        name, [.word(scope)], .ok, "whether the last \(what) was unusual cannot be told: \(gap)",
        isUndecided: true)
    }
    guard let last = scores.last else {
      return Finding(
        name, [.word(scope)], .ok, "there is no complete \(what) yet that could be unusual",
        isUndecided: true)
    }
    return Finding(
      name, [.word(scope)], .ok,
      "no \(what) was unusual; the last cost \(Quantity.usd(last.actual).text)"
        + (last.expected.map { ", expected were \(Quantity.usd($0).text)" } ?? ""),
      value: .usd(max(0, last.excess ?? 0)))
  }

  private static func finding(
    _ scope: String, _ worst: BucketScore, _ count: Int, _ what: String, _ limits: Limits,
    _ facts: CheckFacts
  ) throws -> Finding {
    let excess = worst.excess ?? 0
    let (start, end) = (worst.bucket.start, worst.bucket.end)
    let most = try contributors(start..<end, facts)
    let others =
      count > 1 ? "; \(count - 1) more \(what)\(count > 2 ? "s" : "") were unusual, too" : ""
    let isCritical = limits.criticalNanos.map { excess >= $0 } ?? false
    let when =
      what == "day" ? facts.day(of: start) : "\(facts.day(of: start)) \(facts.time(of: start))"
    return Finding(
      name, [.word(scope)], isCritical ? .critical : .warning,
      "the \(what) of \(when) cost \(Quantity.usd(worst.actual).text), "
        + "\(Quantity.usd(excess).text) more than expected"
        + (most.isEmpty ? "" : ", most of it " + most.joined(separator: ", ")) + others,
      value: .usd(excess), warning: .usd(limits.minimumNanos),
      critical: limits.criticalNanos.map { .usd($0) },
      next: facts.command(
        "spend", "--by", "tenant,feature", "--since", ClockTime(start).rfc3339, "--until",
        ClockTime(end).rfc3339))
  }

  /// The tenant, feature and model that cost the most more than in as long a time of the week before.
  private static func contributors(
    _ span: Range<Int64>, _ facts: CheckFacts
  ) throws -> [String] {
    let week: Int64 = 7 * 86_400_000
    let share = Double(span.upperBound - span.lowerBound) / Double(week)
    return try [Dimension.tenant, .feature, .model].compactMap { dimension in
      func costs(_ since: Int64, _ until: Int64) throws -> [String: Int64] {
        let rows = try facts.rows(
          .checkUsage, since: since, until: until, [:], ["by": dimension.rawValue])
        return Dictionary(
          rows.map { ($0.text(0) ?? Selection.none, $0.number(2)) }, uniquingKeysWith: +)
      }
      let before = try costs(span.lowerBound - week, span.lowerBound)
      let grown = try costs(span.lowerBound, span.upperBound).map { name, nanos in
        (name: name, excess: Double(nanos) - Double(before[name] ?? 0) * share)
      }
      let most = grown.max { ($0.excess, $1.name) < ($1.excess, $0.name) }
      return most.map { "\(dimension.rawValue) \($0.name)" }
    }
  }
}
