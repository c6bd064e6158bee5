import GRDB
import Testing
import UsageLog

@testable import CallStore

/// What becomes of a cost and its book when the records behind the call come and go.
@Suite struct PriceBookHistoryTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func half(_ change: (inout PriceOverride.Calls) -> Void = { _ in }) -> PriceSettings {
    var calls = PriceOverride.Calls()
    change(&calls)
    var settings = PriceSettings()
    settings.overrides = [
      PriceOverride(name: "half", calls: calls, effect: .discount(payable: Ratio(1, over: 2)))
    ]
    return settings
  }

  private func reprice(_ settings: PriceSettings) throws -> RepricingReport {
    var request = Repricing.Request()
    request.prices = settings
    request.now = Desk.now + 1000
    return try Repricing(desk.file).run(request)
  }

  /// Every stored cost comes out of its own book again, and what is derived follows the calls.
  private func expectReproducible(_ settings: PriceSettings = PriceSettings()) throws {
    let database = try CallDatabase(desk.file)
    for row in try desk.rows("SELECT hour, printf('%016x', identity) FROM call") {
      let key = "\(row[0] ?? "")/\(row[1] ?? "")"
      for explanation in try database.explain(key, prices: settings) {
        #expect(explanation.stored.agrees, "\(key)")
      }
    }
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }

  @Test func `undoing an import after a repricing leaves costs that their books reproduce`() throws
  {
    try desk.load("app.jsonl", [answer("msg_1", ["output_tokens": 2]), answer("msg_2")])
    try desk.load("gateway.jsonl", [answer("msg_1"), answer("msg_3")])
    _ = try reprice(half())
    try expectReproducible(half())
    _ = try ImportUndo(desk.file, prices: half()).undo(2, at: Desk.now + 2000)
    try expectReproducible(half())
    _ = try ImportUndo(desk.file).undo(1, at: Desk.now + 3000)
    try expectReproducible()
  }

  @Test func `a record that tells the workspace has the call priced by the contract on it`() throws
  {
    let settings = half { $0.workspace = "support" }
    try desk.write("app.jsonl", [answer("msg_1")])
    try desk.load("app.jsonl") { $0.prices = settings }
    try desk.write("gateway.jsonl", [answer("msg_1", ["workspace": "support"])])
    try desk.load("gateway.jsonl") { $0.prices = settings }
    #expect(
      try desk.number(
        "SELECT list_cost_usd_nanos = 2 * cost_usd_nanos FROM llm_call WHERE workspace = 'support'")
        == 1)
    try expectReproducible(settings)
  }

  @Test func `merged calls keep the costs and the books of the machine that priced them`() throws {
    let there = try Desk()
    try there.write("app.jsonl", [answer("msg_1"), answer("msg_2")])
    try there.load("app.jsonl") { $0.prices = half() }
    try desk.load("gateway.jsonl", [answer("msg_2", ["user_id": "ana"]), answer("msg_3")])
    var options = ImportOptions()
    options.now = Desk.now + 1000
    _ = try DatabaseMerge(into: desk.file, options: options).merge(there.file)
    #expect(
      try desk.list(
        """
        SELECT request_id, cost_usd_nanos < list_cost_usd_nanos FROM llm_call ORDER BY request_id
        """) == "msg_1 1, msg_2 0, msg_3 0")
    try expectReproducible()
    _ = try reprice(PriceSettings())
    #expect(try desk.number("SELECT COUNT(DISTINCT price_book) FROM call") == 1)
    try expectReproducible()
  }

  @Test func `a book that is kept prices as it did, and has its hash again`() throws {
    try desk.load("app.jsonl", [answer("msg_1")])
    let rows = """
      anthropic,claude-opus-5-5,,2026-10-01,2026-11-01,3,15,3.75,6,0.3,,,,0.5,1.1,10,0,offer — autumn
      openai,lumen-7b,,,,0.1,0.4,,,,,,,,,,1,guess
      """
    var settings = half { $0.model = "claude-haiku-4-5" }
    settings.lists = try [
      PriceList(name: "ours.csv", csv: Array("\(PriceColumn.header)\r\n\(rows)".utf8)),
      PriceList(name: "ours.csv", csv: Array("\(PriceColumn.header)\n\(rows)\n\n".utf8)),
    ]
    try DatabaseQueue(path: desk.file.path).write { db in
      let stored = StoredPrices(db)
      let book = try stored.book(settings)
      let again = try stored.book(stored.keep(book, at: Desk.now))
      #expect(again.id == book.id && again.overrides == book.overrides)
      #expect(again.catalogue.rows == book.catalogue.rows)
      var turned = settings
      turned.lists.reverse()
      #expect(try stored.book(turned).id != book.id)
    }
    #expect(throws: PriceCatalogueError.self) {
      try PriceList(name: "latin.csv", csv: Array("\(PriceColumn.header)\n".utf8) + [0xE9, 0x0A])
    }
  }
}
