/// OpenTelemetry as the collector's file exporter writes it in protobuf, bare or behind length prefixes.
///
/// It is refused, not read: the same exporter writes JSON.
enum BinaryTelemetry {
  static func recognises(_ bytes: Text) -> Bool {
    guard bytes.count >= 12 else { return false }
    if isRequest(bytes) { return true }
    // Four bytes of length, then a request or a zstd frame.
    let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length >= 8, length < 1 << 30 else { return false }
    let frame = bytes.dropFirst(4)
    let isCompressed = [0x28, 0xB5, 0x2F, 0xFD].enumerated().allSatisfy { frame[$0] == $1 }
    return bytes[0] < 0x20 && (isCompressed || isRequest(frame))
  }

  /// An export request starts with field 1, whose message starts with its resource, of which a name is near.
  private static func isRequest(_ bytes: Text) -> Bool {
    guard bytes[0] == 0x0A, let content = behindLength(bytes, from: 1), content + 1 < bytes.count,
      bytes[content] == 0x0A || bytes[content] == 0x12,
      behindLength(bytes, from: content + 1) != nil
    else { return false }
    // A text file may start with empty lines: nothing in it is a control character.
    return bytes.prefix(64).bytes.contains { $0 < 0x09 || (0x0E..<0x20).contains($0) }
  }

  /// Where a length of one to five bytes ends.
  private static func behindLength(_ bytes: Text, from start: Int) -> Int? {
    let end = (start..<min(start + 5, bytes.count)).first { bytes[$0] < 0x80 }
    return end.map { $0 + 1 }
  }
}
