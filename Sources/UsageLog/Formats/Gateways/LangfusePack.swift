/// Observations that stand in one value: a page, a trace with its own, or what a client sent at once.
struct LangfusePack {
  var observations: [JSONValue]
  /// What they all belong to, where it is told once for all of them.
  var trace: JSONValue?

  init?(_ value: JSONValue, _ isObservation: (JSONValue) -> Bool) {
    if let rows = RowPage.rows(of: value, isObservation) {
      observations = rows
    } else if let rows = value["observations"], rows.isArray,
      rows.children.contains(where: isObservation)
    {
      // A trace as the interface downloads it, or as the API answers it.
      observations = Array(rows.children)
      trace = value.object("trace") ?? value
    } else if let events = value["batch"], events.isArray,
      events.children.contains(where: { Event($0) != nil })
    {
      observations = Array(events.children)
    } else {
      return nil
    }
  }

  /// A client's message about one observation: `{id, type: "generation-create", timestamp, body}`.
  struct Event {
    let body: JSONValue
    let time: JSONValue?
    let isGeneration: Bool

    init?(_ event: JSONValue) {
      guard let body = event.object("body"), let type = event["type"]?.text,
        Self.types.contains(where: { type == $0 })
      else { return nil }
      self.body = body
      time = event["timestamp"]
      isGeneration = type.hasPrefix("generation-")
    }

    private static let types: [StaticString] = [
      "generation-create", "generation-update", "observation-create", "observation-update",
      "span-create", "span-update", "event-create", "trace-create", "score-create", "sdk-log",
    ]
  }
}
