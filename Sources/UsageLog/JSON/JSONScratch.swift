/// Room for strings whose escapes had to be resolved; emptied with each record.
package final class JSONScratch {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []

  deinit { clear() }

  func clear() {
    guard !blocks.isEmpty else { return }
    for block in blocks { block.deallocate() }
    blocks.removeAll(keepingCapacity: true)
  }

  /// The text with its escapes resolved.
  ///
  /// The reader has checked them; a lone surrogate becomes U+FFFD.
  func unescape(_ raw: Text) -> Text {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: raw.count + 4)
    blocks.append(block)
    var read = 0
    var written = 0
    while read < raw.count {
      guard raw[read] == UInt8(ascii: "\\") else {
        block[written] = raw[read]
        read += 1
        written += 1
        continue
      }
      read += 1
      let letter = raw[read]
      read += 1
      if letter == UInt8(ascii: "u") {
        let scalar = JSONEscape.scalar(in: raw, at: &read) ?? Unicode.Scalar(0xFFFD)
        for byte in UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
          block[written] = byte
          written += 1
        }
      } else {
        block[written] = JSONEscape.plain(letter)
        written += 1
      }
    }
    return Text(start: UnsafePointer(block), count: written)
  }
}

/// Escapes of RFC 8259 section 7.
enum JSONEscape {
  /// What the one-letter escape stands for.
  static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: letter
    }
  }

  /// Four hexadecimal digits, or nil.
  static func unit(in raw: Text, at index: Int) -> UInt32? {
    guard index + 4 <= raw.count else { return nil }
    var value: UInt32 = 0
    for offset in 0..<4 {
      guard let digit = hexDigit(raw[index + offset]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// The scalar behind `\u`, joining surrogate pairs; nil for a lone surrogate.
  ///
  /// Moves `read` on.
  static func scalar(in raw: Text, at read: inout Int) -> Unicode.Scalar? {
    guard let first = unit(in: raw, at: read) else { return nil }
    read += 4
    if first >= 0xD800, first < 0xDC00, read + 6 <= raw.count,
      raw[read] == UInt8(ascii: "\\"), raw[read + 1] == UInt8(ascii: "u"),
      let second = unit(in: raw, at: read + 2), second >= 0xDC00, second < 0xE000
    {
      read += 6
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }
    return Unicode.Scalar(first)
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }
}
