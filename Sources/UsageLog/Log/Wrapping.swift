/// Where log shippers put what a program logged: beside a time, a stream and where it came from.
enum Wrapping {
  enum Inside {
    case records([JSONValue])
    case text(Text)
  }

  /// A line, or a piece of one, as Docker's json-file driver writes it.
  struct Piece {
    var text: Text
    var stream: String
    var time: Text?
  }

  /// `{"log": "…\n", "stream": "stdout", "time": "…"}`; without the line break, the line goes on.
  static func piece(_ value: JSONValue) -> Piece? {
    guard value.isObject, let text = value["log"]?.text, value["log"]?.isString == true,
      let stream = value["stream"]?.text, stream == "stdout" || stream == "stderr"
    else { return nil }
    return Piece(text: text, stream: stream.string, time: Envelope.time(of: value))
  }

  private static let lists: [StaticString] = ["logEvents", "records", "events", "hits", "result"]

  private static let names: [StaticString] = [
    "message", "@message", "log", "msg", "jsonPayload", "textPayload", "MESSAGE", "event", "line",
    "_raw", "body", "data", "payload",
  ]

  /// Where search indices and their exports put a whole event; a text of that name is no line.
  private static let objects: [StaticString] = ["_source", "hits", "result", "content", "kwargs"]

  /// What stands inside a log shipper's object, or in a string that is a JSON text itself.
  static func inside(_ value: JSONValue) -> Inside? {
    if value.isString { return value.text.map { .text($0) } }
    for name in lists {
      if let list = value[name], list.isArray, !list.isEmptyContainer {
        if CloudWatchEvents.isControlMessage(value) { return nil }
        return .records(Array(list.children))
      }
    }
    for name in names {
      guard let member = value[name] else { continue }
      if member.isObject { return .records([member]) }
      if member.isString, let text = member.text, text.bytes.contains(UInt8(ascii: "{")) {
        return .text(text)
      }
    }
    for name in objects {
      if let member = value[name], member.isObject { return .records([member]) }
    }
    return nil
  }
}
