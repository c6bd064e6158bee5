import CallStore
import Finance
import Foundation
import Tables
import UsageLog

/// Lumen Desk's database of one test, filled from logs, gone when the test is.
final class Books {
  let file: DatabaseFile
  private let folder: URL
  /// When the imports run: 2026-11-16T00:00:00Z.
  static let now: Int64 = 1_794_787_200_000
  static let sampleData = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("sample-data")

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lumen-books-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = DatabaseFile(path: folder.appendingPathComponent("forensics.db").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Imports logs of `sample-data`.
  func load(_ names: String..., prices: PriceSettings = PriceSettings()) throws {
    try load(names.map { Self.sampleData.appendingPathComponent($0).path }, prices)
  }

  /// Writes a log of JSON records and imports it.
  func load(_ records: [[String: Any]], prices: PriceSettings = PriceSettings()) throws {
    let lines = try records.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
    }
    let log = folder.appendingPathComponent("\(UUID().uuidString).jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: log)
    try load([log.path], prices)
  }

  private func load(_ paths: [String], _ prices: PriceSettings) throws {
    var options = ImportOptions()
    options.now = Self.now
    options.version = "test"
    options.prices = prices
    _ = try Importer(into: file, options: options).run(
      paths.map { ImportPath(path: $0, shown: $0, isExplicit: true) })
  }

  func ledger(_ period: ReportPeriod, by dimensions: [CallStore.Dimension]) throws -> SpendLedger {
    try CallDatabase(file).ledger(
      LedgerQuery(dayStarts: period.dayStarts, until: period.until, by: dimensions),
      prices: PriceSettings())
  }

  /// The first column of the first row of any statement.
  func number(_ sql: String) throws -> Int64? {
    let value = try CallDatabase(file).query(sql, [:]).rows.first?.first
    if case .integer(let number) = value { return number }
    return nil
  }
}
