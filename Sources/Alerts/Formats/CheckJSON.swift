import Tables

/// The whole report as one JSON document; amounts are exact numbers.
package enum CheckJSON {
  package static func document(_ report: CheckReport) -> String {
    JSONText.object(members(report)) + "\n"
  }

  static func members(_ report: CheckReport) -> [(key: String, json: String)] {
    [
      ("schema_version", "1"), ("name", JSONText.string(report.name)),
      ("as_of", JSONText.instant(report.asOf)),
      ("state", JSONText.string(report.state.name)), ("exit_status", "\(report.state.rawValue)"),
      ("summary", JSONText.string(report.headline)),
      ("findings", list(report.findings.map(finding))),
    ]
  }

  private static func finding(_ finding: Finding) -> String {
    JSONText.object([
      ("id", JSONText.string(finding.id)), ("rule", JSONText.string(finding.rule)),
      ("state", JSONText.string(finding.state.name)),
      ("value", finding.value?.number ?? "null"),
      ("unit", finding.value.map { JSONText.string($0.unit.rawValue) } ?? "null"),
      ("warning", finding.warning?.number ?? "null"),
      ("critical", finding.critical?.number ?? "null"),
      ("alarms_below", "\(finding.alarmsBelow)"),
      ("is_notice", "\(finding.isNotice)"), ("is_undecided", "\(finding.isUndecided)"),
      ("sentence", JSONText.string(finding.sentence)), ("next", text(finding.next)),
      ("acknowledged", finding.acknowledgement.map(acknowledgement) ?? "null"),
    ])
  }

  private static func acknowledgement(_ known: Acknowledgement) -> String {
    JSONText.object([
      ("at", JSONText.instant(known.at)), ("until", JSONText.instant(known.until)),
      ("note", text(known.note)),
    ])
  }

  static func text(_ text: String?) -> String { text.map(JSONText.string) ?? "null" }
  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
}
