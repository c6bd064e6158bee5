/// What may stand on a line before its JSON: a syslog or logger's head, `data: `, Kubernetes' stream tags.
enum LinePrefix {
  /// A line of a Kubernetes (CRI) log: `TIME stdout F CONTENT`; `P` says that the content goes on.
  struct ContainerLine {
    var time: Text
    var stream: Text
    var isPartial: Bool
    var content: Text
  }

  static func containerLine(_ line: Text) -> ContainerLine? {
    guard line.count > 30, isDigit(line[0]), line[4] == UInt8(ascii: "-"),
      let timeEnd = space(in: line, from: 10), let streamEnd = space(in: line, from: timeEnd + 1),
      streamEnd + 1 < line.count
    else { return nil }
    let stream = slice(line, timeEnd + 1, streamEnd)
    guard stream == "stdout" || stream == "stderr" else { return nil }
    let tag = line[streamEnd + 1]
    guard tag == UInt8(ascii: "P") || tag == UInt8(ascii: "F") else { return nil }
    let tagEnd = space(in: line, from: streamEnd + 1) ?? line.count
    return ContainerLine(
      time: line.prefix(timeEnd), stream: stream, isPartial: tag == UInt8(ascii: "P"),
      content: line.dropFirst(min(tagEnd + 1, line.count)))
  }

  /// The time at the start of a logger's or syslog's head, in ISO 8601.
  static func time(in prefix: Text) -> Text? {
    var at = 0
    if at < prefix.count, prefix[at] == UInt8(ascii: "<") {
      // Syslog's priority and, by RFC 5424, its version.
      while at < prefix.count, prefix[at] != UInt8(ascii: ">") { at += 1 }
      at += 1
      if at + 1 < prefix.count, prefix[at] == UInt8(ascii: "1"), prefix[at + 1] == 0x20 { at += 2 }
    }
    while at < prefix.count, prefix[at] == 0x20 || prefix[at] == UInt8(ascii: "[") { at += 1 }
    guard at + 16 <= prefix.count, isDigit(prefix[at]), prefix[at + 4] == UInt8(ascii: "-") else {
      return nil
    }
    var end = at + 11
    while end < prefix.count, isPartOfTime(prefix[end]) { end += 1 }
    let time = slice(prefix, at, end)
    return Instant(time) == nil ? nil : time
  }

  private static func isPartOfTime(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-")
  }

  /// Where a JSON object may start in a line that does not start with one, from `position` on.
  ///
  /// Not where the brace is the value of a member or an element: the line is then a piece of broken JSON,
  /// and what it holds inside is no record.
  static func objectStart(_ line: Text, from position: Int = 0) -> Int? {
    guard position > 0 || !looksBroken(line) else { return nil }
    guard
      let start = (position..<max(position, line.count)).first(where: {
        line[$0] == UInt8(ascii: "{")
      })
    else { return nil }
    var before = start - 1
    while before >= 0, line[before] == 0x20 || line[before] == 0x09 || line[before] == 0x5B {
      before -= 1
    }
    guard before > 0 else { return start }
    let sign = line[before]
    guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: ",") else { return start }
    before -= 1
    while before > 0, line[before] == 0x20 || line[before] == 0x09 { before -= 1 }
    // `": {` is a member of an object, `}, {` and the like an element.
    let isCutOff = line[before] == UInt8(ascii: "\"")
    let isClosed = line[before] == UInt8(ascii: "}") || line[before] == UInt8(ascii: "]")
    return isCutOff || isClosed && sign == UInt8(ascii: ",") ? nil : start
  }

  /// Where an object may start behind a brace that started none; nil where that one was broken JSON.
  static func nextStart(_ line: Text, behind start: Int) -> Int? {
    guard start + 1 < line.count, line[start + 1] != UInt8(ascii: "\"") else { return nil }
    return objectStart(line, from: start + 1)
  }

  private static func looksBroken(_ line: Text) -> Bool {
    guard let first = line.bytes.first(where: { !isASCIISpace($0) }) else { return false }
    return first == UInt8(ascii: "\"") || first == UInt8(ascii: "}")
  }

  /// Lines of a server-sent event stream around its data: names, ids, comments and the final `[DONE]`.
  static func isEventFraming(_ line: Text) -> Bool {
    if line.hasPrefix("event:") || line.hasPrefix("id:") || line.hasPrefix("retry:") {
      let value = line.dropFirst(line.hasPrefix("event:") ? 6 : line.hasPrefix("id:") ? 3 : 6)
      return value.count <= 80 && isWord(value.trimmed)
    }
    if line.hasPrefix("data:") {
      let value = line.dropFirst(5).trimmed
      return value.isEmpty || value == "[DONE]"
    }
    return line.hasPrefix(":") && isPlainText(line)
  }

  private static func isWord(_ text: Text) -> Bool {
    text.bytes.allSatisfy {
      isDigit($0) || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x5F || $0 == 0x2D
        || $0 == 0x2E
    }
  }

  /// A line that a program printed beside its JSON: no brace or quote in it, and nothing damaged.
  static func isPlainText(_ line: Text) -> Bool {
    var at = 0
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""): return false
      case 0x09, 0x0D, 0x1B: at += 1
      case ..<0x20: return false
      case ..<0x80: at += 1
      default:
        guard let length = try? utf8Length(line.start, line.count, at) else { return false }
        at += length
      }
    }
    return true
  }

  private static func space(in line: Text, from position: Int) -> Int? {
    (position..<max(position, line.count)).first { line[$0] == 0x20 }
  }

  private static func slice(_ text: Text, _ from: Int, _ to: Int) -> Text {
    Text(start: text.start + from, count: to - from)
  }
}
