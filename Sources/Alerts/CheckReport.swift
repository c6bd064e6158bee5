/// What a run of `check` found, whatever it is shown as.
package struct CheckReport: Sendable {
  /// What the installation is called: part of what other systems tell alerts apart by.
  package var name: String
  /// UTC milliseconds.
  package var asOf: Int64
  /// The worst first.
  package private(set) var findings: [Finding]
  /// Rules that looked, and could tell; of the others the ids of the findings that could.
  package let decided: Set<String>

  package init(name: String, asOf: Int64, findings: [Finding], decided: Set<String>) {
    self.name = name
    self.asOf = asOf
    self.findings = Self.sorted(findings)
    self.decided = decided
  }

  /// The same, with what people know of.
  package mutating func acknowledge(_ acknowledgements: [String: Acknowledgement]) {
    for index in findings.indices {
      guard let known = acknowledgements[findings[index].id], findings[index].state != .ok else {
        continue
      }
      if known.holds(for: findings[index].state, at: asOf) {
        findings[index].acknowledgement = known
      }
    }
    findings = Self.sorted(findings)
  }

  package var state: AlertState { .worst(findings.map(\.effectiveState)) }

  /// What is not fine and not acknowledged.
  package var alarms: [Finding] { findings.filter { $0.effectiveState != .ok } }

  /// `FORENSICS WARNING: …` without performance data: one line that says what there is to know.
  package var headline: String {
    let firing = alarms
    let known = findings.filter { $0.acknowledgement != nil }.count
    let remark = known > 0 ? " (\(known) acknowledged)" : ""
    guard let first = firing.first else {
      let notices = findings.filter { $0.isNotice && $0.acknowledgement == nil }
      let undecided = findings.filter(\.isUndecided).count
      let fine = findings.count - undecided - known
      return "\(fine) check\(fine == 1 ? "" : "s") fine"
        + (undecided > 0 ? ", \(undecided) cannot be told yet" : "") + remark
        + (notices.first.map { "; \($0.sentence)" } ?? "")
    }
    let more = firing.count - 1
    return first.sentence + (more > 0 ? "; and \(more) more" : "") + remark
  }

  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.enumerated().sorted { left, right in
      let (l, r) = (left.element, right.element)
      if l.effectiveState != r.effectiveState {
        return l.effectiveState.severity > r.effectiveState.severity
      }
      if (l.acknowledgement != nil) != (r.acknowledgement != nil) {
        return l.acknowledgement != nil
      }
      if l.isNotice != r.isNotice { return l.isNotice }
      return left.offset < right.offset
    }.map(\.element)
  }
}
