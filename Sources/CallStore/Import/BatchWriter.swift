import GRDB
import UsageLog

/// The writing side of an import: batches, with everything that belongs to them (calls, names, sums, buckets,
/// rejects and the ledger), in the transaction of the caller.
final class BatchWriter {
  private let importID: Int64
  private let calls: CallBooks
  private let telling: RecordTelling
  private let buckets: StoredBuckets
  private let books: BatchBooks
  private let storedSums: StoredSums

  /// - Parameter now: UTC milliseconds.
  init(_ db: Database, importID: Int64, pricing: CallPricing, at now: Int64) throws {
    self.importID = importID
    calls = try CallBooks(db, pricing: pricing, at: now)
    telling = try RecordTelling(db, books: calls)
    buckets = try StoredBuckets(db, importID: importID)
    books = try BatchBooks(db, importID: importID)
    storedSums = try StoredSums(db)
  }

  /// Writes a batch, but for its sums.
  ///
  /// - Returns: what it did, the outcomes known from reading included.
  func write(_ batch: ImportBatch) throws -> ImportSummary {
    var summary = batch.summary
    try books.writeNames(batch)
    for source in batch.rereading { telling.rereading.begin(source) }
    for withdrawal in batch.withdrawals { try withdraw(withdrawal, &summary) }
    try calls.approximate.prepare(for: batch.calls)
    calls.sums.add(batch.sums)
    var row = 0
    while row < batch.calls.count {
      if batch.areRowsApart, batch.calls[row, .kind] != CodedCalls.null {
        if try telling.tell(batch.calls, row, &summary) == .inserted { summary.extraCalls += 1 }
        row += 1
        continue
      }
      // A record is a call and the hidden iterations behind it.
      var outcome = try telling.tell(batch.calls, row, &summary)
      summary.note(hour: batch.calls[row, .hour])
      row += 1
      while row < batch.calls.count, !batch.areRowsApart,
        batch.calls[row, .kind] != CodedCalls.null
      {
        let extra = try telling.tell(batch.calls, row, &summary)
        if extra == .inserted { summary.extraCalls += 1 }
        if extra != .duplicate, outcome == .duplicate { outcome = .updated }
        row += 1
      }
      switch outcome {
      case .inserted: summary.inserted += 1
      case .updated: summary.updated += 1
      case .duplicate: summary.duplicates += 1
      }
    }
    try buckets.write(batch, &summary)
    try books.writeRejects(batch)
    try books.writeProgress(batch)
    return summary
  }

  /// Prices the rows that have none.
  func price(_ rows: inout CodedCalls) throws {
    for row in 0..<rows.count where rows.isUnpriced(row) { try calls.calls.price(&rows, row) }
  }

  /// Writes the sums and the packed columns; to be called before each commit.
  ///
  /// One row of a sum serves many batches, so they are kept until then.
  func writeDerived() throws {
    calls.sums.addDays()
    try storedSums.write(calls.sums)
    calls.sums.removeAll()
    try calls.calls.columns.write()
  }

  /// Drops what logs that were read again no longer tell; behind the last batch.
  func finishRereading(_ summary: inout ImportSummary) throws {
    try telling.rereading.finish(by: importID, &summary)
  }

  var isRereading: Bool { telling.rereading.isGoingOn }

  /// Packs hours anew whose calls changed; behind the last commit.
  func packStaleHours(in transaction: inout ImportTransaction) throws {
    for hour in try calls.calls.columns.staleHours() {
      try transaction.begin()
      let packed = try calls.calls.columns.repack(hour)
      if transaction.isDue(after: packed) { try transaction.commit() }
    }
    if transaction.isOpen { try transaction.commit() }
  }

  /// Takes back what a half-written record told, unless its whole one says the same.
  private func withdraw(_ withdrawal: Withdrawal, _ summary: inout ImportSummary) throws {
    let identity = withdrawal.call.identity
    let hour = try calls.approximate.storedHour(identity) ?? withdrawal.call.hour
    calls.memory.removeAll()
    var loaded = try calls.load(CallKey(hour: hour, identity: identity))
    guard let call = loaded.call else { return }
    // Merging gives a call without a time the one that its record has by now.
    if withdrawal.successor != nil, calls.memory[call, .timeIsApproximate] == 1 { return }
    let before = loaded.tellings.count
    loaded.tellings.removeAll { $0.source == withdrawal.source && $0.line == withdrawal.line }
    guard loaded.tellings.count < before else { return }
    summary.add(try calls.settle(loaded))
  }
}
