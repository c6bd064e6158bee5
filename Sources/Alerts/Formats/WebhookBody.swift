import Tables

/// The body for any other receiver: the report of `--format json`, and what changed for this receiver.
package enum WebhookBody {
  package static func body(_ dispatch: Dispatch) -> String {
    JSONText.object(
      CheckJSON.members(dispatch.report) + [
        ("notices", CheckJSON.list(dispatch.notices.map(notice)))
      ])
  }

  private static func notice(_ notice: Notice) -> String {
    JSONText.object([
      ("change", JSONText.string(notice.change.rawValue)), ("id", JSONText.string(notice.id)),
      ("rule", JSONText.string(notice.rule)), ("state", JSONText.string(notice.state.name)),
      ("sentence", JSONText.string(notice.sentence)), ("next", CheckJSON.text(notice.next)),
      ("opened_at", JSONText.instant(notice.openedAt)),
    ])
  }
}
