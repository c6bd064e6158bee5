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

  /// Reads a log once more for the records of it that could not be read before.
  private mutating func retry(_ path: ImportPath, _ source: LogSource) throws {
    let opened = try source.open(ledger: ledger, options: options)
    guard let known = opened.known else { throw RetryError.changed }
    let reader = opened.reader
    var log = OpenLog(
      id: known.id, source: source, shown: path.shown, opened: opened,
      format: contentHash(reader.formatName, seed: labelSeed), noted: 0)
    coder.beginLog(behind: [], isWhole: true, log.format)
    var wanted = ledger.rejects(of: known.id)[...]
    var passed = CodedCalls()
    while let next = wanted.first, try reader.next() {
      let bytes = reader.recordOffset..<reader.recordOffset + max(reader.recordLength, 1)
      if next >= bytes.upperBound {
        // Equal lines are counted from the start of the log.
        if case .call = reader.output.outcome { count(reader, log, &passed) }
        continue
      }
      wanted = wanted.drop { $0 < bytes.upperBound }
      take(reader, of: &log)
      batch.retried.append(
        ImportBatch.Retry(source: log.id, bytes: bytes, line: reader.recordLine))
      if batch.isFull, !handOver() { throw Stopped() }
    }
    batch.inputBytes += log.newBytes()
  }

  private mutating func count(_ reader: LogReader, _ log: OpenLog, _ passed: inout CodedCalls) {
    coder.append(
      reader.output.calls, line: reader.recordBytes, lineNumber: reader.recordLine,
      source: log.id, format: log.format, to: &passed)
    passed.removeAll()
  }

  private enum RetryError: Error, CustomStringConvertible {
    case changed

    var description: String {
      "is no longer the log whose records could not be read; import it again"
    }
  }

  private var readAs: Int64 { Int64(bitPattern: options.reading.settingsHash) }

  /// Equal lines of two machines are two calls.
  private var labelSeed: UInt64 { options.label.isEmpty ? 0 : contentHash(options.label) }

  /// The writer has given up; there is nobody to read for.
  private struct Stopped: Error {}

  private mutating func read(_ path: ImportPath) throws {
    let source = try LogSource(path: path.path)
    if options.retriesRejects { return try retry(path, source) }
    if !source.isStream, let entry = ledger.untouched(path: path.path, stat: source.stat),
      !options.rereads(entry), !(options.isFinal && entry.resumption.offset < source.stat.size)
    {
      batch.summary.unchangedFiles += 1
      batch.inputBytes += source.stat.size
      return
    }
    let opened = try source.open(
      ledger: ledger, options: options)
    let (reader, known) = (opened.reader, opened.known)
    let id = known?.id ?? ledger.newID()
    var log = OpenLog(
      id: id, source: source, shown: path.shown, opened: opened,
      format: contentHash(reader.formatName, seed: labelSeed), noted: reader.resumption.offset,
      isRereading: opened.isRereading)
    if log.isRereading { batch.rereading.append(id) }
    log.hasRejects = known.map { $0.hasRejects && !options.rereads($0) } ?? false
    log.provisional = known.flatMap { entry in
      entry.provisional.map {
        ProvisionalPlace(
          call: $0, offset: entry.resumption.offset, line: entry.resumption.line)
      }
    }
    coder.beginLog(behind: opened.tail, isWhole: opened.tail.count == log.firstOffset, log.format)
    do {
      while try reader.next() {
        take(reader, of: &log)
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

  /// Adds one record to the batch.
  private mutating func take(_ reader: LogReader, of log: inout OpenLog) {
    let output = reader.output
    let refusal = output.calls.lazy.compactMap(\.refusal).first
    let outcome = refusal.map { .rejected($0) } ?? output.outcome
    batch.note(outcome)
    let first = batch.calls.count
    switch outcome {
    case .call:
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
        log.source.isStream ? options.now : log.source.stat.modifiedMs
      for bucket in output.buckets {
        batch.buckets.append(
          ImportBatch.Bucket(
            bucket: bucket, fetchedAt: bucket.refreshedAt ?? fetchedAt, source: log.id,
            line: reader.recordLine))
      }
    case .rejected(let reason):
      reject(reason, at: reader.recordOffset, bytes: reader.recordLength, &log)
    case .skipped, .open:
      break
    }
    for note in output.notes { batch.summary.notes[note, default: 0] += 1 }
    // Rows of a page that could not be read beside those that could: records of their own.
    for row in output.rejectedRows {
      batch.note(.rejected(row.reason))
      reject(row.reason, at: reader.recordOffset + row.offset, bytes: row.length, &log)
    }
    settle(&log, first < batch.calls.count ? first : nil)
  }

  private func reject(
    _ reason: RejectionReason, at offset: Int64, bytes: Int64, _ log: inout OpenLog
  ) {
    log.hasRejects = true
    batch.rejects.append(
      ImportBatch.Reject(
        source: log.id, offset: offset, line: log.reader.recordLine, bytes: bytes,
        reason: reason.text))
    if batch.summary.firstRejects.count < 5 {
      batch.summary.firstRejects.append(
        ImportSummary.Reject(
          path: log.shown, line: log.reader.recordLine, reason: reason.text))
    }
  }

  /// Settles a provisional call once its place is read again, and takes note of a new one.
  ///
  /// - Parameter row: the record's call in the batch, if it is one.
  private func settle(_ log: inout OpenLog, _ row: Int?) {
    let reader = log.reader
    if let place = log.provisional, reader.recordOffset >= place.offset {
      if let withdrawal = place.withdrawal(for: row, of: batch.calls, source: log.id) {
        batch.withdrawals.append(withdrawal)
      }
      log.provisional = nil
    }
    guard reader.isUnfinished, let row else { return }
    log.provisional = ProvisionalPlace(
      call: ProvisionalCall(
        hour: batch.calls[row, .hour], identity: batch.calls[row, .identity]),
      offset: reader.recordOffset, line: reader.recordLine)
  }

  /// Puts the log's place into the batch, so that it moves together with its rows.
  ///
  /// Only a log that was read to its end may be passed by as untouched next time.
  private mutating func note(_ log: inout OpenLog, isRead: Bool = false) {
    let resumption = log.reader.resumption
    var stat = log.source.stat
    if !isRead { stat.modifiedNs = FileStat.neverModified }
    let progress = LogProgress(
      id: log.id, path: log.source.path, label: options.label, stat: stat,
      resumption: resumption, fingerprint: log.reader.fingerprint,
      bytes: min(log.noted, resumption.offset)..<resumption.offset,
      provisional: log.provisional?.call, isRereading: log.isRereading,
      readAs: readAs, lines: log.lines)
    log.lines = nil
    batch.progress.append(progress)
    batch.inputBytes += log.newBytes()
    log.noted = resumption.offset
    ledger.note(
      Ledger.Entry(
        id: log.id, path: log.source.path, stat: stat, resumption: resumption,
        fingerprint: progress.fingerprint, provisional: progress.provisional,
        isRereading: log.isRereading, readAs: readAs,
        hasRejects: log.hasRejects))
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
