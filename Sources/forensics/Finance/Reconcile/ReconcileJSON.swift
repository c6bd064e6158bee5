import Finance
import Tables

/// A reconciliation for programs: every amount exact, in dollars, finer than a nano-dollar where the report is.
enum ReconcileJSON {
  static func document(_ report: ReconcileReport) -> String {
    let reconciliation = report.reconciliation
    let members: [(String, String)] = [
      ("schema_version", "1"), ("report", JSONText.string("reconcile")),
      ("as_of", JSONText.instant(report.asOf)), ("period", period(report)),
      ("channel", JSONText.string(report.channel)), ("price_book", JSONText.string(report.book)),
      ("sources", list(reconciliation.sources.map(source))),
      ("calls", "\(reconciliation.callCount)"),
      ("calls_usd", reconciliation.callsTotal.text),
      ("lines", list(reconciliation.lines.map { line($0, meaning: true) })),
      ("provider_usd", reconciliation.providerTotal.text),
      ("gap_usd", reconciliation.gap.text), ("unseen_usd", reconciliation.unseen.text),
      ("deviation_usd", reconciliation.deviation.text), ("tolerance_usd", report.allowed.text),
      ("is_within_tolerance", report.isBeyond ? "false" : "true"),
      ("remarks", "[" + reconciliation.remarks.map(JSONText.string).joined(separator: ",") + "]"),
      ("by", "[" + report.aspects.map { JSONText.string($0.column) }.joined(separator: ",") + "]"),
      ("rows", list(report.rows.map { row($0, report.aspects) })),
    ]
    return "{\n" + members.map { "  \"\($0)\":\($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  private static func period(_ report: ReconcileReport) -> String {
    JSONText.object([
      ("text", JSONText.string(report.period.text)),
      ("since", JSONText.instant(report.period.since)),
      ("until", JSONText.instant(report.period.until)),
      ("timezone", JSONText.string(report.period.timezone)),
      ("provider_days", JSONText.string("UTC")),
    ])
  }

  private static func source(_ source: Reconciliation.Source) -> String {
    let groupings = source.groupings.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    return JSONText.object([
      ("side", JSONText.string(source.side)), ("report", JSONText.string(source.report)),
      ("days", "\(source.days)"), ("groupings", JSONText.object(groupings)),
      (
        "not_final",
        "[" + source.provisional.map { JSONText.string($0.text) }.joined(separator: ",") + "]"
      ),
    ])
  }

  private static func line(_ line: Reconciliation.Line, meaning: Bool) -> String {
    JSONText.object(
      [
        ("residual", JSONText.string(line.residual.rawValue)), ("usd", line.amount.text),
        ("tokens", "\(line.tokens)"),
      ] + (meaning ? [("meaning", JSONText.string(line.residual.meaning))] : []))
  }

  private static func row(_ row: Reconciliation.Row, _ aspects: [ReconciledAspect]) -> String {
    JSONText.object(
      aspects.map { ($0.column, row.place.value(of: $0).map(JSONText.string) ?? "null") } + [
        ("calls_usd", row.calls.text), ("provider_usd", row.provider.text),
        ("gap_usd", row.gap.text), ("deviates", row.deviates ? "true" : "false"),
        ("lines", "[" + row.lines.map { line($0, meaning: false) }.joined(separator: ",") + "]"),
      ])
  }

  private static func list(_ elements: [String]) -> String {
    elements.isEmpty
      ? "[]" : "[\n" + elements.map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
  }
}
