import CallStore
import Tables

/// Hours and days that cost far more than usual.
enum AnomalyLevers {
  private static let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let rows = try facts.rows(SpendAnomalies.recipe)
    let days = rows.filter { $0.text("bucket") == "day" }
    // An hour of a day that is told already would count twice.
    let told = rows.filter { row in
      row.text("bucket") == "day"
        || !days.contains { (0..<day).contains(row.number("started_at") - $0.number("started_at")) }
    }
    guard !told.isEmpty else { return [] }
    var excess: [String?: Int64] = [:]
    for row in told { excess[leading(row), default: 0] += max(0, row.number("excess_usd")) }
    let parts = try excess.filter { $0.value > 0 }.map { try facts.part($0.key, $0.value) }
      .sorted { (-$0.nanos, $0.feature ?? "") < (-$1.nanos, $1.feature ?? "") }
    guard let first = told.map({ $0.number("started_at") }).min(), !parts.isEmpty else { return [] }
    let spent = told.reduce(0) { $0 + $1.number("spent_usd") }
    let count = Int64(told.count)
    return [
      Lever(
        kind: .anomaly, subject: "all",
        title:
          "Look into \(count == 1 ? "a time" : "\(count) times") that cost far more than usual, first \(facts.local(first).asFineAsNeeded)",
        parts: parts,
        arithmetic:
          "\(money(spent)) were spent in \(count == 1 ? "it" : "them"), \(money(parts.reduce(0) { $0 + $1.nanos })) more than is "
          + "usual then, in \(facts.days())",
        assumption: "the usual would have done, and as much happens every month", confidence: .low,
        reason: "the excess is measured; whether it was wanted only you know",
        evidence: [facts.command("spend-anomalies")])
    ]
  }

  /// `search-answers` of `search-answers +$1.13, triage +$0.00`.
  private static func leading(_ row: AuditRows.Row) -> String? {
    guard let excess = row.text("top_excess"), let end = excess.firstRange(of: " +$") else {
      return nil
    }
    return String(excess[..<end.lowerBound])
  }
}
