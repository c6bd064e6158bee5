import Foundation
import GRDB
import UsageLog

/// Imports logs into a database: read on one thread, written on another, each batch exactly once.
package struct Importer {
  private let file: DatabaseFile
  private let options: ImportOptions

  package init(into file: DatabaseFile, options: ImportOptions) {
    self.file = file
    self.options = options
  }

  /// - Parameters:
  ///   - paths: what to read, in order.
  ///   - progress: called after each batch.
  /// - Throws: `StoreError`; files that cannot be read are listed in the summary instead.
  package func run(
    _ paths: [ImportPath], progress: (ImportProgress) -> Void = { _ in }
  ) throws -> ImportSummary {
    let isThrowaway =
      options.isDryRun && !FileManager.default.fileExists(atPath: file.path)
    let target = isThrowaway ? DatabaseFile(path: ":memory:") : file
    var lock: ImportLock?
    if !isThrowaway {
      file.makeFolder()
      lock = try ImportLock(for: file, waits: options.waits)
    }
    defer { withExtendedLifetime(lock) {} }
    return try file.inWords {
      try target.openForWriting().writeWithoutTransaction { db in
        return try run(paths, on: db, progress: progress)
      }
    }
  }

  /// Tries the records again that could not be read, in the logs where they lie.
  package func retryRejects(
    progress: (ImportProgress) -> Void = { _ in }
  ) throws -> ImportSummary {
    var summary = ImportSummary()
    for (label, paths) in try logsWithRejects() {
      var retrying = options
      retrying.retriesRejects = true
      retrying.label = label
      let one = try Importer(into: file, options: retrying).run(paths, progress: progress)
      summary.add(one)
      summary.files += one.files
      summary.failedFiles += one.failedFiles
    }
    return summary
  }

  private func logsWithRejects() throws -> [(label: String, paths: [ImportPath])] {
    let rows = try file.openForReading().read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT label, path FROM log_file JOIN reject ON reject.source = log_file.id
          WHERE origin = 0 AND path <> ? ORDER BY label, path
          """, arguments: [LogSource.standardInput])
    }
    let byLabel = Dictionary(grouping: rows) { $0["label"] as String }
    return byLabel.sorted { $0.key < $1.key }.map { label, rows in
      (
        label,
        rows.map { ImportPath(path: $0["path"], shown: $0["path"], isExplicit: true) }
      )
    }
  }

  private func run(
    _ paths: [ImportPath], on db: Database, progress: (ImportProgress) -> Void
  ) throws -> ImportSummary {
    let started = ContinuousClock.now
    var transaction = ImportTransaction(db, options: options)
    defer { transaction.abandon() }
    if options.isDryRun { try transaction.begin() }
    let prices = StoredPrices(db)
    let book = try prices.book(options.prices)
    // An import that finds nothing new leaves no trace: the book is kept with the first calls priced by it.
    let pricing = CallPricing(book, bookID: try prices.id(of: book))
    var record = try ImportRecord(
      db, startedAt: options.now, version: options.version, catalogue: book.id,
      described: options.described)
    var ledger = try Ledger(db, label: options.label)
    if options.retriesRejects { try ledger.readRejects(db) }
    let batches = BatchQueue(depth: 2)
    let names = try String.fetchAll(db, sql: "SELECT text FROM name ORDER BY id")
    var reading = LogImport(
      sources: paths, options: options, ledger: ledger,
      coder: CallCoder(names: NameTable(known: names), pricing: pricing, importID: record.id),
      queue: batches)
    let box = ReadingBox { reading.run() }
    let thread = Thread { box.run() }
    thread.stackSize = 4 << 20
    thread.start()
    defer { batches.close() }

    let writer = try BatchWriter(
      db, importID: record.id, pricing: pricing, at: options.now)
    let total = totalBytes(paths)
    var readBytes: Int64 = 0
    while let batch = batches.take() {
      if batch.isEmpty {
        record.add(batch.summary)
      } else {
        try transaction.begin()
        try prices.keep(book, as: pricing.bookID, at: options.now)
        record.add(try writer.write(batch))
      }
      if transaction.isDue(after: batch.calls.count) {
        try writer.writeDerived()
        try record.save(db)
        try transaction.commit()
      }
      readBytes += batch.inputBytes
      batches.giveBack(batch)
      progress(
        ImportProgress(
          readBytes: readBytes, totalBytes: total, records: record.summary.records,
          seconds: seconds(since: started)))
    }
    if writer.isRereading {
      try transaction.begin()
      try prices.keep(book, as: pricing.bookID, at: options.now)
      var dropped = ImportSummary()
      try writer.finishRereading(&dropped)
      record.add(dropped)
    }
    if transaction.isOpen {
      try writer.writeDerived()
      try record.save(db)
      try transaction.commit()
    }
    if !options.isDryRun {
      try writer.packStaleHours(in: &transaction)
      try record.finish(db, at: options.now + Int64(seconds(since: started) * 1000))
      if db.totalChangesCount > 0 { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
    return record.summary
  }

  private func totalBytes(_ paths: [ImportPath]) -> Int64 {
    let sources = paths.compactMap { try? LogSource(path: $0.path) }
    return sources.contains(where: \.isStream) ? 0 : sources.reduce(0) { $0 + $1.stat.size }
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}

/// Carries the reading side over to its thread; only that thread touches it from then on.
private final class ReadingBox: @unchecked Sendable {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }

  func run() { body() }
}
