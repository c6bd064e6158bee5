import CallStore
import Tables

/// An audit for programs, and for `--baseline`: every amount exact, in dollars.
enum AuditJSON {
  static func document(_ report: AuditReport) -> String {
    let members: [(String, String)] = [
      ("schema_version", "1"), ("report", JSONText.string("audit")),
      ("as_of", JSONText.instant(report.asOf)),
      ("window", window(report)), ("price_book", JSONText.string(report.book)),
      ("coverage", report.coverage.map(\.json) ?? "null"),
      (
        "spend",
        JSONText.object([
          ("window_usd", usd(report.spendNanos)), ("month_usd", usd(report.monthNanos)),
        ])
      ),
      ("minimum_month_usd", usd(report.minimum)),
      ("together_month_usd", usd(report.levers.together)),
      ("levers", list(report.levers.shown.map { lever($0, report) })),
      ("small_levers", list(report.levers.small.map { lever($0, report) })),
      ("findings", list(report.findings.map(finding))),
      ("checklist", list(report.checklist.lines.map(line))),
      ("profile", profile(report.profile)),
      ("since_baseline", report.comparison.map(comparison) ?? "null"),
    ]
    return "{\n" + members.map { "  \"\($0)\":\($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  private static func window(_ report: AuditReport) -> String {
    JSONText.object([
      ("since", JSONText.instant(report.selection.since)),
      ("until", JSONText.instant(report.selection.until)),
      ("first_hour", JSONText.instant(report.span.lowerBound)),
      ("last_hour_ends", JSONText.instant(report.span.upperBound)),
      ("timezone", JSONText.string(report.timezone)), ("text", JSONText.string(report.windowText)),
    ])
  }

  private static func lever(_ lever: Lever, _ report: AuditReport) -> String {
    JSONText.object([
      ("id", JSONText.string(lever.id)), ("kind", JSONText.string(lever.kind.rawValue)),
      ("title", JSONText.string(lever.title)), ("month_usd", usd(lever.monthNanos)),
      ("window_usd", usd(lever.nanos)),
      ("share_pct", share(lever.monthNanos, of: report.monthNanos)),
      ("since", JSONText.instant(lever.since)),
      ("confidence", JSONText.string(lever.confidence.rawValue)),
      ("reason", JSONText.string(lever.reason)),
      ("arithmetic", JSONText.string(lever.arithmetic)),
      ("assumption", JSONText.string(lever.assumption)),
      ("side_effects", strings(lever.sideEffects)), ("evidence", strings(lever.evidence)),
      (
        "by_feature",
        "["
          + lever.parts.map { part in
            JSONText.object([
              ("feature", part.feature.map(JSONText.string) ?? "null"),
              ("month_usd", usd(part.monthNanos)), ("window_usd", usd(part.nanos)),
            ])
          }.joined(separator: ",") + "]"
      ),
      (
        "otherwise",
        "["
          + lever.alternatives.map { other in
            JSONText.object([
              ("assumption", JSONText.string(other.assumption)),
              ("month_usd", usd(other.monthNanos)), ("window_usd", usd(other.nanos)),
            ])
          }.joined(separator: ",") + "]"
      ),
    ])
  }

  private static func finding(_ finding: AuditFinding) -> String {
    JSONText.object([
      ("id", JSONText.string(finding.id)), ("title", JSONText.string(finding.title)),
      ("sentence", JSONText.string(finding.sentence)),
      ("window_usd", finding.nanos.map(usd) ?? "null"),
      ("evidence", JSONText.string(finding.evidence)),
    ])
  }

  private static func line(_ line: AuditChecklist.Line) -> String {
    JSONText.object([
      ("question", JSONText.string(line.question)),
      ("answer", JSONText.string(line.verdict.rawValue)),
      ("figure", JSONText.string(line.figure)), ("evidence", JSONText.string(line.evidence)),
    ])
  }

  private static func profile(_ view: ProfileView) -> String {
    let lines = view.lines.map { line in
      JSONText.object([
        ("lever", JSONText.string(line.name)), ("rank", line.rank.map(String.init) ?? "null"),
        ("month_usd", usd(line.monthNanos)), ("evidence", JSONText.string(line.evidence)),
      ])
    }
    return JSONText.object([
      ("name", JSONText.string(view.profile.rawValue)),
      ("is_chosen", view.isChosen ? "true" : "false"),
      ("priorities", "[" + lines.joined(separator: ",") + "]"),
      ("mismatches", strings(view.mismatches)),
    ])
  }

  private static func comparison(_ comparison: AuditComparison) -> String {
    let lines = comparison.lines.map { line in
      JSONText.object([
        ("id", JSONText.string(line.id)), ("change", JSONText.string(line.change.rawValue)),
        ("title", JSONText.string(line.title)), ("before_month_usd", usd(line.before)),
        ("now_month_usd", usd(line.now)),
      ])
    }
    return JSONText.object([
      ("realised_month_usd", usd(comparison.realised)),
      ("spend_before_month_usd", usd(comparison.spendBefore)),
      ("spend_now_month_usd", usd(comparison.spendNow)),
      ("cautions", strings(comparison.cautions)),
      ("levers", "[" + lines.joined(separator: ",") + "]"),
    ])
  }

  private static func usd(_ nanos: Int64) -> String { Billionths(nanos).exact }

  private static func share(_ part: Int64, of whole: Int64) -> String {
    whole > 0 ? "\(Double(part) * 100 / Double(whole))" : "null"
  }

  private static func strings(_ texts: [String]) -> String {
    "[" + texts.map(JSONText.string).joined(separator: ",") + "]"
  }

  private static func list(_ elements: [String]) -> String {
    elements.isEmpty
      ? "[]" : "[\n" + elements.map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
  }
}
