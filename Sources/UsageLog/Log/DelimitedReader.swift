/// The fields of one row; valid until the next row is read.
///
/// A NULL is an empty field.
package struct DelimitedRow {
  package let fields: UnsafeBufferPointer<Text>
}

/// How the fields of a delimited file are told apart.
package struct Delimiting: Equatable, Sendable {
  package var delimiter: UInt8
  /// Quotes as in RFC 4180; without them, backslash escapes as `SELECT … INTO OUTFILE` writes them.
  package var quotes: Bool

  package static let comma = Delimiting(delimiter: UInt8(ascii: ","), quotes: true)
  package static let semicolon = Delimiting(delimiter: UInt8(ascii: ";"), quotes: true)
  package static let tab = Delimiting(delimiter: 0x09, quotes: true)
  package static let dump = Delimiting(delimiter: 0x09, quotes: false)
}

/// Reads rows by RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes.
final class DelimitedReader {
  enum Step {
    case row(DelimitedRow, length: Int)
    /// The bytes end inside the row.
    case incomplete
    case bad(String, length: Int)
  }

  var delimiting: Delimiting
  private var fields: [Text] = []
  private var scratch: [UnsafeMutablePointer<UInt8>] = []

  init(_ delimiting: Delimiting) { self.delimiting = delimiting }

  deinit { clear() }

  private func clear() {
    fields.removeAll(keepingCapacity: true)
    for block in scratch { block.deallocate() }
    scratch.removeAll(keepingCapacity: true)
  }

  /// Reads the row at the start of the bytes; its length includes the line break.
  ///
  /// - Parameter isLast: nothing follows the bytes, so a row may end without a line break.
  func read(_ bytes: UnsafePointer<UInt8>, count: Int, isLast: Bool) -> Step {
    clear()
    var at = 0
    while true {
      let quoted = delimiting.quotes && at < count && bytes[at] == UInt8(ascii: "\"")
      let end = quoted ? quotedEnd(bytes, count, at) : plainEnd(bytes, count, at)
      guard let end, end < count || isLast else { return .incomplete }
      if quoted, end < count, !isBreak(bytes[end]) {
        // Only its first line: the quote may be a stray one that reached into the next rows.
        guard let length = lineLength(bytes, count, isLast: isLast) else { return .incomplete }
        return .bad("text behind a closing quote", length: length)
      }
      append(bytes, from: at, to: end, quoted: quoted)
      at = end
      guard at < count, bytes[at] == delimiting.delimiter else { break }
      at += 1
      if at == count, !isLast { return .incomplete }
    }
    if at < count, bytes[at] == 0x0D { at += 1 }
    if at < count, bytes[at] == 0x0A { at += 1 } else if at >= count, !isLast { return .incomplete }
    return fields.withUnsafeBufferPointer { .row(DelimitedRow(fields: $0), length: at) }
  }

  private func isBreak(_ byte: UInt8) -> Bool {
    byte == delimiting.delimiter || byte == 0x0A || byte == 0x0D
  }

  /// Behind the closing quote, or nil if there is none.
  private func quotedEnd(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int? {
    var at = start + 1
    while at < count {
      if bytes[at] == UInt8(ascii: "\"") {
        if at + 1 < count, bytes[at + 1] == UInt8(ascii: "\"") {
          at += 2
          continue
        }
        return at + 1
      }
      at += 1
    }
    return nil
  }

  private func plainEnd(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int? {
    var at = start
    while at < count {
      let byte = bytes[at]
      if byte == delimiting.delimiter || byte == 0x0A { return at }
      if byte == 0x0D, at + 1 >= count || bytes[at + 1] == 0x0A { return at }
      if byte == UInt8(ascii: "\\"), !delimiting.quotes { at += 1 }
      at += 1
    }
    return min(at, count)
  }

  /// Length of the first line with its break; nil if it may go on behind the bytes.
  private func lineLength(_ bytes: UnsafePointer<UInt8>, _ count: Int, isLast: Bool) -> Int? {
    var at = 0
    while at < count, bytes[at] != 0x0A { at += 1 }
    if at < count { return at + 1 }
    return isLast ? count : nil
  }

  private func append(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, quoted: Bool) {
    let raw = Text(start: bytes + start, count: end - start)
    if quoted {
      let inner = Text(start: bytes + start + 1, count: max(0, end - start - 2))
      fields.append(inner.bytes.contains(UInt8(ascii: "\"")) ? undoubled(inner) : inner)
    } else if raw == "\\N" || raw == "NULL" {
      fields.append(Text(start: bytes + start, count: 0))
    } else if !delimiting.quotes, raw.bytes.contains(UInt8(ascii: "\\")) {
      fields.append(unescaped(raw))
    } else {
      fields.append(raw)
    }
  }

  private func undoubled(_ text: Text) -> Text {
    rewritten(text) { text, at in
      if text[at] == UInt8(ascii: "\""), at + 1 < text.count { at += 1 }
      return text[at]
    }
  }

  private func unescaped(_ text: Text) -> Text {
    rewritten(text) { text, at in
      guard text[at] == UInt8(ascii: "\\"), at + 1 < text.count else { return text[at] }
      at += 1
      return text[at] == UInt8(ascii: "0") ? 0 : JSONEscape.plain(text[at])
    }
  }

  private func rewritten(_ text: Text, _ byte: (Text, inout Int) -> UInt8) -> Text {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.count, 1))
    scratch.append(block)
    var at = 0
    var written = 0
    while at < text.count {
      block[written] = byte(text, &at)
      written += 1
      at += 1
    }
    return Text(start: UnsafePointer(block), count: written)
  }
}
