/// The JSON values of a logged response, whatever it is packed in.
///
/// An object, a list of stream events, either of them as text, server-sent events as text, and lists of
/// such texts, also where a list cuts one text into pieces.
struct ResponseParts {
  private(set) var values: [JSONValue] = []
  private let embedded: EmbeddedJSON
  private let texts: RecordTexts

  init(of response: JSONValue?, _ embedded: EmbeddedJSON, _ texts: RecordTexts) {
    self.embedded = embedded
    self.texts = texts
    if let response { add(response) }
  }

  private mutating func add(_ value: JSONValue) {
    if value.isObject {
      // Server-sent events as pairs of a name and its data.
      if value["event"] != nil, let data = value["data"] { add(data) } else { values.append(value) }
    } else if value.isArray {
      let parts = Array(value.children)
      if parts.contains(where: { $0.isString }) {
        add(parts.compactMap { $0.text })
      } else {
        for part in parts { add(part) }
      }
    } else if let text = value.text {
      add([text])
    }
  }

  private mutating func add(_ pieces: [Text]) {
    let parsed = pieces.compactMap { embedded.parse($0) }
    if parsed.count == pieces.count {
      for value in parsed { add(value) }
      return
    }
    let whole = pieces.count == 1 ? pieces[0] : texts.joined(pieces)
    if let value = embedded.parse(whole) { add(value) } else { addEvents(whole) }
  }

  /// Lines `data: {…}` of server-sent events.
  private mutating func addEvents(_ text: Text) {
    for line in text.bytes.split(separator: 0x0A) {
      guard let start = line.baseAddress else { continue }
      let line = Text(start: start, count: line.count)
      if line.hasPrefix("data:"), let value = embedded.parse(line.dropFirst(5)) {
        values.append(value)
      }
    }
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  fileprivate var baseAddress: UnsafePointer<UInt8>? {
    UnsafeBufferPointer(rebasing: self).baseAddress
  }
}
