import UsageLog

/// Some thousand records on their way from the reading thread to the writing one; one transaction each.
///
/// Owned by one thread at a time: filled, handed over through the queue, written, dropped.
final class ImportBatch: @unchecked Sendable {
  /// So many calls, or so many bytes, make a batch: what bounds an import's memory.
  static let callLimit = 8192
  static let byteLimit = 6 * 1_048_576

  var calls = CodedCalls()
  /// Hidden iterations do not stand behind their call, but anywhere.
  var areRowsApart = false
  /// What the calls add to the sums, as if every one of them were new.
  var sums = UsageSums()
  var buckets: [Bucket] = []
  var names: [(Int64, String)] = []
  var longNames: [(Int64, String)] = []
  var rejects: [Reject] = []
  /// Calls of half-written records that became other ones since.
  var withdrawals: [Withdrawal] = []
  /// Logs that are read again from their start.
  var rereading: [Int64] = []
  /// Records that were tried again, and where: their earlier rejects are settled.
  var retried: [Retry] = []
  /// How far each log was read.
  var progress: [LogProgress] = []
  /// Records that need no writing, and what else was counted while reading.
  var summary = ImportSummary()
  /// Bytes of input behind this batch, for the progress bar.
  var inputBytes: Int64 = 0

  struct Bucket {
    var bucket: UsageBucket
    var fetchedAt: Int64
    var source: Int64
    var line: Int64
  }

  struct Reject {
    var source: Int64
    var offset: Int64
    var line: Int64
    var bytes: Int64
    var reason: String
  }

  struct Retry {
    var source: Int64
    var bytes: Range<Int64>
    var line: Int64
  }

  init() { calls.reserve(calls: Self.callLimit + 64) }

  /// Empties the batch and keeps its memory.
  func clear() {
    calls.removeAll()
    sums.removeAll()
    buckets.removeAll()
    names.removeAll()
    longNames.removeAll()
    rejects.removeAll()
    withdrawals.removeAll()
    rereading.removeAll()
    areRowsApart = false
    retried.removeAll()
    progress.removeAll()
    summary = ImportSummary()
    inputBytes = 0
  }

  /// Nothing in it concerns the database.
  var isEmpty: Bool {
    calls.isEmpty && buckets.isEmpty && rejects.isEmpty && withdrawals.isEmpty && progress.isEmpty
      && summary.records == 0
  }

  var isFull: Bool {
    calls.count >= Self.callLimit || calls.size >= Self.byteLimit || buckets.count >= 10_000
      || rejects.count >= 10_000
  }

  /// Room for a record's outcome that is known without the database.
  func note(_ outcome: RecordOutput.Outcome) {
    summary.records += 1
    switch outcome {
    case .skipped(let why):
      summary.skipped += 1
      summary.skipReasons[why, default: 0] += 1
    case .rejected: summary.rejected += 1
    case .call, .buckets, .open: break
    }
  }
}

/// How far a log was read: its row in the ledger.
struct LogProgress: Sendable {
  var id: Int64
  var path: String
  var label = ""
  var stat: FileStat
  var resumption: LogReader.Resumption
  var fingerprint: LogFingerprint
  /// Bytes read in this run.
  var bytes: Range<Int64>
  var provisional: ProvisionalCall?
  /// It is read again; what it told before is judged when all of the import is read.
  var isRereading = false
  /// Hash of the settings it was read with.
  var readAs: Int64 = 0
  /// Lines of the records read in this run, for the way from a call to its import.
  var lines: ClosedRange<Int64>?
}
