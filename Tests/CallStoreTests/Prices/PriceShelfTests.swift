import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Price lists in the database: taken, in order, and taken back.
@Suite struct PriceShelfTests {
  private let day: Int64 = 1_784_851_200_000  // 2026-07-24

  private func list(_ name: String, _ lines: String...) throws -> PriceList {
    let text = ([PriceColumn.header] + lines).map { $0 + "\n" }.joined()
    return try PriceList(name: name, csv: Array(text.utf8))
  }

  private func input(
    _ shelf: PriceShelf, _ model: String, _ settings: PriceSettings = PriceSettings()
  ) throws -> Int64? {
    try shelf.book(settings).plan(model: model, channel: "acme").period(at: Desk.now)?.rates.input
  }

  @Test func `looking makes no database, taking does`() throws {
    let desk = try Desk(database: "new/forensics.db")
    let shelf = PriceShelf(desk.file)
    #expect(try shelf.book(PriceSettings()).id == PriceCatalogue.shipped().id)
    #expect(try shelf.entries().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: desk.file.path))
    let taken = try list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x")
    #expect(try shelf.take(taken, observed: day, at: Desk.now))
    #expect(try input(shelf, "acme-7") == 1_000_000)
    #expect(
      try shelf.entries() == [
        PriceShelf.Entry(
          name: "July", prices: 1, observedAt: day, takenAt: Desk.now, droppedAt: nil)
      ])
  }

  @Test func `the later observation counts, whichever was taken first, and a file counts more`()
    throws
  {
    let desk = try Desk()
    let shelf = PriceShelf(desk.file)
    let late = try list("November", "acme,acme-7,,,,3,2,,,,,,,,,,1,x")
    _ = try shelf.take(late, observed: day + 86_400_000, at: Desk.now)
    _ = try shelf.take(
      list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x"), observed: day, at: Desk.now)
    #expect(try shelf.entries().map(\.name) == ["July", "November"])
    #expect(try input(shelf, "acme-7") == 3_000_000)
    var settings = PriceSettings()
    settings.lists = [try list("ours.csv", "acme,acme-7,,,,5,2,,,,,,,,,,0,x")]
    #expect(try input(shelf, "acme-7", settings) == 5_000_000)
    #expect(try shelf.settings(settings).lists.map(\.name) == ["July", "November", "ours.csv"])
  }

  @Test func `taking twice changes nothing, another list of the name is refused`() throws {
    let desk = try Desk()
    let shelf = PriceShelf(desk.file)
    let july = try list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x")
    #expect(try shelf.take(july, observed: day, at: Desk.now))
    #expect(try !shelf.take(july, observed: day + 1, at: Desk.now + 1))
    #expect(try shelf.entries().map(\.takenAt) == [Desk.now])
    #expect(throws: StoreError.priceListNameTaken("July")) {
      try shelf.take(
        list("July", "acme,acme-8,,,,1,2,,,,,,,,,,1,x"), observed: day, at: Desk.now)
    }
    #expect(try shelf.entries().count == 1)
  }

  @Test func `a list that is taken back prices nothing, and can be taken again`() throws {
    let desk = try Desk()
    let shelf = PriceShelf(desk.file)
    let july = try list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x")
    _ = try shelf.take(july, observed: day, at: Desk.now)
    #expect(try shelf.drop("July", at: Desk.now + 1) == 1)
    #expect(try input(shelf, "acme-7") == nil)
    #expect(try shelf.entries().map(\.droppedAt) == [Desk.now + 1])
    #expect(throws: StoreError.noPriceList("July", known: [])) {
      try shelf.drop("July", at: Desk.now)
    }
    #expect(try shelf.take(july, observed: day, at: Desk.now + 2))
    #expect(try input(shelf, "acme-7") == 1_000_000)
    #expect(try shelf.entries().map(\.droppedAt) == [nil])
  }

  @Test func `calls are priced with what was taken, and know it when it is gone`() throws {
    let desk = try Desk()
    let shelf = PriceShelf(desk.file)
    _ = try shelf.take(
      list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x"), observed: day, at: Desk.now)
    try desk.load(
      "a.jsonl",
      [
        #"{"ts":"2026-11-03T09:00:00Z","request_id":"req_1","model":"acme-7","provider":"acme","input_tokens":1000,"output_tokens":100}"#
      ])
    #expect(try desk.number("SELECT cost_usd_nanos FROM call") == 1_200_000)
    try shelf.drop("July", at: Desk.now)
    #expect(try desk.number("SELECT cost_usd_nanos FROM call") == 1_200_000)
    #expect(
      try desk.list(
        "SELECT name FROM price_book_list JOIN price_list ON id = list ORDER BY position")
        == "shipped, July")
  }

  @Test func `nothing is taken beside an import`() throws {
    let desk = try Desk()
    let lock = try ImportLock(for: desk.file, waits: false)
    defer { withExtendedLifetime(lock) {} }
    #expect(throws: StoreError.locked(desk.file.path)) {
      try PriceShelf(desk.file).take(
        list("July", "acme,acme-7,,,,1,2,,,,,,,,,,1,x"), observed: day, at: Desk.now)
    }
  }
}
