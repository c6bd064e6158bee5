/// Raw events of streamed responses: server-sent event text, JSON lines of events, or pairs of event and data.
///
/// Described in docs/formats/stream-events.md.
///
/// One message is one call: what its events tell is put together into the response they amount to.
package struct StreamEvents: JSONLogFormat {
  package static let name = "stream-events"
  package static let summary = "raw events of streamed responses (SSE text or JSON lines)"

  private var reader: JSONCallReader
  private let embedded = EmbeddedJSON()
  private let envelope: Envelope?
  private var message: StreamedMessage?

  package init(options: ReadingOptions) {
    reader = JSONCallReader(options: options)
    envelope = options.envelope
  }

  package var isOpen: Bool { message != nil }

  package static func recognises(_ record: JSONValue) -> Bool {
    guard let event = StreamEvent(record, nil) else { return false }
    return event.kind != .ping && event.kind != .error
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    embedded.begin()
    guard let event = StreamEvent(record, embedded) else {
      output.outcome = .skipped("no event of a stream")
      return
    }
    let time = event.time ?? envelope?.time
    switch event.kind {
    case .start:
      let earlier = message
      message = StreamedMessage(start: event.data, time: time)
      if let earlier { tell(earlier, fileTime, into: &output) } else { output.outcome = .open }
    case .chunk:
      readChunk(event.data, time: time, fileTime, into: &output)
    case .error where message == nil:
      output.outcome = .skipped("no event of a stream")
    case .ping where message == nil:
      output.outcome = .skipped("a ping between streams")
    case .delta, .content, .stop, .ping, .error:
      guard message != nil else {
        output.outcome = .skipped("part of a stream whose start is missing")
        return
      }
      message?.add(event)
      output.outcome = .open
      if event.kind == .stop || event.kind == .error { finish(fileTime: fileTime, into: &output) }
    }
  }

  package mutating func finish(fileTime: Int64, into output: inout RecordOutput) {
    output.clear()
    guard let told = message else { return }
    message = nil
    tell(told, fileTime, into: &output)
  }

  /// A chunk of an OpenAI-style stream says itself which one it belongs to.
  private mutating func readChunk(
    _ chunk: JSONValue, time: Text?, _ fileTime: Int64, into output: inout RecordOutput
  ) {
    let id = chunk["id"]?.text
    if let known = message, !known.isOf(id) {
      message = StreamedMessage(start: chunk, time: time)
      tell(known, fileTime, into: &output)
      return
    }
    message = message ?? StreamedMessage(start: chunk, time: time)
    message?.add(chunk: chunk)
    output.outcome = .open
    if message?.isWhole == true { finish(fileTime: fileTime, into: &output) }
  }

  private mutating func tell(
    _ message: StreamedMessage, _ fileTime: Int64, into output: inout RecordOutput
  ) {
    let parts = EmbeddedJSON()
    let text = message.response(parts)
    let whole = EmbeddedJSON()
    guard
      let root = text.withUnsafeBufferPointer({ bytes in
        bytes.baseAddress.flatMap { whole.parse(Text(start: $0, count: bytes.count)) }
      }), let response = root["message"]
    else {
      output.outcome = .skipped("part of a stream whose start is missing")
      return
    }
    keep(whole)
    reader.read(
      message: response, fileTime: fileTime, into: &output,
      beside: { fields in
        fields.set(.occurredAt, root["time"])
        fields.set(.messageID, response["id"])
      },
      adjust: { call in
        // The status came before the stream; what it says ends with the stream.
        if !message.isWhole, call.outcome == .succeeded { call.outcome = nil }
      })
    if output.outcome == .skipped("no usage in it") {
      output.outcome = .skipped("a stream that tells no usage")
    }
    if !message.isWhole, !output.calls.isEmpty {
      output.notes.append("a stream breaks off: counted are the tokens it had told until then")
    }
  }

  /// Calls borrow the texts of the response until the next record.
  private mutating func keep(_ whole: EmbeddedJSON) { told = whole }
  private var told: EmbeddedJSON?
}
