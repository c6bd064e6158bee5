/// Borrowed UTF-8 bytes of the record being read.
///
/// Valid only until the next record is read: whoever keeps a text copies it (`string`). Borrowing is
/// what lets a million calls be read without a million small allocations.
package struct Text {
  package let start: UnsafePointer<UInt8>
  package let count: Int

  package init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package var isEmpty: Bool { count == 0 }

  static var empty: Text {
    let nothing: StaticString = ""
    return Text(start: nothing.utf8Start, count: 0)
  }

  package subscript(index: Int) -> UInt8 { start[index] }

  /// Without white space at either end.
  package var trimmed: Text {
    var first = 0
    var end = count
    while first < end, isASCIISpace(start[first]) { first += 1 }
    while end > first, isASCIISpace(start[end - 1]) { end -= 1 }
    return Text(start: start + first, count: end - first)
  }

  package func dropFirst(_ n: Int) -> Text { Text(start: start + n, count: count - n) }

  package func prefix(_ n: Int) -> Text { Text(start: start, count: min(n, count)) }

  package func hasPrefix(_ prefix: StaticString) -> Bool {
    count >= prefix.utf8CodeUnitCount
      && equalBytes(start, prefix.utf8Start, prefix.utf8CodeUnitCount)
  }

  package static func == (text: Text, literal: StaticString) -> Bool {
    text.count == literal.utf8CodeUnitCount
      && equalBytes(text.start, literal.utf8Start, text.count)
  }

  package static func == (left: Text, right: Text) -> Bool {
    left.count == right.count && equalBytes(left.start, right.start, left.count)
  }

  /// Equal but for the case of ASCII letters.
  package func matches(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    for index in 0..<count where lowercased(start[index]) != literal.utf8Start[index] {
      return false
    }
    return true
  }
}

@inline(__always)
package func isASCIISpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

@inline(__always)
package func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
package func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

@inline(__always)
func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var index = 0
  while index < count {
    if left[index] != right[index] { return false }
    index += 1
  }
  return true
}
