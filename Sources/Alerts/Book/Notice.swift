/// What there is to tell of one alert.
package struct Notice: Equatable, Sendable {
  package enum Change: String, Sendable {
    case opened, worsened, eased, reminded, resolved
  }

  package let change: Change
  package let id: String
  package let rule: String
  /// Where it is resolved: what it was.
  package let state: AlertState
  package let sentence: String
  package let next: String?
  /// UTC milliseconds.
  package let openedAt: Int64

  package init(
    _ change: Change, id: String, rule: String, state: AlertState, sentence: String,
    next: String? = nil, openedAt: Int64
  ) {
    self.change = change
    self.id = id
    self.rule = rule
    self.state = state
    self.sentence = sentence
    self.next = next
    self.openedAt = openedAt
  }

  /// `CRITICAL` or `RESOLVED`, for a line's beginning.
  package var word: String { change == .resolved ? "RESOLVED" : state.name }
}

/// Notices on their way, and who sends them.
package struct Dispatch: Sendable {
  package let report: CheckReport
  package let notices: [Notice]

  package init(_ report: CheckReport, _ notices: [Notice]) {
    self.report = report
    self.notices = notices
  }

  /// Everything that is not fine, as if nothing had been told yet: what printing shows.
  package init(all report: CheckReport) {
    self.init(
      report,
      report.alarms.map {
        Notice(
          .opened, id: $0.id, rule: $0.rule, state: $0.state, sentence: $0.sentence,
          next: $0.next, openedAt: report.asOf)
      })
  }
}
