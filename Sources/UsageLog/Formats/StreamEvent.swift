/// One event of a stream, wherever in its record it stands.
struct StreamEvent {
  enum Kind {
    case start, delta, content, stop, ping, error
    /// `chat.completion.chunk` of an OpenAI-style stream.
    case chunk
  }

  var kind: Kind
  /// The event's own object.
  var data: JSONValue
  /// When the application logged it.
  var time: Text?

  private static let places: [StaticString] = ["data", "event", "chunk", "payload"]

  /// - Parameter embedded: for data kept as a text; nil looks at names only.
  init?(_ record: JSONValue, _ embedded: EmbeddedJSON?) {
    guard record.isObject else { return nil }
    if let kind = Self.kind(of: record) {
      self.init(kind: kind, data: record, time: Envelope.time(of: record))
      return
    }
    for place in Self.places {
      guard let member = record[place] else { continue }
      guard let data = member.isString ? Self.object(in: member, embedded) : member else {
        if member.isString, embedded == nil, let name = record["event"]?.text,
          let kind = Self.kinds[name.string]
        {
          self.init(kind: kind, data: record, time: nil)
          return
        }
        continue
      }
      guard let kind = Self.kind(of: data) else { continue }
      self.init(kind: kind, data: data, time: Envelope.time(of: record))
      return
    }
    return nil
  }

  private init(kind: Kind, data: JSONValue, time: Text?) {
    self.kind = kind
    self.data = data
    self.time = time
  }

  private static func object(in text: JSONValue, _ embedded: EmbeddedJSON?) -> JSONValue? {
    embedded?.value(text)
  }

  private static let kinds: [String: Kind] = [
    "message_start": .start, "message_delta": .delta, "message_stop": .stop, "ping": .ping,
    "error": .error, "content_block_start": .content, "content_block_delta": .content,
    "content_block_stop": .content,
  ]

  private static func kind(of event: JSONValue) -> Kind? {
    guard event.isObject else { return nil }
    if let type = event["type"]?.text, type.count < 24, let kind = kinds[type.string] {
      // An application's own record may be of these types, too.
      switch kind {
      case .start: return event["message"]?.isObject == true ? kind : nil
      case .error: return event["error"]?.isObject == true ? kind : nil
      case .delta: return event["delta"] != nil || event["usage"] != nil ? kind : nil
      default: return kind
      }
    }
    return event["object"]?.text.map { $0 == "chat.completion.chunk" } == true ? .chunk : nil
  }
}
