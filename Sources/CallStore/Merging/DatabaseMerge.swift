import GRDB
import UsageLog

/// Brings another machine's database into this one: as an import of its own that can be undone, and that changes
/// nothing when it is repeated.
///
/// What the other database says of its logs stands for all it said of them before, so merging it again follows it.
package struct DatabaseMerge {
  private let file: DatabaseFile
  private let options: ImportOptions

  package init(into file: DatabaseFile, options: ImportOptions) {
    self.file = file
    self.options = options
  }

  /// - Throws: `StoreError`, also where the other database is missing, foreign, or this one.
  package func merge(_ other: DatabaseFile) throws -> ImportSummary {
    let otherQueue = try open(other)
    return try file.writeAlone(creates: true, waits: options.waits) { db in
      try otherQueue.read { otherDB in
        var transaction = ImportTransaction(db, options: options)
        defer { transaction.abandon() }
        try transaction.begin()
        let prices = StoredPrices(db)
        let pricing = try prices.pricing(options.prices, at: options.now)
        var record = try ImportRecord(
          db, startedAt: options.now, version: options.version, catalogue: pricing.prices.id,
          described: options.described)
        let writer = try BatchWriter(
          db, importID: record.id, pricing: pricing, at: options.now)
        let source = try OtherDatabase(otherDB, path: other.path)
        try source.learnPrices(in: prices)
        try tell(source, writer, db, &record)
        try writer.writeDerived()
        try record.save(db)
        if !options.isDryRun { try record.finish(db, at: options.now) }
        try transaction.commit()
        if !options.isDryRun { try writer.packStaleHours(in: &transaction) }
        return record.summary
      }
    }
  }

  /// Opens the other database, and brings its schema up to date where it is older.
  private func open(_ other: DatabaseFile) throws -> DatabaseQueue {
    do {
      return try other.openForReading()
    } catch StoreError.missing, StoreError.foreign {
      throw StoreError.nothingToMerge(other.path)
    }
  }

  private func tell(
    _ other: OtherDatabase, _ writer: BatchWriter, _ db: Database, _ record: inout ImportRecord
  ) throws {
    var names = NameTable(known: try String.fetchAll(db, sql: "SELECT text FROM name ORDER BY id"))
    let first = ImportBatch()
    first.rereading = try other.learnLogs(in: db, label: options.label)
    try other.learnNames(&names)
    first.names = names.takeNew()
    first.buckets = try other.buckets()
    first.summary.records = Int64(first.buckets.count)
    record.add(try writer.write(first))
    try other.eachLongNames { names in
      let batch = ImportBatch()
      batch.longNames = names
      _ = try writer.write(batch)
    }
    let importID = record.id
    var told = 0
    try other.eachBatch(importID: importID) { rows in
      let batch = ImportBatch()
      batch.areRowsApart = true
      batch.calls = rows
      try writer.price(&batch.calls)
      for row in 0..<rows.count {
        batch.sums.add(batch.calls, row)
        if rows[row, .kind] == CodedCalls.null { batch.summary.records += 1 }
      }
      record.add(try writer.write(batch))
      told += rows.count
      if told >= options.callsPerCommit {
        try writer.writeDerived()
        told = 0
      }
    }
    var dropped = ImportSummary()
    try writer.finishRereading(&dropped)
    record.add(dropped)
  }
}
