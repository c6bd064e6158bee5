/// What a log of no known format looked like: names of keys or columns, never values.
///
/// All are equal: it is for telling, not for deciding.
package struct Sighting: Equatable, Sendable {
  private var keys: [String] = []
  private var container: String?

  init() {}

  /// Looks at the log's start.
  init(_ buffer: LogBuffer) {
    let bytes = UnsafeBufferPointer(start: buffer.bytes, count: min(buffer.count, 4096))
    if bytes.contains(0x0D), !bytes.contains(0x0A) {
      container = "its lines end in carriage returns only; convert them: tr '\\r' '\\n' < FILE"
    } else if bytes.prefix(512).contains(where: { $0 < 0x09 && $0 != 0 }) {
      container = "it is no text"
    } else {
      container = "text without JSON objects and without a header of known columns"
    }
  }

  /// Takes note of an object that no format knows.
  mutating func note(_ value: JSONValue) {
    guard keys.isEmpty, value.isObject else { return }
    keys = value.children.prefix(8).map { Names.key($0.key) }
    container =
      keys.isEmpty
      ? "JSON objects without members"
      : "JSON objects with the keys " + keys.joined(separator: ", ")
  }

  package var text: String { container.map { "; seen: \($0)" } ?? "" }

  package static func == (left: Sighting, right: Sighting) -> Bool { true }
}

/// Names of keys that may be told: what is no name is masked.
enum Names {
  static func key(_ key: Text) -> String {
    let bytes = key.bytes.prefix(40).map { byte in
      isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
        || byte == 0x2D || byte == 0x2E ? byte : UInt8(ascii: "_")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
