import GRDB
import UsageLog

/// The writing side of an import: batches, with everything that belongs to them (calls, names, sums, buckets,
/// rejects and the ledger), in the transaction of the caller.
final class BatchWriter {
  private let calls: StoredCalls
  private let approximate: ApproximateCalls
  private let buckets: StoredBuckets
  private let books: BatchBooks
  private let storedSums: StoredSums
  private var scratch = CodedCalls()
  /// What was added to the sums since they were last written: the batches', corrected by calls that turned
  /// out not to be new.
  private var sums = UsageSums()

  init(_ db: Database, importID: Int64, prices: PriceBook) throws {
    calls = try StoredCalls(db, prices: prices)
    approximate = try ApproximateCalls(db)
    buckets = try StoredBuckets(db)
    books = try BatchBooks(db, importID: importID)
    storedSums = try StoredSums(db)
  }

  /// Writes a batch, but for its sums.
  ///
  /// - Returns: what it did, the outcomes known from reading included.
  func write(_ batch: ImportBatch) throws -> ImportSummary {
    var summary = batch.summary
    try books.writeNames(batch)
    for withdrawal in batch.withdrawals { try withdraw(withdrawal, &summary) }
    try approximate.prepare(for: batch.calls)
    var row = 0
    while row < batch.calls.count {
      // A record is a call and the hidden iterations behind it.
      var outcome = try store(batch.calls, row, &summary)
      row += 1
      while row < batch.calls.count, batch.calls[row, .kind] != CodedCalls.null {
        let extra = try store(batch.calls, row, &summary)
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
    sums.add(batch.sums)
    try books.writeRejects(batch)
    try books.writeProgress(batch)
    return summary
  }

  /// Writes the sums and the packed columns; to be called before each commit.
  ///
  /// One row of a sum serves many batches, so they are kept until then.
  func writeDerived() throws {
    sums.addDays()
    try storedSums.write(sums)
    sums.removeAll()
    try calls.columns.write()
  }

  /// Packs hours anew whose calls changed; behind the last commit.
  func packStaleHours(in transaction: inout ImportTransaction) throws {
    for hour in try calls.columns.staleHours() {
      try transaction.begin()
      let packed = try calls.columns.repack(hour)
      if transaction.isDue(after: packed) { try transaction.commit() }
    }
    if transaction.isOpen { try transaction.commit() }
  }

  private enum Outcome { case inserted, updated, duplicate }

  private func store(
    _ rows: CodedCalls, _ row: Int, _ summary: inout ImportSummary
  ) throws -> Outcome {
    if approximate.concerns(rows, row) {
      if let hour = try approximate.storedHour(of: rows, row) {
        return try merge(rows, row, into: hour, &summary)
      }
      if rows[row, .timeIsApproximate] != CodedCalls.null {
        try approximate.note(rows[row, .identity], hour: rows[row, .hour])
      }
    }
    if try calls.insert(rows, row) {
      if rows[row, .timeIsApproximate] == CodedCalls.null {
        approximate.noteTimed(rows[row, .identity], hour: rows[row, .hour])
      }
      summary.costNanos += max(rows[row, .costNanos], 0)
      try countUnpriced(rows, row, by: 1, &summary)
      return .inserted
    }
    return try merge(rows, row, into: rows[row, .hour], &summary)
  }

  /// Brings a record together with the call that has its identity.
  private func merge(
    _ rows: CodedCalls, _ row: Int, into hour: Int64, _ summary: inout ImportSummary
  ) throws -> Outcome {
    scratch.removeAll()
    guard try calls.load(hour: hour, identity: rows[row, .identity], into: &scratch) else {
      throw StoreError.sqlite("a call vanished during the import")
    }
    let new = scratch.append(copying: row, of: rows)
    if try isAnotherEqualLine() { return try storeUnderNextOrdinal(new, rows, row, &summary) }

    let before = scratch.append(copying: 0, of: scratch)
    let merged = try CallMerge(name: calls.name).merge(&scratch)
    if merged.isConflict { summary.conflicts += 1 }
    let moved = takeBetterTime()
    sums.add(rows, row, times: -1)
    guard merged.isChanged || moved else { return .duplicate }
    scratch[0, .costNanos] = try calls.cost(of: scratch, 0)
    if moved {
      try calls.delete(hour: hour, identity: scratch[0, .identity])
      try approximate.forget(scratch[0, .identity])
      approximate.noteTimed(scratch[0, .identity], hour: scratch[0, .hour])
      _ = try calls.insert(scratch, 0)
    } else {
      try calls.update(scratch, 0)
    }
    sums.add(scratch, before, times: -1)
    sums.add(scratch, 0)
    summary.costNanos += max(scratch[0, .costNanos], 0) - max(scratch[before, .costNanos], 0)
    try countUnpriced(scratch, before, by: -1, &summary)
    try countUnpriced(scratch, 0, by: 1, &summary)
    return .updated
  }

  /// A record with a time of its own knows better than the file's time did.
  private func takeBetterTime() -> Bool {
    guard scratch[0, .timeIsApproximate] == 1, scratch[1, .timeIsApproximate] == CodedCalls.null
    else { return false }
    for column in [CallColumn.hour, .occurredAt, .timeIsApproximate] {
      scratch[0, column] = scratch[1, column]
    }
    return true
  }

  /// Without an id an equal line further down the same log is a call of its own, not the same one again.
  private func isAnotherEqualLine() throws -> Bool {
    scratch.lineHashes[1] != nil && scratch[0, .source] == scratch[1, .source]
      && scratch[0, .sourceLine] != scratch[1, .sourceLine]
  }

  private func storeUnderNextOrdinal(
    _ new: Int, _ rows: CodedCalls, _ row: Int, _ summary: inout ImportSummary
  ) throws -> Outcome {
    guard let hash = scratch.lineHashes[new] else { return .duplicate }
    var ordinal = 0
    while Int64(bitPattern: LineIdentity.identity(hash, ordinal: ordinal))
      != scratch[new, .identity]
    {
      ordinal += 1
    }
    let next = LineIdentity.identity(hash, ordinal: ordinal + 1)
    var again = CodedCalls()
    _ = again.append(copying: new, of: scratch)
    again[0, .identity] = Int64(bitPattern: next)
    return try store(again, 0, &summary)
  }

  /// Takes a provisional call back, unless it is no longer the one that was read there.
  private func withdraw(_ withdrawal: Withdrawal, _ summary: inout ImportSummary) throws {
    let identity = withdrawal.call.identity
    let hour = try approximate.storedHour(identity) ?? withdrawal.call.hour
    scratch.removeAll()
    guard try calls.load(hour: hour, identity: identity, into: &scratch),
      scratch[0, .source] == withdrawal.source, scratch[0, .sourceLine] == withdrawal.line
    else { return }
    // Merging gives a call without a time the one that its record has by now.
    if withdrawal.successor != nil, scratch[0, .timeIsApproximate] == 1 { return }
    try calls.delete(hour: hour, identity: identity)
    try approximate.forget(identity)
    sums.add(scratch, 0, times: -1)
    summary.costNanos -= max(scratch[0, .costNanos], 0)
    try countUnpriced(scratch, 0, by: -1, &summary)
  }

  private func countUnpriced(
    _ rows: CodedCalls, _ row: Int, by change: Int64, _ summary: inout ImportSummary
  ) throws {
    guard rows[row, .costNanos] == CodedCalls.null else { return }
    summary.unpricedCalls += change
    let code = rows[row, .modelRaw] == CodedCalls.null ? rows[row, .model] : rows[row, .modelRaw]
    let name = code == CodedCalls.null ? nil : try calls.name(code)
    summary.unpricedModels[name ?? "(none)", default: 0] += change
  }
}
