import Tables

/// The report in Prometheus's text format, for node_exporter's textfile collector.
///
/// Gauges without timestamps; each rule shows its worst findings and the rest as `other`, so that a thousand
/// tenants do not become a thousand series. Source: prometheus.io, "Text-based format"; node_exporter's README.
package struct Exposition {
  private let report: CheckReport
  private let shown: [Finding]
  /// By rule: what is not shown singly.
  private let others: [(rule: String, state: AlertState, count: Int)]

  /// - Parameter top: findings that each rule shows.
  package init(_ report: CheckReport, top: Int = 20) {
    self.report = report
    var shown: [Finding] = []
    var rest: [String: [Finding]] = [:]
    var counts: [String: Int] = [:]
    for finding in report.findings {
      counts[finding.rule, default: 0] += 1
      if counts[finding.rule, default: 0] <= top {
        shown.append(finding)
      } else {
        rest[finding.rule, default: []].append(finding)
      }
    }
    self.shown = shown
    others = rest.keys.sorted().map { rule in
      let findings = rest[rule] ?? []
      return (rule, .worst(findings.map(\.effectiveState)), findings.count)
    }
  }

  package var text: String {
    var lines: [String] = []
    func add(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], String)]) {
      guard !samples.isEmpty else { return }
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
      lines += samples.map { name + Self.labels($0.labels) + " " + $0.1 }
    }
    add(
      "forensics_check_state", "The worst state: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
      [([("name", report.name)], "\(report.state.rawValue)")])
    add(
      "forensics_check_as_of_seconds", "The instant that the check looked at, in Unix time.",
      [([("name", report.name)], Self.seconds(report.asOf))])
    add(
      "forensics_alert_state",
      "A finding's state: 0 OK or acknowledged, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
      shown.map { (identity($0), "\($0.effectiveState.rawValue)") }
        + others.map { ([("rule", $0.rule), ("id", "other")], "\($0.state.rawValue)") })
    add(
      "forensics_alerts_not_shown", "Findings that a rule shows as one, named other.",
      others.map { ([("rule", $0.rule)], "\($0.count)") })
    add(
      "forensics_alert_acknowledged", "1 where somebody acknowledged it.",
      shown.filter { $0.acknowledgement != nil }.map { (identity($0), "1") })
    for unit in Quantity.Unit.allCases {
      add(
        "forensics_alert_value_\(unit.base)", "What a rule measured, in \(unit.words).",
        shown.compactMap { finding in
          guard let value = finding.value, value.unit == unit else { return nil }
          return (identity(finding), value.baseNumber)
        })
      add(
        "forensics_alert_threshold_\(unit.base)", "Where a state begins, in \(unit.words).",
        shown.flatMap { finding in
          [("warning", finding.warning), ("critical", finding.critical)].compactMap {
            name, threshold in
            guard let threshold, threshold.unit == unit else { return nil }
            return (identity(finding) + [("severity", name)], threshold.baseNumber)
          }
        })
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func identity(_ finding: Finding) -> [(String, String)] {
    [("rule", finding.rule), ("id", finding.id)]
  }

  private static func labels(_ labels: [(String, String)]) -> String {
    "{" + labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",") + "}"
  }

  /// Backslash, quote and line break; nothing else has a meaning in a label.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    Billionths(milliseconds * 1_000_000).exact
  }
}

extension Quantity.Unit {
  /// As metrics are named: in base units.
  fileprivate var base: String { self == .pct ? "ratio" : rawValue }

  fileprivate var words: String {
    switch self {
    case .usd: "US dollars"
    case .pct: "parts of one"
    case .tokens, .calls, .seconds: rawValue
    }
  }
}
