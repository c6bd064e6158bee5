import Tables

/// The output of the monitoring-plugin interface: a line with performance data, then the details.
///
/// Source: the plugin interface of Nagios, Naemon and Icinga: `STATUS: text | 'label'=value[UOM];warn;crit;min;max`.
/// Money, tokens and calls have no unit there; a threshold that must not be undercut is the range `20:`.
package struct PluginOutput {
  private let report: CheckReport
  /// Also what is fine.
  private let isVerbose: Bool
  /// Measurements on the first line, the worst first: old agents cut what is longer than 4 KiB.
  private static let mostLabels = 40

  package init(_ report: CheckReport, isVerbose: Bool = false) {
    self.report = report
    self.isVerbose = isVerbose
  }

  package var text: String {
    let headline = "FORENSICS \(report.state.name): \(Self.sayable(report.headline))"
    let data = report.findings.compactMap(measurement).prefix(Self.mostLabels)
    let first = data.isEmpty ? headline : headline + " | " + data.joined(separator: " ")
    return ([first] + details).map { $0 + "\n" }.joined()
  }

  private var details: [String] {
    report.findings.filter { isVerbose || $0.state != .ok || $0.isNotice }.flatMap { finding in
      // Whoever looks for CRITICAL in the lines must not find what is known.
      let known = finding.acknowledgement.map { " [\($0.text)]" } ?? ""
      let state =
        finding.acknowledgement != nil
        ? "ACK (\(finding.state.name.lowercased()))"
        : finding.isUndecided && finding.state == .ok ? "undecided" : finding.state.name
      let line = "\(state) \(finding.id): \(finding.sentence)\(known)"
      let next = finding.state != .ok || finding.isNotice ? finding.next : nil
      return [Self.sayable(line)] + (next.map { ["  see: " + Self.sayable($0)] } ?? [])
    }
  }

  private func measurement(_ finding: Finding) -> String? {
    guard let value = finding.value else { return nil }
    let fields = [
      value.number + Self.unit(of: value), Self.range(finding.warning, finding),
      Self.range(finding.critical, finding), Self.isCounted(value) ? "0" : "", "",
    ]
    return "'\(Self.label(finding.id))'=" + fields.joined(separator: ";")
  }

  private static func range(_ threshold: Quantity?, _ finding: Finding) -> String {
    threshold.map { $0.number + (finding.alarmsBelow ? ":" : "") } ?? ""
  }

  private static func unit(of value: Quantity) -> String {
    switch value {
    case .pct: "%"
    case .seconds: "s"
    case .usd, .tokens, .calls: ""
    }
  }

  /// A change can be negative.
  private static func isCounted(_ value: Quantity) -> Bool {
    if case .pct(let pct) = value { return pct >= 0 }
    return true
  }

  /// Everything but what ends a label or splits it.
  private static func label(_ id: String) -> String {
    String(id.map { "'=|".contains($0) ? "_" : $0 })
  }

  /// One line, without the bar that begins performance data.
  private static func sayable(_ text: String) -> String {
    text.visible.replacing("|", with: "¦")
  }
}
