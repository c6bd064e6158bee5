import Foundation
import GRDB
package import UsageLog

/// Prices beside those of the program and of the database: what the configuration says.
package struct PriceSettings: Sendable {
  /// The one that counts most last.
  package var lists: [PriceList] = []
  package var overrides: [PriceOverride] = []

  package init() {}
}

/// The price books that calls were priced with, and the lists they are made of.
struct StoredPrices {
  private let db: Database

  init(_ db: Database) { self.db = db }

  // MARK: - The book in use

  /// What is priced with now: the program's list, observations in the order of their days, the user's files.
  func book(_ settings: PriceSettings) throws -> PriceBook {
    try PriceBook(settings, taken: takenLists())
  }

  /// The book in use, kept, ready to price with.
  func pricing(_ settings: PriceSettings, at now: Int64) throws -> CallPricing {
    let book = try book(settings)
    return CallPricing(book, bookID: try keep(book, at: now))
  }

  /// What was taken and not taken back, the one that counts most last.
  func takenLists() throws -> [PriceList] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT name, csv FROM price_list WHERE taken_at IS NOT NULL AND dropped_at IS NULL
        ORDER BY observed_at, id
        """
    ).map(list)
  }

  private func list(_ row: Row) throws -> PriceList {
    try PriceList(name: row[0], csv: Array((row[1] as String).utf8))
  }

  // MARK: - Books that were used

  /// The id that a book has, or will have once it is kept.
  func id(of book: PriceBook) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT id FROM price_book WHERE hash = ?", arguments: [book.id])
      ?? Int64.fetchOne(db, sql: "SELECT COALESCE(MAX(id), 0) + 1 FROM price_book") ?? 1
  }

  /// Keeps a book under its hash.
  @discardableResult
  func keep(_ book: PriceBook, at now: Int64) throws -> Int64 {
    let id = try id(of: book)
    try keep(book, as: id, at: now)
    return id
  }

  /// Keeps a book under an id that `id(of:)` gave.
  func keep(_ book: PriceBook, as id: Int64, at now: Int64) throws {
    try db.execute(
      sql: """
        INSERT INTO price_book (id, hash, first_used_at, overrides) VALUES (?, ?, ?, ?)
        ON CONFLICT (hash) DO NOTHING
        """, arguments: [id, book.id, now, PriceBook.text(of: book.overrides)])
    guard db.changesCount > 0 else { return }
    for (position, list) in book.catalogue.lists.enumerated() {
      let csv = String(decoding: list.csv, as: UTF8.self)
      try db.execute(
        sql: "INSERT INTO price_list (name, csv) VALUES (?, ?) ON CONFLICT (name, csv) DO NOTHING",
        arguments: [list.name, csv])
      try db.execute(
        sql: """
          INSERT INTO price_book_list (book, position, list)
          SELECT ?, ?, id FROM price_list WHERE name = ? AND csv = ?
          """, arguments: [id, position, list.name, csv])
    }
  }

  /// The books that were used, with when they first were.
  func books() throws -> [(id: Int64, firstUsedAt: Int64)] {
    try Row.fetchAll(db, sql: "SELECT id, first_used_at FROM price_book ORDER BY id")
      .map { ($0[0], $0[1]) }
  }

  /// A book as it was used.
  func book(_ id: Int64) throws -> PriceBook {
    let overrides = try String.fetchOne(
      db, sql: "SELECT overrides FROM price_book WHERE id = ?", arguments: [id])
    guard let overrides else { throw StoreError.sqlite("price book \(id) is missing") }
    let lists = try Row.fetchAll(
      db,
      sql: """
        SELECT l.name, l.csv FROM price_book_list AS b JOIN price_list AS l ON l.id = b.list
        WHERE b.book = ? ORDER BY b.position
        """, arguments: [id]
    ).map(list)
    return PriceBook(PriceCatalogue(lists), overrides: try PriceBook.overrides(in: overrides))
  }

  /// The book that imports and repricings used at an instant; nil before the first of them.
  func bookUsed(at instant: Int64) throws -> Int64? {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT book FROM (
          SELECT b.id AS book, started_at AS used_at, 0 AS later
          FROM import AS i JOIN price_book AS b ON b.hash = i.catalogue
          UNION ALL
          SELECT price_book, repriced_at, 1 FROM repricing
        ) WHERE used_at <= ? ORDER BY used_at DESC, later DESC LIMIT 1
        """, arguments: [instant])
  }
}
