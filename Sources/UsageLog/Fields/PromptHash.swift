import Crypto

/// The articles' prompt hash: SHA-256 of what Python's `json.dumps(messages, sort_keys=True)` prints,
/// the first 16 hex digits.
///
/// Logs that hold the prompt and logs that hold this hash then join. Keys are sorted by code point, of
/// equal keys the last counts, everything outside ASCII is escaped, floats are printed as Python does.
package struct PromptHash {
  private var text: [UInt8] = []

  package init() {}

  /// The hash as a number; its 16 hexadecimal digits are what the articles store.
  package mutating func hash(_ messages: JSONValue) -> UInt64 {
    text.removeAll(keepingCapacity: true)
    write(messages)
    var value: UInt64 = 0
    for byte in SHA256.hash(data: text).prefix(8) { value = value << 8 | UInt64(byte) }
    return value
  }

  /// What Python prints, for tests.
  package mutating func canonicalText(_ value: JSONValue) -> String {
    text.removeAll(keepingCapacity: true)
    write(value)
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func write(_ value: JSONValue) {
    switch value.node.kind {
    case .null: append("null")
    case .true: append("true")
    case .false: append("false")
    case .number: writeNumber(value.source)
    case .string: writeString(value.rawText)
    case .array:
      text.append(UInt8(ascii: "["))
      var first = true
      for element in value.children {
        if !first { append(", ") }
        first = false
        write(element)
      }
      text.append(UInt8(ascii: "]"))
    case .object:
      writeObject(value)
    }
  }

  private mutating func writeObject(_ object: JSONValue) {
    var members = object.children.enumerated().map { ($0.offset, $0.element, $0.element.rawKey) }
    members.sort { left, right in
      if left.2.elementsEqual(right.2) { return left.0 < right.0 }
      return left.2.lexicographicallyPrecedes(right.2)
    }
    text.append(UInt8(ascii: "{"))
    var first = true
    for (position, (_, member, key)) in members.enumerated() {
      if position + 1 < members.count, members[position + 1].2.elementsEqual(key) { continue }
      if !first { append(", ") }
      first = false
      writeString(key)
      append(": ")
      write(member)
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Prints a string again as Python escapes it.
  private mutating func writeString(_ points: JSONCodePoints) {
    text.append(UInt8(ascii: "\""))
    for point in points {
      if point >= 0x10000 {
        writeUnit(0xD800 + (point - 0x10000) >> 10)
        writeUnit(0xDC00 + (point - 0x10000) & 0x3FF)
      } else {
        writeUnit(point)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  /// One UTF-16 unit as `ensure_ascii` writes it.
  private mutating func writeUnit(_ unit: UInt32) {
    switch unit {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    case 0x20...0x7E: text.append(UInt8(truncatingIfNeeded: unit))
    default:
      append("\\u")
      for shift in [12, 8, 4, 0] as [UInt32] {
        let digit = UInt8(truncatingIfNeeded: (unit >> shift) & 0xF)
        text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }

  /// An integer as written, a float as Python's `repr`.
  private mutating func writeNumber(_ number: Text) {
    if number.bytes.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) {
      append(PythonFloat.repr(Double(number.string) ?? .nan))
    } else if number == "-0" {
      append("0")
    } else {
      text.append(contentsOf: number.bytes)
    }
  }

  private mutating func append(_ ascii: String) { text.append(contentsOf: ascii.utf8) }
}

extension JSONValue {
  fileprivate var rawText: JSONCodePoints {
    JSONCodePoints(Text(start: bytes + Int(node.start), count: Int(node.count)))
  }

  fileprivate var rawKey: JSONCodePoints {
    JSONCodePoints(Text(start: bytes + Int(node.keyStart), count: Int(node.keyCount)))
  }
}
