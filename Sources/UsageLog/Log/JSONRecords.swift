/// Records that are JSON values, whatever stands between them.
extension LogReader {
  func nextJSON(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool {
    while true {
      if packed != nil, tellPacked(format) { return true }
      format.begin()
      if pending != nil, endOverdue(format) { return true }
      if packed != nil { continue }
      guard try skipToValue() else { return endPending(format) }
      let told =
        buffer.bytes[0] == UInt8(ascii: "{")
        ? try readObject(reader, format) : try readLine(reader, format)
      if told { return true }
    }
  }

  /// Reads the object at the window's start; false where it leaves nothing to tell yet.
  @inline(__always)
  private func readObject(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool {
    while true {
      var end = 0
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        return take(value, length: end, time: nil, format)
      } catch {
        let knewTheEnd = buffer.isAtEnd
        if error == .truncated, try buffer.fill() || buffer.isAtEnd != knewTheEnd { continue }
        try rejectJSON(error, reader)
        return true
      }
    }
  }

  /// Takes a value that ends so far behind the window's start; false where it leaves nothing to tell yet.
  @inline(__always)
  func take(
    _ value: JSONValue, length: Int, time: Text?, _ format: JSONFormatReader
  ) -> Bool {
    begin(length: length)
    isUnfinished = false
    let place = Place(offset: recordOffset, line: recordLine)
    return settle(format.take(value, time: time, at: place, into: &output), format)
  }

  /// Only an object may have anything behind it: `2026-11-09 …` is a line of text, not the number 2026.
  func expectBreak(at end: Int) throws(JSONFault) {
    var at = end
    while at < buffer.count, isBlank(buffer.bytes[at]) { at += 1 }
    guard at < buffer.count else {
      if buffer.isAtEnd { return }
      throw .truncated
    }
    let next = buffer.bytes[at]
    guard
      isASCIISpace(next) || next == 0 || next == UInt8(ascii: ",") || next == UInt8(ascii: "]")
    else { throw .unexpected(at: at) }
  }

  /// Moves to where the next value starts: past white space, and what stands between array elements.
  private func skipToValue() throws(InputError) -> Bool {
    while true {
      var at = 0
      let bytes = buffer.bytes
      while at < buffer.count,
        isASCIISpace(bytes[at]) || bytes[at] == 0 || bytes[at] == UInt8(ascii: ",")
          || bytes[at] == UInt8(ascii: "[") || bytes[at] == UInt8(ascii: "]")
      {
        at += 1
      }
      buffer.skip(at)
      if buffer.count > 0 { return true }
      if try !buffer.fill() { return false }
    }
  }

  func rejectJSON(_ fault: JSONFault, _ reader: JSONReader) throws(InputError) {
    output.clear()
    recordOffset = buffer.offset
    recordLine = buffer.line
    recordBytes = nil
    isUnfinished = false
    // Whatever is wrong with half a line, its other half has to be judged with it.
    if mayGrow, try reachLineEnd(), buffer.lineBreak() == nil {
      waitForTheRest()
      return
    }
    let isTooLong = fault == .truncated && !buffer.isAtEnd
    output.outcome = .rejected(
      isTooLong ? .tooLong(limit: LogBuffer.recordLimit) : reason(for: fault))
    let indentation = buffer.indentation
    let runsOn = reachesBehindLine(fault)
    if !runsOn, let length = try brokenElement(reader) {
      recordLength = Int64(length)
      buffer.skip(length)
      return
    }
    recordLength = try buffer.dropLine()
    if runsOn { try skipContinuation(of: indentation) }
  }

  /// Whether the broken value goes on behind its first line.
  private func reachesBehindLine(_ fault: JSONFault) -> Bool {
    guard let lineBreak = buffer.lineBreak() else { return false }
    return switch fault {
    case .truncated: true
    case .tooDeep: false
    case .unexpected(let at), .badNumber(let at), .badEscape(let at), .controlCharacter(let at),
      .invalidUTF8(let at):
      at > lineBreak
    }
  }

  private func reason(for fault: JSONFault) -> RejectionReason {
    switch fault {
    case .truncated: return .truncated
    case .controlCharacter(let at), .unexpected(let at):
      return buffer.bytes[at] == 0x0A ? .truncated : .notJSON(fault)
    default: return .notJSON(fault)
    }
  }

  /// After a broken value that ran over several lines, its remaining lines are not records: the ones
  /// indented deeper than it, and closing brackets.
  private func skipContinuation(of indentation: Int) throws(InputError) {
    while true {
      var at = 0
      while at < buffer.count, isBlank(buffer.bytes[at]) { at += 1 }
      if at == buffer.count {
        if try buffer.fill() { continue }
        return
      }
      let first = buffer.bytes[at]
      let closes = first == UInt8(ascii: "}") || first == UInt8(ascii: "]")
      guard closes || (at > indentation && !isASCIISpace(first)) else { return }
      recordLength += try buffer.dropLine()
    }
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
