import GRDB
import UsageLog

/// The price books that calls were priced with, rebuilt once each, and the one in use now.
final class KnownPrices {
  private let stored: StoredPrices
  private let names: Statement
  private var byName: [Int64: String] = [:]
  private var pricings: [Int64: CallPricing] = [:]
  private var hashes: [Int64: StoredCost.Book] = [:]
  let today: CallPricing

  init(_ db: Database, _ settings: PriceSettings) throws {
    stored = StoredPrices(db)
    names = try Statement("SELECT text FROM name WHERE id = ?1", on: db)
    let book = try stored.book(settings)
    let id = try stored.id(of: book)
    today = CallPricing(book, bookID: id)
    pricings[id] = today
    for row in try Row.fetchAll(db, sql: "SELECT id, hash, first_used_at FROM price_book") {
      hashes[row[0]] = StoredCost.Book(hash: row[1], firstUsedAt: row[2])
    }
  }

  /// The text behind a code.
  func name(_ code: Int64) throws -> String? {
    if let known = byName[code] { return known }
    names.bind(0, code)
    guard try names.next() else { return nil }
    defer { names.reset() }
    let name = names.text(0)
    byName[code] = name
    return name
  }

  /// The book of that id, as it is kept; nil for calls priced before books were.
  func book(_ id: Int64) -> StoredCost.Book? { hashes[id] }

  /// Prices a row by its own book, or by today's where it has none that is kept.
  func withPricing<Result>(
    ofBook id: Int64, _ body: (inout CallPricing) throws -> Result
  ) throws -> Result {
    let id = hashes[id] == nil ? today.bookID : id
    var pricing = try pricings[id] ?? CallPricing(stored.book(id), bookID: id)
    // Plans it looks up are remembered with it; taken out, so that they are not copied.
    pricings[id] = nil
    defer { pricings[id] = pricing }
    return try body(&pricing)
  }
}
