import GRDB
package import UsageLog

/// The price lists that a database holds, and the book in use that they are part of.
///
/// A database that is not there yet holds none, and is not made by looking.
package struct PriceShelf: Sendable {
  /// A list that was taken.
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let prices: Int
    /// UTC milliseconds: the beginning of the day it is of.
    package let observedAt: Int64
    package let takenAt: Int64
    package let droppedAt: Int64?
  }

  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// What calls are priced with now: the program's list, those taken in the order of their days, the
  /// configuration's files, and its overrides.
  package func book(_ settings: PriceSettings) throws -> PriceBook {
    try PriceBook(settings, taken: takenLists())
  }

  /// The taken lists in front of the configuration's, for a database that has none of its own.
  package func settings(_ settings: PriceSettings) throws -> PriceSettings {
    var settings = settings
    settings.lists = try takenLists() + settings.lists
    return settings
  }

  /// Every list that was ever taken, in the order in which they count.
  package func entries() throws -> [Entry] {
    try reading { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, csv, observed_at, taken_at, dropped_at FROM price_list
          WHERE taken_at IS NOT NULL ORDER BY observed_at, id
          """
      ).map { row in
        Entry(
          name: row[0], prices: (row[1] as String).split(separator: "\n").count - 1,
          observedAt: row[2] ?? 0, takenAt: row[3], droppedAt: row[4])
      }
    } ?? []
  }

  /// Takes a list; one that was taken back, or that only was a file, counts anew.
  ///
  /// - Parameters:
  ///   - observed: the first instant of the day that the list is of; UTC milliseconds, as `now`.
  /// - Returns: false if it is taken already, and nothing changed.
  /// - Throws: `StoreError.priceListNameTaken` where another list in use has the name.
  package func take(_ list: PriceList, observed: Int64, at now: Int64) throws -> Bool {
    try file.writeAlone(creates: true) { db in
      let csv = String(decoding: list.csv, as: UTF8.self)
      var changed = false
      try db.inTransaction(.immediate) {
        let inUse = try String.fetchAll(
          db,
          sql: """
            SELECT csv FROM price_list
            WHERE name = ? AND taken_at IS NOT NULL AND dropped_at IS NULL
            """, arguments: [list.name])
        if inUse.contains(csv) { return .rollback }
        guard inUse.isEmpty else { throw StoreError.priceListNameTaken(list.name) }
        try db.execute(
          sql: """
            INSERT INTO price_list (name, csv, observed_at, taken_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name, csv) DO UPDATE SET
              observed_at = excluded.observed_at, taken_at = excluded.taken_at, dropped_at = NULL
            """, arguments: [list.name, csv, observed, now])
        changed = true
        return .commit
      }
      return changed
    }
  }

  /// Takes a list back; what it priced keeps its cost until it is priced anew.
  ///
  /// - Returns: how many prices it has.
  /// - Throws: `StoreError.noPriceList`, naming those in use.
  @discardableResult
  package func drop(_ name: String, at now: Int64) throws -> Int {
    let inUse = try entries().filter { $0.droppedAt == nil }
    guard let entry = inUse.first(where: { $0.name == name }) else {
      throw StoreError.noPriceList(name, known: inUse.map(\.name))
    }
    try file.writeAlone { db in
      try db.execute(
        sql: """
          UPDATE price_list SET dropped_at = ?
          WHERE name = ? AND taken_at IS NOT NULL AND dropped_at IS NULL
          """, arguments: [now, name])
    }
    return entry.prices
  }

  private func takenLists() throws -> [PriceList] {
    try reading { try StoredPrices($0).takenLists() } ?? []
  }

  /// - Returns: nil where there is no database.
  private func reading<Result>(_ body: (Database) throws -> Result) throws -> Result? {
    do {
      return try file.openForReading().read(body)
    } catch StoreError.missing {
      return nil
    }
  }
}

extension PriceBook {
  /// - Parameter taken: the one that counts most last.
  init(_ settings: PriceSettings, taken: [PriceList]) throws {
    let lists = try [PriceList.shipped()] + taken + settings.lists
    self.init(PriceCatalogue(lists), overrides: settings.overrides)
  }
}
