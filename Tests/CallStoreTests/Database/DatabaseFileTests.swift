import Foundation
import GRDB
import GRDBSQLite
import Tables
import Testing

@testable import CallStore

/// The database's file: whose it is, and what is refused instead of being touched.
@Suite struct DatabaseFileTests {
  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  @Test(arguments: [(false, 0o600), (true, 0o640)]) func `nobody else can read what was imported`(
    isForGroup: Bool, expected: Int
  ) throws {
    let desk = try Desk(database: "new/folder/forensics.db", isForGroup: isForGroup)
    try desk.load("app.jsonl", [answer("msg_01")])
    #expect(try mode(desk.file.path) == expected)
    for suffix in ["-wal", "-shm"]
    where FileManager.default.fileExists(
      atPath: desk.file.path + suffix)
    {
      #expect(try mode(desk.file.path + suffix) == expected)
    }
    let folder = URL(fileURLWithPath: desk.file.path).deletingLastPathComponent().path
    #expect(try mode(folder) == (isForGroup ? 0o750 : 0o700))
  }

  @Test func `a database that is opened to its group takes its companions along`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    let companions = ["", "-wal", "-shm"].map { desk.file.path + $0 }
    for path in companions where !FileManager.default.fileExists(atPath: path) {
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
    }
    for path in companions { chmod(path, 0o600) }
    _ = try DatabaseFile(path: desk.file.path, isForGroup: true).openForWriting()
    #expect(try companions.map(mode) == [0o640, 0o640, 0o640])
  }

  @Test func `the page cache of an import stays within its bound`() throws {
    let desk = try Desk()
    let queue = try desk.file.openForWriting()
    try queue.writeWithoutTransaction { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA page_size") == 16384)
      // Far more than the cache holds, on the connection that imports use.
      try db.execute(
        sql: """
          CREATE TABLE filler (text BLOB);
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
          INSERT INTO filler SELECT zeroblob(16000) FROM n;
          """)
      var used: Int32 = 0
      var highest: Int32 = 0
      sqlite3_db_status(db.sqliteConnection, SQLITE_DBSTATUS_CACHE_USED, &used, &highest, 0)
      #expect(used < 40 << 20, "\(used >> 20) MiB of pages")
    }
  }

  @Test func `two spellings of one database share one lock`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    let link = desk.path("link.db")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.file.path)
    let folder = desk.path("folder")
    try FileManager.default.createSymbolicLink(
      atPath: folder, withDestinationPath: desk.folder.path)
    let lock = try ImportLock(for: desk.file, waits: false)
    for path in [link, folder + "/forensics.db", folder + "/link.db"] {
      #expect(throws: StoreError.locked(path)) {
        try ImportLock(for: DatabaseFile(path: path), waits: false)
      }
    }
    withExtendedLifetime(lock) {}
    // The same before there is a file.
    let new = try ImportLock(for: DatabaseFile(path: folder + "/new.db"), waits: false)
    #expect(throws: StoreError.self) {
      try ImportLock(for: DatabaseFile(path: desk.path("new.db")), waits: false)
    }
    withExtendedLifetime(new) {}
  }

  @Test func `the file says that it is ours and how new it is`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    #expect(try desk.number("PRAGMA application_id") == 0x666F_7265)
    #expect(try desk.number("PRAGMA user_version") == Int64(Migrations.all.count))
    #expect(try desk.list("PRAGMA journal_mode") == "wal")
    #expect(try desk.number("PRAGMA page_size") == 16384)
    #expect(try desk.list("PRAGMA integrity_check") == "ok")
    #expect(try desk.list("PRAGMA foreign_key_check") == "")
    let header = try Data(contentsOf: URL(fileURLWithPath: desk.file.path))[68..<72]
    #expect(String(decoding: header, as: UTF8.self) == "fore")
  }

  // MARK: - Refused

  private func expectRefusal(_ error: StoreError, _ desk: Desk) throws {
    let before = try? Data(contentsOf: URL(fileURLWithPath: desk.file.path))
    #expect(throws: error) { try CallDatabase(desk.file) }
    try desk.write("app.jsonl", [answer("msg_01")])
    #expect(throws: error) { try desk.load("app.jsonl") }
    #expect((try? Data(contentsOf: URL(fileURLWithPath: desk.file.path))) == before)
    let text = "\(error)"
    #expect(text.contains(desk.file.path) && text.contains("--db"), "\(text)")
  }

  @Test func `somebody else's database is left alone`() throws {
    let desk = try Desk(database: "notes.db")
    try DatabaseQueue(path: desk.file.path).write { try $0.execute(sql: "CREATE TABLE note (a)") }
    try expectRefusal(.foreign(desk.file.path), desk)
    try DatabaseQueue(path: desk.file.path).write {
      try $0.execute(sql: "PRAGMA application_id = 7")
    }
    try expectRefusal(.foreign(desk.file.path), desk)
  }

  /// What a forensics before the packed columns left behind.
  private func olderDesk() throws -> Desk {
    let desk = try Desk()
    let queue = try DatabaseQueue(path: desk.file.path)
    try Migrations.apply(to: queue, upTo: 5)
    try queue.write { db in
      try db.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)")
      let hour = Desk.now / 3_600_000 - 1
      for identity in 1...2 {
        try db.execute(
          sql: """
            INSERT INTO call (hour, identity, occurred_at, row_version, source, source_line)
            VALUES (?1, ?2, ?1 * 3600000, 0, 1, ?2)
            """, arguments: [hour, identity])
      }
      try db.execute(
        sql: """
          INSERT INTO usage_sum
          SELECT 0, 1, ?1, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
          UNION ALL SELECT 0, 24, ?1 / 24, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
          """, arguments: [hour])
    }
    try queue.close()
    return desk
  }

  @Test(arguments: [9, 10, 11])
  func `what was packed with fewer columns is not read, which would take them for NULL`(
    _ version: Int
  ) throws {
    let desk = try Desk()
    let queue = try DatabaseQueue(path: desk.file.path)
    try Migrations.apply(to: queue, upTo: version)
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO call_part VALUES (1, 0, 1);
          INSERT INTO call_column VALUES (1, 0, 'input_tokens', 0, x'00');
          """)
    }
    try Migrations.apply(to: queue)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM call_part") } == 0)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM call_column") } == 0)
  }

  @Test func `an older forensics' database is brought up to date by the first question`() throws {
    let desk = try olderDesk()
    let recipe = try Recipe(
      name: "first", text: "SELECT SUM(calls), MIN(first_at) > 0 FROM selected_usage")
    let told = try CallDatabase(desk.file).answer(recipe, over: Selection(), asOf: 0)
    #expect(told.table.rows == [[.integer(2), .integer(1)]])
    try desk.load("app.jsonl", [answer("msg_01")])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `two questions at once bring it up to date once`() async throws {
    let desk = try olderDesk()
    try await withThrowingTaskGroup(of: Int64?.self) { group in
      for _ in 0..<4 { group.addTask { try CallDatabase(desk.file).newestCall() } }
      for try await newest in group { #expect(newest != nil) }
    }
    #expect(try desk.number("PRAGMA user_version") == Int64(Migrations.all.count))
  }

  /// Root may do everything.
  @Test(.enabled(if: getuid() != 0))
  func `who may not bring a database up to date is told who may`() throws {
    let desk = try olderDesk()
    chmod(desk.file.path, 0o400)
    #expect(throws: StoreError.older(desk.file.path)) { try CallDatabase(desk.file) }
  }

  @Test func `a lock that was refused closes nobody else's file`() async throws {
    let desk = try Desk()
    let held = try ImportLock(for: desk.file, waits: false)
    let file = desk.file
    async let refused = Task.detached {
      (0..<20_000).count { _ in (try? ImportLock(for: file, waits: false)) == nil }
    }.value
    var lost = 0
    for _ in 0..<2000 {
      let others = (0..<40).map { _ in open("/dev/null", O_RDONLY) }
      for descriptor in others where fcntl(descriptor, F_GETFD) < 0 { lost += 1 }
      for descriptor in others { close(descriptor) }
    }
    #expect(await refused == 20_000)
    #expect(lost == 0)
    withExtendedLifetime(held) {}
  }

  @Test func `a newer forensics' database is left alone`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    let known = Migrations.all.count
    try desk.file.openForWriting().writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = \(known + 1); PRAGMA journal_mode = DELETE")
    }
    try expectRefusal(.newer(desk.file.path, found: known + 1, known: known), desk)
  }

  @Test func `a file that is no database is left alone`() throws {
    let desk = try Desk(database: "report.xlsx")
    try desk.write("report.xlsx", text: String(repeating: "not a database ", count: 500))
    try expectRefusal(.foreign(desk.file.path), desk)
  }

  @Test func `a missing database is named, not made, by a reader`() throws {
    let desk = try Desk()
    let error = #expect(throws: StoreError.self) { try CallDatabase(desk.file) }
    #expect(error == .missing(desk.file.path))
    #expect(error?.description.contains("forensics import") == true)
    #expect(!FileManager.default.fileExists(atPath: desk.file.path))
    // An empty file is a database nobody has imported into.
    try desk.write("forensics.db", text: "")
    #expect(throws: StoreError.missing(desk.file.path)) { try CallDatabase(desk.file) }
    #expect(try desk.load("app.jsonl", [answer("msg_01")]).inserted == 1)
  }

  @Test func `a folder in the database's place is an error`() throws {
    let desk = try Desk(database: "here")
    try FileManager.default.createDirectory(
      atPath: desk.file.path, withIntermediateDirectories: false)
    try desk.write("app.jsonl", [answer("msg_01")])
    #expect(throws: StoreError.unwritable(desk.file.path)) { try desk.load("app.jsonl") }
    #expect(throws: StoreError.self) { try CallDatabase(desk.file) }
  }

  // MARK: - One import at a time

  @Test func `a second import is told to come back later`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer("msg_01")])
    let lock = try ImportLock(for: desk.file, waits: false)
    let error = #expect(throws: StoreError.self) { try desk.load("app.jsonl") }
    #expect(error == .locked(desk.file.path))
    #expect(error?.description.contains("--wait") == true)
    withExtendedLifetime(lock) {}
  }

  @Test func `a second import can wait for the first`() throws {
    let desk = try Desk()
    try desk.write("app.jsonl", [answer("msg_01")])
    let first = Held(try ImportLock(for: desk.file, waits: false))
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      first.release()
    }
    let started = ContinuousClock.now
    #expect(try desk.load([desk.path("app.jsonl")]) { $0.waits = true }.inserted == 1)
    #expect(ContinuousClock.now - started > .milliseconds(200))
  }

  private final class Held: @unchecked Sendable {
    private var lock: ImportLock?

    init(_ lock: ImportLock) { self.lock = lock }

    func release() { lock = nil }
  }

  @Test func `readers go on while an import writes`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01")])
    let writer = try desk.file.openForWriting()
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE; DELETE FROM call")
      #expect(
        try CallDatabase(desk.file).query("SELECT COUNT(*) FROM call", [:]).rows == [[.integer(1)]])
      try db.execute(sql: "ROLLBACK")
    }
  }
}
