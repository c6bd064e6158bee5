import GRDB
import UsageLog

/// What keeps the books of a batch: names, rejects and the ledger.
struct BatchBooks {
  private let importID: Int64
  private let name: Statement
  private let longName: Statement
  private let reject: Statement
  private let settleRejects: Statement
  private let log: Statement
  private let part: Statement

  init(_ db: Database, importID: Int64) throws {
    self.importID = importID
    name = try Statement("INSERT INTO name (id, text) VALUES (?1, ?2)", on: db)
    longName = try Statement(
      "INSERT INTO long_name (code, text) VALUES (?1, ?2) ON CONFLICT (code) DO NOTHING", on: db)
    reject = try Statement(
      "INSERT OR REPLACE INTO reject (source, offset, line, bytes, reason, import) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      on: db)
    settleRejects = try Statement(
      "DELETE FROM reject WHERE source = ?1 AND offset >= ?2 AND offset < ?3", on: db)
    log = try Statement(
      """
      INSERT INTO log_file (id, path, format, device, inode, size_bytes, modified_ns,
        committed_offset, committed_lines, head_bytes, head_hash, tail_bytes, tail_hash, header,
        provisional_hour, provisional_identity, is_rereading, label, read_as)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
      ON CONFLICT (id) DO UPDATE SET path = ?2, format = ?3, device = ?4, inode = ?5,
        size_bytes = ?6, modified_ns = ?7, committed_offset = ?8, committed_lines = ?9,
        head_bytes = ?10, head_hash = ?11, tail_bytes = ?12, tail_hash = ?13, header = ?14,
        provisional_hour = ?15, provisional_identity = ?16, is_rereading = ?17, read_as = ?19
      """, on: db)
    part = try Statement(
      """
      INSERT INTO import_part (import, source, first_line, last_line) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (import, source, first_line) DO UPDATE SET last_line = MAX(last_line, ?4)
      """, on: db)
  }

  func writeNames(_ batch: ImportBatch) throws {
    for (code, text) in batch.names {
      name.bind(0, code)
      name.bind(1, text: text)
      try name.run()
    }
    for (code, text) in batch.longNames {
      longName.bind(0, code)
      longName.bind(1, text: text)
      try longName.run()
    }
  }

  func writeRejects(_ batch: ImportBatch) throws {
    for progress in batch.progress {
      // What is read again is judged again; by bytes, as many records may stand on one line.
      try settleRejects.run([progress.id, progress.bytes.lowerBound, progress.bytes.upperBound])
    }
    for retry in batch.retried {
      try settleRejects.run([retry.source, retry.bytes.lowerBound, retry.bytes.upperBound])
      try part.run([importID, retry.source, retry.line, retry.line])
    }
    for entry in batch.rejects {
      reject.bind(0, entry.source)
      reject.bind(1, entry.offset)
      reject.bind(2, entry.line)
      reject.bind(3, entry.bytes)
      reject.bind(4, text: entry.reason)
      reject.bind(5, importID)
      try reject.run()
    }
  }

  func writeProgress(_ batch: ImportBatch) throws {
    for progress in batch.progress {
      log.bind(0, progress.id)
      log.bind(1, text: progress.path)
      log.bind(2, text: progress.resumption.format)
      for (offset, value) in [
        progress.stat.device, progress.stat.inode, progress.stat.size, progress.stat.modifiedNs,
        progress.resumption.offset, progress.resumption.line,
        Int64(progress.fingerprint.headBytes), Int64(bitPattern: progress.fingerprint.headHash),
        Int64(progress.fingerprint.tailBytes), Int64(bitPattern: progress.fingerprint.tailHash),
      ].enumerated() {
        log.bind(3 + offset, value)
      }
      log.bind(13, text: progress.resumption.header)
      if let call = progress.provisional {
        log.bind(14, call.hour)
        log.bind(15, call.identity)
      }
      log.bind(16, progress.isRereading ? 1 : 0)
      log.bind(17, text: progress.label)
      log.bind(18, progress.readAs)
      try log.run()
      if let lines = progress.lines {
        try part.run([importID, progress.id, lines.lowerBound, lines.upperBound])
      }
    }
  }
}
