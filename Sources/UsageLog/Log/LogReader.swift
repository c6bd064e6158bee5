/// Reads one log record by record, whatever its format: the arrow from file to calls.
///
/// Bad records are reported and passed over; only an input that cannot be read any further throws.
package final class LogReader {
  /// Where a log that was read before goes on.
  package struct Resumption: Sendable {
    package var format: String
    package var offset: Int64
    package var line: Int64
    /// The first line of a delimited file, which names its columns.
    package var header: String

    package init(format: String, offset: Int64, line: Int64, header: String) {
      self.format = format
      self.offset = offset
      self.line = line
      self.header = header
    }
  }

  package private(set) var output = RecordOutput()
  /// Byte and line (from 1) where the record starts.
  package private(set) var recordOffset: Int64 = 0
  package private(set) var recordLine: Int64 = 0
  /// Bytes of the record, without its line break; nil for one too long to hold.
  package private(set) var recordBytes: UnsafeBufferPointer<UInt8>?
  package private(set) var recordLength: Int64 = 0
  /// The last record ended with the input, not with a line break: more of it may follow later.
  package private(set) var isUnfinished = false
  package let formatName: String
  /// The first line of a delimited file with a header.
  package private(set) var header = ""

  private let buffer: LogBuffer
  private let fileTime: Int64
  /// More may be appended to the input later, so a cut-off last record can wait.
  private let mayGrow: Bool
  private var records: LogOpening.Records

  /// Where the next run goes on: behind everything that was read whole.
  package var resumption: Resumption {
    Resumption(
      format: formatName, offset: isUnfinished ? recordOffset : buffer.offset,
      line: isUnfinished ? recordLine : buffer.line, header: header)
  }

  /// What the log looked like up to there.
  package var fingerprint: LogFingerprint { buffer.fingerprint(upTo: resumption.offset) }

  /// - Parameters:
  ///   - input: from the log's start, or from `passed` bytes before the point to go on from.
  ///   - fileTime: UTC milliseconds, for records that carry no time.
  ///   - forced: the format's name, instead of recognising it.
  /// - Throws: `LogError` if the format is not known, `InputError` if the input cannot be read.
  package init(
    _ input: any ByteInput, fileTime: Int64, mayGrow: Bool, forced: String? = nil,
    resuming: Resumption? = nil, passed: Int = 0, head: [UInt8] = [],
    options: ReadingOptions = ReadingOptions()
  ) throws {
    self.fileTime = fileTime
    self.mayGrow = mayGrow
    buffer = LogBuffer(
      input, offset: (resuming?.offset ?? 0) - Int64(passed), line: resuming?.line ?? 1, head: head)
    var opening = LogOpening(buffer: buffer, options: options)
    if let resuming {
      records = try opening.resume(resuming, passed: passed)
    } else {
      records = try opening.recognise(forced: forced)
    }
    header = opening.header
    formatName = opening.formatName
  }

  /// Reads the next record into `output`; false at the end.
  package func next() throws(InputError) -> Bool {
    switch records {
    case .nothing: return false
    case .json(let reader, let read): return try nextJSON(reader, read)
    case .delimited(let reader, let read): return try nextRow(reader, read)
    }
  }
}

// MARK: - JSON

extension LogReader {
  private func nextJSON(
    _ reader: JSONReader, _ read: LogOpening.ReadValue
  ) throws(InputError) -> Bool {
    guard try skipToValue() else { return false }
    while true {
      var end = 0
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        // A number at the very end may go on in the next bytes; objects and arrays cannot.
        begin(length: end)
        isUnfinished = false
        read(value, fileTime, &output)
        return true
      } catch {
        if error == .truncated, try buffer.fill() { continue }
        try rejectJSON(error)
        return true
      }
    }
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
      // Half a line at the end: the writer is not done. It is read again next time.
      isUnfinished = true
      output.outcome = .skipped("an unfinished last line (read again when the log grows)")
      recordLength = Int64(buffer.count)
      buffer.skip(buffer.count, lines: 0)
      return
    }
    let isTooLong = fault == .truncated && !buffer.isAtEnd
    output.outcome = .rejected(
      isTooLong ? .tooLong(limit: LogBuffer.recordLimit) : reason(for: fault))
    recordLength = try buffer.dropLine()
    try skipContinuation()
  }

  private func reason(for fault: JSONFault) -> RejectionReason {
    switch fault {
    case .truncated: return .truncated
    case .controlCharacter(let at), .unexpected(let at):
      return buffer.bytes[at] == 0x0A ? .truncated : .notJSON(fault)
    default: return .notJSON(fault)
    }
  }

  /// After a broken value that ran over several lines, its remaining lines are not records.
  private func skipContinuation() throws(InputError) {
    while true {
      if buffer.count == 0, try !buffer.fill() { return }
      let first = buffer.bytes[0]
      guard
        first == 0x20 || first == 0x09 || first == UInt8(ascii: "}")
          || first == UInt8(ascii: "]")
      else { return }
      recordLength += try buffer.dropLine()
    }
  }
}

// MARK: - Rows

extension LogReader {
  private func nextRow(
    _ reader: DelimitedReader, _ read: LogOpening.ReadRow
  ) throws(InputError) -> Bool {
    while buffer.count == 0 { if try !buffer.fill() { return false } }
    while true {
      switch reader.read(buffer.bytes, count: buffer.count, isLast: buffer.isAtEnd) {
      case .row(let row, let length):
        let bytes = UnsafeBufferPointer(start: buffer.bytes, count: length)
        let endsOpen = buffer.isAtEnd && length == buffer.count && bytes.last != 0x0A
        begin(length: length)
        isUnfinished = endsOpen && mayGrow
        if let fault = invalidUTF8(bytes) {
          output.clear()
          output.outcome = .rejected(.badCSV(fault.text))
        } else {
          read(row, fileTime, &output)
        }
        return true
      case .bad(let what, let length):
        begin(length: length)
        output.clear()
        output.outcome = .rejected(.badCSV(what))
        return true
      case .incomplete:
        if try buffer.fill() { continue }
        begin(length: 0)
        output.clear()
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

  /// Notes where the record lies and moves behind it; its bytes stay in place until the next fill.
  private func begin(length: Int) {
    recordOffset = buffer.offset
    recordLine = buffer.line
    recordLength = Int64(length)
    let bytes = buffer.bytes
    var content = length
    while content > 0, isASCIISpace(bytes[content - 1]) { content -= 1 }
    recordBytes = UnsafeBufferPointer(start: bytes, count: content)
    buffer.skip(length)
  }
}
