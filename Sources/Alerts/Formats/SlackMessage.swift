import Tables

/// A message for Slack's incoming webhooks: a heading, and a section a notice.
///
/// `& < >` are escaped: a tenant called `<!channel>` must not wake everybody.
/// Source: Slack, "Block Kit": a header has up to 150 characters, a section 3,000, a message 50 blocks.
package enum SlackMessage {
  package static func body(_ dispatch: Dispatch) -> String {
    let title = title(dispatch)
    let shown = dispatch.notices.prefix(mostSections)
    var sections = shown.map { section(text($0)) }
    let left = dispatch.notices.count - shown.count
    if left > 0 { sections.append(section("and \(left) more: `forensics check list`")) }
    let fallback = ([title] + shown.prefix(10).map { "\($0.word): \($0.sentence)" })
      .joined(separator: "\n")
    return JSONText.object([
      ("text", JSONText.string(fallback.shortened(to: 3000, escaping: escaped))),
      ("blocks", CheckJSON.list([header(title)] + sections)),
    ])
  }

  /// One block is the header, one may say how many are left out.
  private static let mostSections = 48

  private static func title(_ dispatch: Dispatch) -> String {
    let open = dispatch.notices.filter { $0.change != .resolved }
    guard !dispatch.notices.isEmpty else { return "\(dispatch.report.name): everything is fine" }
    let worst = open.isEmpty ? "RESOLVED" : AlertState.worst(open.map(\.state)).name
    return "\(dispatch.report.name): \(worst), \(dispatch.notices.count) "
      + (dispatch.notices.count == 1 ? "alert" : "alerts")
  }

  private static func text(_ notice: Notice) -> String {
    let change = notice.change == .reminded ? " (still open)" : ""
    // Half of the room, so that the command behind it is never cut.
    let sentence = notice.sentence.shortened(to: 1500, escaping: escaped)
    let next = notice.next.map { "\n" + code($0, 1000) } ?? ""
    return "*\(notice.word)*\(change) \(code(notice.id, 400))\n\(sentence)\(next)"
  }

  private static func code(_ text: String, _ limit: Int) -> String {
    "`" + text.replacing("`", with: "'").shortened(to: limit, escaping: escaped) + "`"
  }

  private static func header(_ text: String) -> String {
    // Plain text, in which nothing has a meaning.
    block("header", "plain_text", text.shortened(to: 150))
  }

  private static func section(_ text: String) -> String { block("section", "mrkdwn", text) }

  private static func block(_ type: String, _ textType: String, _ text: String) -> String {
    JSONText.object([
      ("type", JSONText.string(type)),
      (
        "text",
        JSONText.object([("type", JSONText.string(textType)), ("text", JSONText.string(text))])
      ),
    ])
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    default: String(character)
    }
  }
}
