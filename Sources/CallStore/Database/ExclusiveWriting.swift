import Foundation
import GRDB

extension DatabaseFile {
  /// Runs what changes an existing database, alone: no import and nothing else of the kind runs beside it.
  ///
  /// - Throws: `StoreError`; SQLite's own errors in words that name the way out.
  func writeAlone<Result>(
    waits: Bool = false, _ body: (Database) throws -> Result
  ) throws -> Result {
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path) }
    let lock = try ImportLock(for: self, waits: waits)
    defer { withExtendedLifetime(lock) {} }
    return try inWords {
      try openForWriting().writeWithoutTransaction { db in
        let result = try body(db)
        if db.totalChangesCount > 0 { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        return result
      }
    }
  }

  /// What SQLite reports, as an error for people.
  func inWords<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL: throw StoreError.full(error.message ?? "")
      case .SQLITE_IOERR: throw StoreError.failing(error.message ?? "")
      case .SQLITE_BUSY: throw StoreError.locked(path)
      default: throw StoreError.sqlite(error.message ?? "")
      }
    }
  }
}
