/// Lines that do not start with an object: values of other kinds, JSON behind a prefix, plain text.
extension LogReader {
  func readLine(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool {
    if try skipByteOrderMark() { return false }
    if let told = try readScalar(reader, format) { return told }
    guard try reachLineEnd() else {
      try rejectJSON(.truncated, reader)
      return true
    }
    let lineBreak = buffer.lineBreak()
    let line = Text(start: buffer.bytes, count: lineBreak ?? buffer.count)
    let mayGoOn = lineBreak == nil && mayGrow
    if let piece = LinePrefix.containerLine(line),
      piece.isPartial || format.isJoining(piece.stream)
    {
      return mayGoOn ? wait() : join(piece, line, format)
    }
    if let told = try readBehindPrefix(line, reader, format) { return told }
    if mayGoOn { return wait() }
    return try passOver(line, reader)
  }

  /// Concatenated files bring theirs along.
  private func skipByteOrderMark() throws(InputError) -> Bool {
    guard buffer.bytes[0] == 0xEF else { return false }
    while buffer.count < 3 { if try !buffer.fill() { return false } }
    guard buffer.bytes[1] == 0xBB, buffer.bytes[2] == 0xBF else { return false }
    buffer.skip(3, lines: 0)
    return true
  }

  /// Fills the window up to the end of the line; false where it is too long for it.
  func reachLineEnd() throws(InputError) -> Bool {
    var seen = 0
    while buffer.lineBreak(from: seen) == nil {
      seen = buffer.count
      if try !buffer.fill() { return buffer.isAtEnd }
    }
    return true
  }

  private func wait() -> Bool {
    begin(length: 0)
    output.clear()
    waitForTheRest()
    return true
  }

  /// A value that is no object, such as a string with JSON in it; nil where the line is text.
  private func readScalar(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool? {
    while true {
      var end = 0
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        try expectBreak(at: end)
        // `2026` at the end may become the time that a line starts with.
        if mayGrow, !value.isString, buffer.lineBreak(from: end) == nil, buffer.isAtEnd {
          return nil
        }
        return take(value, length: end, time: nil, format)
      } catch {
        let knewTheEnd = buffer.isAtEnd
        if error == .truncated, buffer.lineBreak() == nil,
          try buffer.fill() || buffer.isAtEnd != knewTheEnd
        {
          continue
        }
        return nil
      }
    }
  }

  /// Adds the line to the one it is a piece of.
  private func join(
    _ piece: LinePrefix.ContainerLine, _ line: Text, _ format: JSONFormatReader
  ) -> Bool {
    begin(length: min(line.count + 1, buffer.count))
    isUnfinished = false
    let place = Place(offset: recordOffset, line: recordLine)
    let taken = format.take(
      piece.content, of: piece.stream.string, isLast: !piece.isPartial, time: piece.time,
      at: place, into: &output)
    return settle(taken, format)
  }

  /// Reads the object behind a logger's or shipper's prefix; nil where there is none.
  private func readBehindPrefix(
    _ first: Text, _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool? {
    var line = first
    var candidate = LinePrefix.objectStart(line)
    while let start = candidate {
      var end = start
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        let time = LinePrefix.time(in: line.prefix(start))
        return take(value, length: end, time: time, format)
      } catch {
        let knewTheEnd = buffer.isAtEnd
        if error == .truncated, try buffer.fill() || buffer.isAtEnd != knewTheEnd {
          line = Text(start: buffer.bytes, count: first.count)
          continue
        }
        candidate = LinePrefix.nextStart(line, behind: start)
      }
    }
    return nil
  }

  /// Passes over a line without a record: silently where it frames a stream's events, as text, or as broken.
  private func passOver(_ line: Text, _ reader: JSONReader) throws(InputError) -> Bool {
    if LinePrefix.isEventFraming(line) {
      buffer.skip(min(line.count + 1, buffer.count))
      return false
    }
    guard LinePrefix.isPlainText(line) else {
      try rejectJSON(fault(of: line, reader), reader)
      return true
    }
    begin(length: min(line.count + 1, buffer.count))
    isUnfinished = false
    output.clear()
    output.outcome = .skipped("a line of text")
    return true
  }

  private func fault(of line: Text, _ reader: JSONReader) -> JSONFault {
    var at = LinePrefix.objectStart(line) ?? 0
    do throws(JSONFault) {
      _ = try reader.read(buffer.bytes, count: buffer.count, at: &at)
      return .unexpected(at: at)
    } catch {
      return error
    }
  }
}
