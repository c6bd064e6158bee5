/// How CloudWatch hands out a log: each record as text in an event, alone or many events in one document.
enum CloudWatchEvents {
  /// The events of a document: a subscription's `logEvents`, the `events` of a reading, Insights' `results`.
  static func all(in document: JSONValue) -> [JSONValue]? {
    for key in ["logEvents", "events", "results"] as [StaticString] {
      if let events = document[key], events.isArray { return Array(events.children) }
    }
    return nil
  }

  /// What an event logged: text, or an object where somebody has parsed it already.
  static func message(of event: JSONValue) -> JSONValue? {
    member("@message", of: event) ?? event["message"]
  }

  static func time(of event: JSONValue) -> JSONValue? {
    member("@timestamp", of: event) ?? event["timestamp"]
  }

  /// Nothing but a question whether the receiver is there.
  static func isControlMessage(_ document: JSONValue) -> Bool {
    document["messageType"]?.text.map { $0 == "CONTROL_MESSAGE" } == true
  }

  /// Insights tells its rows as lists of `{field, value}`.
  private static func member(_ name: StaticString, of event: JSONValue) -> JSONValue? {
    guard event.isArray else { return event[name] }
    let pair = event.children.first { $0["field"]?.text.map { $0 == name } == true }
    return pair?["value"]
  }
}
