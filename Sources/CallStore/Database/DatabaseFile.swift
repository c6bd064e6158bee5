import Foundation
import GRDB
import GRDBSQLite

/// The database's file: where it is, whose it is, and how it is opened.
package struct DatabaseFile: Sendable {
  package let path: String
  /// Readable for the file's group.
  package let isForGroup: Bool

  package init(path: String, isForGroup: Bool = false) {
    self.path = path
    self.isForGroup = isForGroup
  }

  /// Opens for reading only; all that may change is that an older schema is brought up to date first.
  func openForReading() throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path) }
    let queue = try openReadOnly()
    guard try queue.read({ try isOlder($0) }) else { return queue }
    try queue.close()
    do {
      // One at a time, and not beside an import.
      let lock = try ImportLock(for: self, waits: true)
      defer { withExtendedLifetime(lock) {} }
      try openForWriting().close()
    } catch StoreError.unwritable {
      throw StoreError.older(path)
    }
    return try openReadOnly()
  }

  private func openReadOnly() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "forensics-read"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      try Self.secure(db)
      // Columns are read in long runs: a map saves copying each page. 2 GiB is SQLite's own limit.
      try db.execute(sql: "PRAGMA mmap_size = 2147418112")
    }
    let queue = try named { try DatabaseQueue(path: path, configuration: configuration) }
    try queue.read { db in try named { try checkIdentity(of: db, mayBeEmpty: false) } }
    return queue
  }

  /// Opens for writing, creating the file (mode 0600) and bringing the schema up to date.
  func openForWriting() throws -> DatabaseQueue {
    if path != ":memory:" { try createPrivately() }
    var configuration = Configuration()
    configuration.label = "forensics-write"
    // Checked by `doctor`, not on each of a million inserts.
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { db in try Self.prepareForWriting(db) }
    let queue = try named { try DatabaseQueue(path: path, configuration: configuration) }
    try queue.writeWithoutTransaction { db in
      try named { try checkIdentity(of: db, mayBeEmpty: true) }
      // Measured: larger pages insert faster (docs/decisions/0002). Frozen once in WAL mode.
      try db.execute(sql: "PRAGMA page_size = 16384")
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      if try Int.fetchOne(db, sql: "PRAGMA application_id") != Migrations.applicationID {
        try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
      }
    }
    try named { try Migrations.apply(to: queue) }
    // Last: SQLite counts the cache in pages, and only now knows how large they are.
    try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA cache_size = -16384") }
    return queue
  }

  /// FULL: a power cut loses no committed batch.
  private static func prepareForWriting(_ db: Database) throws {
    try secure(db)
    try db.execute(
      sql: """
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 1000;
        PRAGMA journal_size_limit = 67108864;
        """)
    // Readers who may not write the folder need the -wal and -shm files to stay.
    var keep: Int32 = 1
    sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &keep)
  }

  private static func secure(_ db: Database) throws {
    try db.execute(sql: "PRAGMA trusted_schema = OFF")
    try db.execute(sql: "PRAGMA cell_size_check = ON")
  }

  private func createPrivately() throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: isForGroup ? 0o750 : 0o700])
    let mode: mode_t = isForGroup ? 0o640 : 0o600
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw StoreError.unwritable(path) }
    // SQLite gives -wal and -shm the mode of the file.
    if isForGroup {
      fchmod(descriptor, mode)
      // They outlive the connection, so they may be older than the wish for a group.
      for suffix in ["-wal", "-shm"] { chmod(resolvedPath + suffix, mode) }
    }
    close(descriptor)
  }

  /// The same for every spelling of the path: what lies beside the database is named after it.
  var resolvedPath: String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    // The file may not exist yet.
    let url = URL(fileURLWithPath: path)
    guard let folder = realpath(url.deletingLastPathComponent().path, nil) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + url.lastPathComponent
  }

  private func isOlder(_ db: Database) throws -> Bool {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 < Migrations.all.count
  }

  private func checkIdentity(of db: Database, mayBeEmpty: Bool) throws {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if application == 0, version == 0 {
      let objects = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
      if objects > 0 { throw StoreError.foreign(path) }
      if mayBeEmpty { return }
      throw StoreError.missing(path)
    }
    guard application == Migrations.applicationID else { throw StoreError.foreign(path) }
    guard version <= Migrations.all.count else {
      throw StoreError.newer(path, found: version, known: Migrations.all.count)
    }
  }

  /// GRDB's errors in our words.
  private func named<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB: throw StoreError.foreign(path)
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: throw StoreError.unwritable(path)
      case .SQLITE_FULL: throw StoreError.full(error.message ?? "")
      case .SQLITE_IOERR: throw StoreError.failing(error.message ?? "")
      case .SQLITE_BUSY: throw StoreError.locked(path)
      default: throw StoreError.sqlite(error.message ?? "\(error.resultCode)")
      }
    }
  }
}
