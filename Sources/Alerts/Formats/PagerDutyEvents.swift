import Tables

/// Events for PagerDuty: one a notice, each a body of its own.
///
/// `dedup_key` is the same in every run, so that what is resolved closes the incident it opened.
/// Source: PagerDuty, "Events API v2": summary up to 1,024 characters, dedup_key up to 255.
package enum PagerDutyEvents {
  /// - Parameter routingKey: the integration's key; a secret. What is printed has a placeholder instead.
  package static func bodies(_ dispatch: Dispatch, routingKey: String = "ROUTING_KEY") -> [String] {
    dispatch.notices.map { event($0, dispatch.report, routingKey) }
  }

  private static func event(_ notice: Notice, _ report: CheckReport, _ key: String) -> String {
    let isResolved = notice.change == .resolved
    let payload: [(key: String, json: String)] = [
      ("summary", JSONText.string("\(notice.state.name): \(notice.sentence)".shortened(to: 1024))),
      ("source", JSONText.string(report.name.shortened(to: 255))),
      ("severity", JSONText.string(severity(notice.state))),
      ("timestamp", JSONText.instant(report.asOf)),
      ("component", JSONText.string(notice.id)), ("class", JSONText.string(notice.rule)),
      (
        "custom_details",
        JSONText.object([
          ("see", CheckJSON.text(notice.next)), ("opened_at", JSONText.instant(notice.openedAt)),
        ])
      ),
    ]
    return JSONText.object([
      ("routing_key", JSONText.string(key)),
      ("event_action", JSONText.string(isResolved ? "resolve" : "trigger")),
      ("dedup_key", JSONText.string(dedupKey(notice, report))),
      ("client", JSONText.string("forensics")), ("payload", JSONText.object(payload)),
    ])
  }

  /// The id is at most 130 bytes long, so only the name has to give way.
  static func dedupKey(_ notice: Notice, _ report: CheckReport) -> String {
    report.name.shortened(to: 100) + "/" + notice.id
  }

  private static func severity(_ state: AlertState) -> String {
    switch state {
    case .critical: "critical"
    case .warning: "warning"
    case .unknown: "error"
    case .ok: "info"
    }
  }
}
