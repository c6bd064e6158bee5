/// Records that are JSON values, whatever stands between them.
extension LogReader {
  func nextJSON(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool {
    if let record = nextPacked() {
      format.read(record, fileTime: fileTime, into: &output)
      return true
    }
    while try skipToValue() {
      if try readValue(reader, format) { return true }
    }
    return endOpenRecord(format)
  }

  /// Reads the next value; false where it is a part of a record that goes on.
  private func readValue(
    _ reader: JSONReader, _ format: JSONFormatReader
  ) throws(InputError) -> Bool {
    while true {
      var end = 0
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        if !value.isObject { try expectBreak(at: end) }
        let bytes = buffer.bytes
        begin(length: end)
        isUnfinished = false
        if let records = format.records(in: value) {
          return unpack(records, from: bytes, count: end, format)
        }
        format.read(value, fileTime: fileTime, into: &output)
        return followOpenRecord(format)
      } catch {
        let knewTheEnd = buffer.isAtEnd
        if error == .truncated, try buffer.fill() || buffer.isAtEnd != knewTheEnd { continue }
        try rejectJSON(error)
        return true
      }
    }
  }

  private func unpack(
    _ records: [JSONValue], from bytes: UnsafePointer<UInt8>, count: Int,
    _ format: JSONFormatReader
  ) -> Bool {
    packed = PackedValue(
      records: records[...], start: bytes, end: bytes + count,
      place: Place(offset: recordOffset, line: recordLine), counted: bytes, line: recordLine)
    if let first = nextPacked() {
      format.read(first, fileTime: fileTime, into: &output)
    } else {
      output.clear()
      output.outcome = .skipped("an empty batch of records")
    }
    return true
  }

  /// Only an object may have anything behind it: `2026-11-09 …` is a line of text, not the number 2026.
  private func expectBreak(at end: Int) throws(JSONFault) {
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

  private func rejectJSON(_ fault: JSONFault) throws(InputError) {
    output.clear()
    recordOffset = buffer.offset
    recordLine = buffer.line
    recordBytes = nil
    isUnfinished = false
    if fault == .truncated, buffer.isAtEnd, mayGrow, buffer.lineBreak() == nil {
      waitForTheRest()
      return
    }
    let isTooLong = fault == .truncated && !buffer.isAtEnd
    output.outcome = .rejected(
      isTooLong ? .tooLong(limit: LogBuffer.recordLimit) : reason(for: fault))
    let indentation = buffer.indentation
    let runsOn = reachesBehindLine(fault)
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

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
