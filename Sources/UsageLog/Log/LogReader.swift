/// Reads one log record by record, whatever its format: the arrow from file to calls.
///
/// Bad records are reported and passed over; only an input that cannot be read any further throws.
package final class LogReader {
  /// Where a log that was read before goes on.
  package struct Resumption: Sendable {
    package var format: String
    package var offset: Int64
    package var line: Int64
    /// The first line of a delimited file, which names its columns; only delimiters where it has none.
    package var header: String

    package init(format: String, offset: Int64, line: Int64, header: String) {
      self.format = format
      self.offset = offset
      self.line = line
      self.header = header
    }
  }

  package internal(set) var output = RecordOutput()
  /// Byte and line (from 1) where the record starts.
  package internal(set) var recordOffset: Int64 = 0
  package internal(set) var recordLine: Int64 = 0
  /// Bytes of the record, without its line break; nil for one too long to hold.
  package internal(set) var recordBytes: UnsafeBufferPointer<UInt8>?
  package internal(set) var recordLength: Int64 = 0
  /// The last record ended with the input, not with a line break: more of it may follow later.
  package internal(set) var isUnfinished = false
  package let formatName: String
  /// The first line of a delimited file; of one without a header, only its delimiters.
  package internal(set) var header = ""

  /// The value whose records are read one by one.
  var packed: PackedValue?
  /// Where the first record started that goes on in the next values.
  var pending: Place?
  let buffer: LogBuffer
  let fileTime: Int64
  /// More may be appended to the input later, so a cut-off last record can wait.
  let mayGrow: Bool
  private var records: LogOpening.Records

  /// Where the next run goes on: behind everything that was read whole.
  ///
  /// A log of no known format yet, empty or with half a header, is read from its start again.
  package var resumption: Resumption {
    guard !formatName.isEmpty else { return Resumption(format: "", offset: 0, line: 1, header: "") }
    let unread = pending ?? packed.flatMap { $0.records.isEmpty ? nil : $0.place }
    return Resumption(
      format: formatName,
      offset: unread?.offset ?? (isUnfinished ? recordOffset : buffer.offset),
      line: unread?.line ?? (isUnfinished ? recordLine : buffer.line), header: header)
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
    var opening = LogOpening(
      buffer: buffer, fileTime: fileTime, options: options, mayGrow: mayGrow)
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

extension LogReader {
  /// Notes where the record lies and moves behind it; its bytes stay in place until the next fill.
  func begin(length: Int) {
    recordOffset = buffer.offset
    recordLine = buffer.line
    recordLength = Int64(length)
    let bytes = buffer.bytes
    var content = length
    while content > 0, isASCIISpace(bytes[content - 1]) { content -= 1 }
    recordBytes = UnsafeBufferPointer(start: bytes, count: content)
    buffer.skip(length)
  }

  /// Leaves half a line at the end for the next run: the writer is not done.
  func waitForTheRest() {
    isUnfinished = true
    output.outcome = Self.unfinished
    recordLength = Int64(buffer.count)
    buffer.skip(buffer.count, lines: 0)
  }

  static let unfinished = RecordOutput.Outcome.skipped(
    "an unfinished last line (read again when the log grows)")
}
