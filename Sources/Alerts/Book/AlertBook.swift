/// What is open, who knows of it, and who was told: what one run leaves for the next.
package struct AlertBook: Codable, Equatable, Sendable {
  package struct Alert: Codable, Equatable, Sendable {
    package var id: String
    package var rule: String
    package var state: AlertState
    package var sentence: String
    package var next: String?
    /// UTC milliseconds, as below.
    package var openedAt: Int64
    package var seenAt: Int64
    package var resolvedAt: Int64?
    package var acknowledgement: Acknowledgement?
    /// By receiver: when it was told last, and what.
    var told: [String: Telling] = [:]
    /// By receiver: since when it refuses to be told; nil in files of before.
    var refused: [String: Int64]?

    package var isOpen: Bool { resolvedAt == nil }
  }

  struct Telling: Codable, Equatable, Sendable {
    var at: Int64
    var state: AlertState
  }

  var version = 1
  private(set) var alerts: [String: Alert] = [:]

  package init() {}

  /// Those that are open, the worst first; with those resolved lately behind them.
  package func listed(withResolved: Bool) -> [Alert] {
    Self.sorted(alerts.values.filter { $0.isOpen || withResolved })
  }

  private static func sorted(_ alerts: [Alert]) -> [Alert] {
    alerts.sorted {
      if $0.isOpen != $1.isOpen { return $0.isOpen }
      if $0.state != $1.state { return $0.state.severity > $1.state.severity }
      return ($0.openedAt, $0.id) < ($1.openedAt, $1.id)
    }
  }

  package var acknowledgements: [String: Acknowledgement] {
    alerts.filter(\.value.isOpen).compactMapValues(\.acknowledgement)
  }

  // MARK: - Seeing

  /// Opens what is not fine, resolves what is not there any more.
  ///
  /// Only a rule that looked and could tell resolves its alerts: `--only`, too little history or stale data do not.
  package mutating func record(_ report: CheckReport) {
    var firing: Set<String> = []
    for finding in report.findings where finding.state != .ok {
      firing.insert(finding.id)
      see(finding, at: report.asOf)
    }
    for (id, alert) in alerts where alert.isOpen && !firing.contains(id) {
      guard report.decided.contains(alert.rule) || report.decided.contains(id) else { continue }
      alerts[id]?.resolvedAt = report.asOf
      alerts[id]?.acknowledgement = nil
    }
    alerts = alerts.filter {
      $0.value.resolvedAt.map { report.asOf - $0 < Self.memory } ?? true
    }
  }

  /// Milliseconds for which a resolved alert is remembered.
  private static let memory: Int64 = 30 * 86_400_000

  private mutating func see(_ finding: Finding, at now: Int64) {
    var alert =
      alerts[finding.id]
      ?? Alert(
        id: finding.id, rule: finding.rule, state: finding.state, sentence: "", openedAt: now,
        seenAt: now)
    if !alert.isOpen {
      alert.openedAt = now
      alert.resolvedAt = nil
    }
    alert.state = finding.state
    alert.sentence = finding.sentence
    alert.next = finding.next
    alert.seenAt = now
    if let known = alert.acknowledgement, !known.holds(for: finding.state, at: now) {
      alert.acknowledgement = nil
    }
    alerts[finding.id] = alert
  }

  // MARK: - Acknowledging

  /// False where no such alert is open.
  package mutating func acknowledge(
    _ id: String, at now: Int64, until: Int64?, note: String?
  ) -> Bool {
    guard let alert = alerts[id], alert.isOpen else { return false }
    alerts[id]?.acknowledgement = Acknowledgement(
      at: now, until: until, note: note, state: alert.state)
    return true
  }

  /// False where no such alert is open.
  package mutating func withdrawAcknowledgement(of id: String) -> Bool {
    guard alerts[id]?.isOpen == true else { return false }
    alerts[id]?.acknowledgement = nil
    return true
  }

  // MARK: - Telling

  /// What a receiver does not know yet; what it refused before comes last, so that it holds nothing up.
  ///
  /// - Parameter again: milliseconds after which it is reminded of what is still open; nil is never.
  package func due(for receiver: String, at now: Int64, again: Int64? = nil) -> [Notice] {
    let (willing, unwilling) = (
      alerts.values.filter { $0.refused?[receiver] == nil },
      alerts.values.filter { $0.refused?[receiver] != nil }
    )
    return (Self.sorted(willing) + Self.sorted(unwilling)).compactMap { alert in
      guard let change = change(of: alert, for: receiver, now, again) else { return nil }
      return Notice(
        change, id: alert.id, rule: alert.rule, state: alert.state, sentence: alert.sentence,
        next: alert.next, openedAt: alert.openedAt)
    }
  }

  private func change(
    of alert: Alert, for receiver: String, _ now: Int64, _ again: Int64?
  ) -> Notice.Change? {
    let told = alert.told[receiver]
    if !alert.isOpen { return told == nil ? nil : .resolved }
    if alert.acknowledgement != nil { return nil }
    guard let told else { return .opened }
    if told.state.severity < alert.state.severity { return .worsened }
    if told.state != alert.state { return .eased }
    return again.map { now - told.at >= $0 } == true ? .reminded : nil
  }

  /// A receiver knows these now.
  package mutating func told(_ notices: [Notice], to receiver: String, at now: Int64) {
    for notice in notices {
      alerts[notice.id]?.told[receiver] =
        notice.change == .resolved ? nil : Telling(at: now, state: notice.state)
      alerts[notice.id]?.refused?[receiver] = nil
    }
  }

  /// A receiver would not hear of these; it is asked again the next time.
  package mutating func refused(_ notices: [Notice], by receiver: String, at now: Int64) {
    for notice in notices {
      var since = alerts[notice.id]?.refused ?? [:]
      since[receiver] = since[receiver] ?? now
      alerts[notice.id]?.refused = since
    }
  }
}
