/// The code points of a string's raw content, escapes resolved.
///
/// Unlike text, a string in JSON may hold a lone surrogate: it is a code point here, as it is in Python.
/// The reader has checked the content.
struct JSONCodePoints: Sequence, IteratorProtocol {
  private let raw: Text
  private var at = 0

  init(_ raw: Text) { self.raw = raw }

  @inline(__always)
  mutating func next() -> UInt32? {
    guard at < raw.count else { return nil }
    let byte = raw[at]
    if byte == UInt8(ascii: "\\") { return escape() }
    at += 1
    return byte < 0x80 ? UInt32(byte) : sequence(from: byte)
  }

  private mutating func escape() -> UInt32 {
    let letter = raw[at + 1]
    guard letter == UInt8(ascii: "u") else {
      at += 2
      return UInt32(JSONEscape.plain(letter))
    }
    let first = unit(at: at) ?? 0xFFFD
    at += 6
    guard (0xD800..<0xDC00).contains(first), let second = unit(at: at),
      (0xDC00..<0xE000).contains(second)
    else { return first }
    at += 6
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  /// The unit that a `\u` escape at `index` stands for, or nil if there is none.
  private func unit(at index: Int) -> UInt32? {
    guard index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
      raw[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return JSONEscape.unit(in: raw, at: index + 2)
  }

  private mutating func sequence(from first: UInt8) -> UInt32 {
    let following = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    var point = UInt32(first) & (0x3F >> UInt32(following))
    for _ in 0..<following {
      point = point << 6 | UInt32(raw[at] & 0x3F)
      at += 1
    }
    return point
  }
}
