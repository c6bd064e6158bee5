/// A response that a wrapper holds as a text: its JSON, or the server-sent events of its stream.
///
/// What it tells is valid until the next record is begun.
struct LoggedResponseText {
  private let embedded = EmbeddedJSON()
  private let whole = EmbeddedJSON()
  private let texts = RecordTexts()

  func begin() {
    embedded.begin()
    whole.begin()
    texts.begin()
  }

  /// - Returns: nil for a text that is neither; most are a model's words.
  func response(_ value: JSONValue) -> JSONValue? {
    guard let text = value.text?.trimmed, !text.isEmpty else { return nil }
    if text[0] == UInt8(ascii: "{") { return embedded.parse(text) }
    let isStream =
      text[0] == UInt8(ascii: "[") || text.hasPrefix("event:") || text.hasPrefix("data:")
    // One event alone is a line of a log of events.
    guard isStream, text.position(of: "message_start") != nil,
      text.position(of: "message_delta") != nil
    else { return nil }
    return streamed(value)
  }

  private func streamed(_ value: JSONValue) -> JSONValue? {
    var message: StreamedMessage?
    for part in ResponseParts(of: value, embedded, texts).values {
      guard let event = StreamEvent(part, embedded) else { continue }
      if message != nil {
        message?.add(event)
      } else if event.kind == .start {
        message = StreamedMessage(start: event.data, time: nil)
      }
    }
    let told = message?.response(embedded)
    return told.flatMap { bytes in
      bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.flatMap { whole.parse(Text(start: $0, count: bytes.count)) }
      }
    }?["message"]
  }
}
