import Foundation
import UsageLog

/// The reading side of an import: logs in order, record by record, into batches for the writer.
struct LogImport {
  private let sources: [ImportPath]
  private let options: ImportOptions
  private let queue: BatchQueue
  private var ledger: Ledger
  private var coder: CallCoder
  private var batch = ImportBatch()

  init(
    sources: [ImportPath], options: ImportOptions, ledger: Ledger, coder: CallCoder,
    queue: BatchQueue
  ) {
    self.sources = sources
    self.options = options
    self.ledger = ledger
    self.coder = coder
    self.queue = queue
  }

  /// Reads everything and ends the queue.
  mutating func run() {
    for path in sources {
      batch.summary.files += 1
      do {
        try read(path)
      } catch is Stopped {
        return
      } catch {
        batch.summary.failedFiles.append(
          ImportSummary.FailedFile(
            path: path.shown, reason: "\(error)",
            isOnlyUnknown: !path.isExplicit && error as? LogError == .unknownFormat))
      }
    }
    guard handOver() else { return }
    _ = queue.put(nil)
  }

  /// The writer has given up; there is nobody to read for.
  private struct Stopped: Error {}

  private mutating func read(_ path: ImportPath) throws {
    let source = try LogSource(path: path.path)
    if !options.rereads, !source.isStandardInput,
      ledger.untouched(path: path.path, stat: source.stat) != nil
    {
      batch.summary.unchangedFiles += 1
      batch.inputBytes += source.stat.size
      return
    }
    let opened = try source.open(
      ledger: ledger, rereads: options.rereads, format: options.format, options: options.reading,
      now: options.now)
    let (reader, known) = (opened.reader, opened.known)
    let id = known?.id ?? ledger.newID()
    var log = OpenLog(
      id: id, source: source, shown: path.shown, reader: reader,
      format: contentHash(reader.formatName), noted: reader.resumption.offset)
    coder.beginLog(behind: opened.tail, isWhole: opened.tail.count == log.firstOffset, log.format)
    do {
      while try reader.next() {
        take(reader, of: log)
        log.passLine()
        if batch.isFull || batch.calls.count >= options.callsPerCommit {
          note(&log)
          if !handOver() { throw Stopped() }
        }
      }
    } catch let error as InputError {
      // What was read before the damage counts; the rest is said once.
      note(&log)
      throw error
    }
    if known != nil, log.firstOffset == reader.resumption.offset, !reader.isUnfinished {
      batch.summary.unchangedFiles += 1
    }
    note(&log, isRead: true)
  }

  private struct OpenLog {
    let id: Int64
    let source: LogSource
    let shown: String
    let reader: LogReader
    let format: UInt64
    /// Offset up to which bytes were reported.
    var noted: Int64
    let firstOffset: Int64
    /// Lines of the records read since then.
    var lines: ClosedRange<Int64>?

    init(
      id: Int64, source: LogSource, shown: String, reader: LogReader, format: UInt64, noted: Int64
    ) {
      self.id = id
      self.source = source
      self.shown = shown
      self.reader = reader
      self.format = format
      self.noted = noted
      firstOffset = noted
    }

    /// Takes note of the record just read, unless it has to be read again.
    mutating func passLine() {
      if reader.isUnfinished, case .skipped = reader.output.outcome { return }
      lines = (lines?.lowerBound ?? reader.recordLine)...reader.recordLine
    }
  }

  /// Adds one record to the batch.
  private mutating func take(_ reader: LogReader, of log: OpenLog) {
    let output = reader.output
    let refusal = output.calls.lazy.compactMap(\.refusal).first
    let outcome = refusal.map { .rejected($0) } ?? output.outcome
    batch.note(outcome)
    switch outcome {
    case .call:
      let first = batch.calls.count
      coder.append(
        output.calls, line: reader.recordBytes, lineNumber: reader.recordLine, source: log.id,
        format: log.format, to: &batch.calls)
      for row in first..<batch.calls.count { batch.sums.add(batch.calls, row) }
      if output.calls[0].timeIsNaive { batch.summary.naiveTimes += 1 }
      if output.calls[0].timeIsApproximate { batch.summary.approximateTimes += 1 }
    case .buckets:
      // Each row of a page is a record of its own.
      batch.summary.records += Int64(output.buckets.count) - 1
      let fetchedAt =
        log.source.isStandardInput ? options.now : log.source.stat.modifiedMs
      for bucket in output.buckets {
        batch.buckets.append(
          ImportBatch.Bucket(
            bucket: bucket, fetchedAt: fetchedAt, source: log.id, line: reader.recordLine))
      }
    case .rejected(let reason):
      batch.rejects.append(
        ImportBatch.Reject(
          source: log.id, offset: reader.recordOffset, line: reader.recordLine,
          bytes: reader.recordLength, reason: reason.text))
      if batch.summary.firstRejects.count < 5 {
        batch.summary.firstRejects.append(
          ImportSummary.Reject(
            path: log.shown, line: reader.recordLine, reason: reason.text))
      }
    case .skipped:
      break
    }
  }

  /// Puts the log's place into the batch, so that it moves together with its rows.
  ///
  /// Only a log that was read to its end may be passed by as untouched next time.
  private mutating func note(_ log: inout OpenLog, isRead: Bool = false) {
    let resumption = log.reader.resumption
    var stat = log.source.stat
    if !isRead { stat.modifiedNs = FileStat.neverModified }
    let progress = LogProgress(
      id: log.id, path: log.source.path, stat: stat, resumption: resumption,
      fingerprint: log.reader.fingerprint, lines: log.lines)
    log.lines = nil
    batch.progress.append(progress)
    batch.inputBytes += resumption.offset - log.noted
    log.noted = resumption.offset
    ledger.note(
      Ledger.Entry(
        id: log.id, path: log.source.path, stat: stat, resumption: resumption,
        fingerprint: progress.fingerprint))
  }

  private mutating func handOver() -> Bool {
    let (names, longNames) = coder.takeNewNames()
    batch.names = names
    batch.longNames = longNames
    let full = batch
    guard queue.put(full) else { return false }
    batch = queue.spare()
    return true
  }
}
