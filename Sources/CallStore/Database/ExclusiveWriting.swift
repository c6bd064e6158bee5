import Foundation
import GRDB

extension DatabaseFile {
  /// Runs what changes the database, alone: no import and nothing else of the kind runs beside it.
  ///
  /// - Parameter creates: the database may be a new one.
  /// - Throws: `StoreError`; SQLite's own errors in words that name the way out.
  func writeAlone<Result>(
    creates: Bool = false, waits: Bool = false, _ body: (Database) throws -> Result
  ) throws -> Result {
    if creates {
      makeFolder()
    } else if !FileManager.default.fileExists(atPath: path) {
      throw StoreError.missing(path)
    }
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

  /// The lock lies beside the database, whose folder may not exist yet.
  func makeFolder() {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: isForGroup ? 0o750 : 0o700])
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
