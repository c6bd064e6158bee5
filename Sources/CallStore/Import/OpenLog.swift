import UsageLog

/// A log while it is read.
struct OpenLog {
  let id: Int64
  let source: LogSource
  let shown: String
  let reader: LogReader
  private let file: FileInput
  /// Bytes of the file that the progress bar knows of.
  private var shownBytes: Int64 = 0
  let format: UInt64
  /// Offset up to which bytes were reported.
  var noted: Int64
  let firstOffset: Int64
  let isRereading: Bool
  /// Lines of the records read since then.
  var lines: ClosedRange<Int64>?
  /// The call of the half-written record at the end of what was read.
  var provisional: ProvisionalPlace?
  /// The ledger holds records of it that could not be read.
  var hasRejects = false

  init(
    id: Int64, source: LogSource, shown: String, opened: LogSource.Opened, format: UInt64,
    noted: Int64, isRereading: Bool = false
  ) {
    self.id = id
    self.source = source
    self.shown = shown
    reader = opened.reader
    file = opened.file
    self.format = format
    self.noted = noted
    firstOffset = noted
    self.isRereading = isRereading
  }

  /// Bytes of the file read since this was last asked.
  mutating func newBytes() -> Int64 {
    defer { shownBytes = file.position }
    return file.position - shownBytes
  }

  /// Takes note of the record just read, unless it has to be read again.
  mutating func passLine() {
    if reader.isUnfinished, case .skipped = reader.output.outcome { return }
    // A record that goes on over several values is told behind others that started later.
    let line = reader.recordLine
    lines = min(lines?.lowerBound ?? line, line)...max(lines?.upperBound ?? line, line)
  }
}
