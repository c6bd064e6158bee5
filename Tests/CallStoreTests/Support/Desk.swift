import Foundation
import GRDB
import Testing
import UsageLog

@testable import CallStore

/// The help desk's machine: a folder with logs and a database, gone when the test is.
///
/// Sendable only in that tests may share one that is loaded already.
final class Desk: @unchecked Sendable {
  let folder: URL
  let file: DatabaseFile
  /// When the imports run: 2026-11-16T00:00:00Z.
  static let now: Int64 = 1_794_787_200_000

  init(database: String = "forensics.db", isForGroup: Bool = false) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lumen-desk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = DatabaseFile(
      path: folder.appendingPathComponent(database).path, isForGroup: isForGroup)
  }

  deinit { remove() }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  // MARK: - Logs

  /// Writes a log, last touched when `touched` says (UTC milliseconds).
  func write(_ name: String, _ lines: [String], touched: Int64 = now) throws {
    try write(name, text: lines.map { $0 + "\n" }.joined(), touched: touched)
  }

  func write(_ name: String, text: String, touched: Int64 = now) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    try touch(name, touched)
  }

  /// Appends to a log; a minute passes.
  func append(_ name: String, text: String) throws {
    let handle = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    minutes += 1
    try touch(name, Self.now + minutes * 60_000)
  }

  func append(_ name: String, _ lines: [String]) throws {
    try append(name, text: lines.map { $0 + "\n" }.joined())
  }

  func touch(_ name: String, _ milliseconds: Int64) throws {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path(name))
  }

  private var minutes: Int64 = 0

  // MARK: - Importing

  @discardableResult
  func load(
    _ names: String..., with change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> ImportSummary {
    try load(names.map { path($0) }, with: change)
  }

  @discardableResult
  func load(
    _ paths: [String], with change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> ImportSummary {
    var options = ImportOptions()
    options.now = Self.now
    options.version = "test"
    change(&options)
    let sources = paths.map { ImportPath(path: $0, shown: $0, isExplicit: true) }
    return try Importer(into: file, options: options).run(sources)
  }

  /// A log of so many lines, loaded at once.
  @discardableResult
  func load(_ name: String, _ lines: [String], touched: Int64 = now) throws -> ImportSummary {
    try write(name, lines, touched: touched)
    return try load(name)
  }

  // MARK: - Looking

  /// Rows of any statement, as text; NULL is nil.
  func rows(_ sql: String) throws -> [[String?]] {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    return try DatabaseQueue(path: file.path, configuration: configuration).read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { $0.isNull ? nil : String.fromDatabaseValue($0) ?? "\($0)" }
      }
    }
  }

  /// Changes the database behind the importer's back.
  func write(_ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: file.path, configuration: configuration).write {
      try $0.execute(sql: sql)
    }
  }

  /// The first column, joined for short expectations.
  func list(_ sql: String) throws -> String {
    try rows(sql).map { $0.map { $0 ?? "NULL" }.joined(separator: " ") }.joined(separator: ", ")
  }

  func number(_ sql: String) throws -> Int64? {
    try rows(sql).first?[0].flatMap { Int64($0) }
  }
}

extension ImportSummary {
  /// Every input record has one outcome.
  var addsUp: Bool { records == inserted + updated + duplicates + rejected + skipped }

  /// `records inserted updated duplicates rejected skipped`.
  var outcomes: [Int64] { [records, inserted, updated, duplicates, rejected, skipped] }
}
