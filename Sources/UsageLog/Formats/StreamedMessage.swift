/// A streamed message while its events come in.
///
/// Holds copies: an event's bytes are gone when the next one is read.
struct StreamedMessage {
  private var start: [UInt8]
  private var time: [UInt8]
  private var id: [UInt8] = []
  private var isChunked: Bool
  /// The last cumulative usage.
  private var usage: [UInt8] = []
  private var members: [(name: String, value: [UInt8])] = []
  private var hasContent = false
  private var hasStopReason = false
  private(set) var isWhole = false

  /// - Parameter event: a `message_start`, or the first chunk of an OpenAI-style stream.
  init(start event: JSONValue, time: Text?) {
    isChunked = event["message"] == nil
    start = Array((event["message"] ?? event).source.bytes)
    self.time = time.map { Array($0.bytes) } ?? []
    id = event["id"]?.text.map { Array($0.bytes) } ?? []
    if isChunked { add(chunk: event) }
  }

  func isOf(_ other: Text?) -> Bool {
    guard let other else { return isChunked }
    return isChunked && id.elementsEqual(other.bytes)
  }

  /// Takes what an event adds: counts are cumulative, so the last ones are the ones.
  mutating func add(_ event: StreamEvent) {
    switch event.kind {
    case .delta:
      if let counts = event.data["usage"], counts.isObject { usage = Array(counts.source.bytes) }
      for part in event.data["delta"]?.children ?? event.data.children where isMember(part.key) {
        set(part.key.string, part)
      }
    case .content: hasContent = true
    case .error:
      isWhole = true
      set("error", event.data["error"])
    case .stop: isWhole = true
    case .start, .ping, .chunk: break
    }
  }

  /// What a delta says about the message's end; a null leaves what was said before.
  private func isMember(_ key: Text) -> Bool {
    key == "stop_reason" || key == "stop_details" || key == "stop_sequence"
  }

  mutating func add(chunk: JSONValue) {
    let choices = chunk["choices"]
    for choice in choices?.children ?? chunk.children where choice.isObject {
      set("stop_reason", choice["finish_reason"])
      if choice["delta"]?.isEmptyContainer == false { hasContent = true }
    }
    for name in ["service_tier", "model"] {
      for member in chunk.children where member.key.string == name { set(name, member) }
    }
    guard let counts = chunk["usage"], counts.isObject else { return }
    usage = Array(counts.source.bytes)
    isWhole = hasStopReason || choices?.isEmptyContainer == true
  }

  private mutating func set(_ name: String, _ value: JSONValue?) {
    guard let value, !value.isNull else { return }
    members.removeAll { $0.name == name }
    members.append((name, Array(value.source.bytes)))
    if name == "stop_reason" { hasStopReason = true }
  }

  /// The response that the events amount to, as JSON text: `{"time": …, "message": {…}}`.
  func response(_ parts: EmbeddedJSON) -> [UInt8] {
    var text = Array("{".utf8)
    if !time.isEmpty { text += Array("\"time\":\"".utf8) + time + Array("\",".utf8) }
    text += Array("\"message\":{\"content\":\(hasContent ? "[0]" : "[]")".utf8)
    let started = value(start, parts)
    for member in started.map({ Array($0.children) }) ?? [] {
      let key = member.key
      if key == "content" || key == "usage" || key == "choices" { continue }
      if members.contains(where: { $0.name == key.string }) { continue }
      append(key: member.keySource, member.source, to: &text)
    }
    for (name, value) in members { text += Array(",\"\(name)\":".utf8) + value }
    text += Array(",\"usage\":{".utf8)
    let usage = overlaid(started?["usage"], value(self.usage, parts))
    text += usage.dropFirst() + Array("}}}".utf8)
    return text
  }

  /// The start's counts under every non-null one of the last delta; each with a comma before it.
  private func overlaid(_ first: JSONValue?, _ last: JSONValue?) -> [UInt8] {
    var text: [UInt8] = []
    let later = (last.map { Array($0.children) } ?? []).filter { !$0.isNull }
    for member in first.map({ Array($0.children) }) ?? [] {
      if later.contains(where: { $0.key == member.key }) { continue }
      append(key: member.keySource, member.source, to: &text)
    }
    for member in later { append(key: member.keySource, member.source, to: &text) }
    return text
  }

  private func append(key: Text, _ value: Text, to text: inout [UInt8]) {
    text += Array(",\"".utf8) + key.bytes + Array("\":".utf8) + value.bytes
  }

  private func value(_ bytes: [UInt8], _ parts: EmbeddedJSON) -> JSONValue? {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { parts.parse(Text(start: $0, count: buffer.count)) }
    }
  }
}
