/// A broken element of an array that stands on one line with its neighbours.
extension LogReader {
  /// Its length, where the array can be seen to go on behind it: with an element that is whole, or with
  /// its end.
  ///
  /// A damaged quote turns what is inside strings out; what then looks like the element's end is not
  /// believed unless what follows is sound.
  func brokenElement(_ reader: JSONReader) throws(InputError) -> Int? {
    guard let length = try balancedEnd(from: 0) else { return nil }
    var end = length
    while true {
      guard var at = try skipBlanks(from: end) else { return nil }
      if buffer.bytes[at] == UInt8(ascii: "]") { return length }
      guard buffer.bytes[at] == UInt8(ascii: ","), let next = try skipBlanks(from: at + 1),
        buffer.bytes[next] == UInt8(ascii: "{")
      else { return nil }
      at = next
      guard let nextEnd = try balancedEnd(from: at) else { return nil }
      if (try? reader.read(buffer.bytes, count: buffer.count, at: &at)) != nil { return length }
      end = nextEnd
    }
  }

  /// Where the braces close that open at `position`, on the same line.
  private func balancedEnd(from position: Int) throws(InputError) -> Int? {
    var at = position
    var closers: [UInt8] = []
    var inString = false
    while true {
      guard at < buffer.count else {
        if try buffer.fill() { continue }
        return nil
      }
      let byte = buffer.bytes[at]
      at += 1
      if byte == 0x0A { return nil }
      if inString {
        if byte == UInt8(ascii: "\\") {
          at += 1
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): inString = true
      case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
      case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard closers.popLast() == byte else { return nil }
        if closers.isEmpty { return at }
      default: break
      }
    }
  }

  private func skipBlanks(from position: Int) throws(InputError) -> Int? {
    var at = position
    while true {
      guard at < buffer.count else {
        if try buffer.fill() { continue }
        return nil
      }
      guard isBlank(buffer.bytes[at]) else { return at }
      at += 1
    }
  }
}
