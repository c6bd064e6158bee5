/// Records that are rows of a delimited log.
extension LogReader {
  func nextRow(
    _ reader: DelimitedReader, _ read: LogOpening.ReadRow
  ) throws(InputError) -> Bool {
    while buffer.count == 0 { if try !buffer.fill() { return false } }
    while true {
      switch reader.read(buffer.bytes, count: buffer.count, isLast: buffer.isAtEnd) {
      case .row(let row, let length):
        let bytes = UnsafeBufferPointer(start: buffer.bytes, count: length)
        let mayGoOn = self.mayGoOn(behind: length)
        begin(length: length)
        isUnfinished = mayGoOn
        if let fault = invalidUTF8(bytes) {
          output.clear()
          output.outcome = .rejected(.badCSV(fault.text))
        } else {
          read(row, &output)
        }
        if case .rejected = output.outcome {
          if isUnfinished {
            output.outcome = Self.unfinished
          } else if repeatsHeader(Text(start: bytes.baseAddress ?? buffer.bytes, count: length)) {
            output.outcome = .skipped("the header again")
          }
        }
        return true
      case .bad(_, let length) where mayGoOn(behind: length):
        begin(length: 0)
        output.clear()
        waitForTheRest()
        return true
      case .bad(let what, let length):
        begin(length: length)
        output.clear()
        output.outcome = .rejected(.badCSV(what))
        return true
      case .incomplete:
        let knewTheEnd = buffer.isAtEnd
        // At the end the row may do without a line break after all.
        if try buffer.fill() || buffer.isAtEnd != knewTheEnd { continue }
        begin(length: 0)
        output.clear()
        if buffer.isAtEnd, mayGrow, buffer.lineBreak() == nil {
          waitForTheRest()
          return true
        }
        if buffer.isAtEnd {
          output.outcome = .rejected(.badCSV("a quoted field is never closed"))
        } else {
          output.outcome = .rejected(.tooLong(limit: LogBuffer.recordLimit))
        }
        recordBytes = nil
        recordLength = try buffer.dropLine()
        return true
      }
    }
  }

  /// Files that were put together bring their headers along, and their byte order marks.
  private func repeatsHeader(_ row: Text) -> Bool {
    var row = row.trimmed
    if row.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { row = row.dropFirst(3) }
    var header = header
    return !header.isEmpty
      && header.withUTF8 { bytes in
        bytes.baseAddress.map { Text(start: $0, count: bytes.count).trimmed == row } ?? false
      }
  }

  /// The row ends with a log that may grow, and without a line break.
  private func mayGoOn(behind length: Int) -> Bool {
    mayGrow && buffer.isAtEnd && length == buffer.count && buffer.bytes[length - 1] != 0x0A
  }

  private func invalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONFault? {
    guard let base = bytes.baseAddress else { return nil }
    var at = 0
    while at < bytes.count {
      if base[at] < 0x80 {
        at += 1
        continue
      }
      do throws(JSONFault) { at += try utf8Length(base, bytes.count, at) } catch { return error }
    }
    return nil
  }
}
