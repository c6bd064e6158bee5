import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Closing a period, and what is refused.
@Suite struct ClosingTests {
  private static let day: Int64 = 86_400_000
  private let desk: Desk

  init() throws {
    desk = try Desk()
    var random = RandomLines(seed: 21)
    try desk.write("first.jsonl", random.lines(200), touched: RandomLines.start + Self.day)
    try desk.write("second.jsonl", random.lines(200), touched: RandomLines.start + Self.day)
    try desk.load("first.jsonl")
  }

  private func request(_ from: Int64, _ to: Int64) -> PeriodClosing.Request {
    PeriodClosing.Request(
      "days \(from)-\(to)",
      window: RandomLines.start + from * Self.day..<RandomLines.start + to * Self.day, by: "ana",
      at: Desk.now)
  }

  @discardableResult
  private func close(
    _ from: Int64, _ to: Int64, with change: (inout PeriodClosing.Request) -> Void = { _ in }
  ) throws -> PeriodClosing.Report {
    var request = request(from, to)
    change(&request)
    return try PeriodClosing(desk.file).run(request)
  }

  private func reopen(_ period: String) throws -> ClosingRecord {
    try PeriodReopening(desk.file).reopen(period, by: "ben", why: "late invoice", at: Desk.now)
  }

  private func differences() throws -> [String] {
    try Closings(desk.file).verify().flatMap(\.differences)
  }

  @Test func `the figures are those of the ledger`() throws {
    let report = try close(0, 2)
    let starts = (0..<2).map { RandomLines.start + $0 * Self.day }
    let ledger = try CallDatabase(desk.file).ledger(
      LedgerQuery(dayStarts: starts, until: RandomLines.start + 2 * Self.day, by: [.tenant]),
      prices: PriceSettings())
    #expect(report.figures.costNanos == ledger.entries.reduce(0) { $0 + $1.calls.storedNanos })
    #expect(report.figures.calls == ledger.entries.reduce(0) { $0 + $1.calls.calls })
    #expect(report.figures.hash.hasPrefix("1:") && report.figures.hash.count == 66)
    let record = try #require(try Closings(desk.file).all().first)
    #expect(record.closedBy == "ana" && record.closedAt == Desk.now)
    #expect([record.calls, record.costNanos] == [report.figures.calls, report.figures.costNanos])
    #expect(try !record.catalogue.isEmpty && differences() == [])
  }

  @Test func `the hash is of the calls, not of the database that holds them`() throws {
    try desk.load("second.jsonl")
    let here = try close(0, 5).figures
    let other = try Desk()
    for name in ["second.jsonl", "first.jsonl"] {
      try other.write(
        name, text: String(contentsOfFile: desk.path(name), encoding: .utf8),
        touched: RandomLines.start + Self.day)
    }
    // Other codes, sources, imports and packs.
    try other.load(
      "elsewhere.jsonl",
      [answer("msg_x", at: "2026-10-09T09:00:00Z", ["tenant_id": "ember-energy"])])
    try other.load("second.jsonl", "first.jsonl")
    #expect(
      try PeriodClosing(other.file).run(request(0, 5)).figures.costNanos == here.costNanos)
    #expect(try CallDatabase(other.file).figures(of: request(0, 5).window).hash == here.hash)
    #expect(try CallDatabase(other.file).figures(of: request(0, 4).window).hash != here.hash)
  }

  @Test func `what is not over, empty or closed already is refused, and nothing is kept`() throws {
    #expect(throws: ClosingError.notOver("days 0-2", endingAt: request(0, 2).window.upperBound)) {
      try close(0, 2) { $0.asOf = $0.window.upperBound - 1 }
    }
    try close(0, 2) { $0.asOf = $0.window.upperBound }
    #expect(throws: ClosingError.closedAlready("days 0-2", by: "ana")) { try close(0, 2) }
    #expect(throws: ClosingError.overlaps("days 1-3", with: "days 0-2")) { try close(1, 3) }
    #expect(throws: ClosingError.empty("days 8-9")) { try close(8, 9) }
    try close(8, 9) { $0.allowsEmpty = true }
    try close(2, 3) { $0.isDryRun = true }
    #expect(throws: ClosingError.changedMeanwhile("days 3-4")) {
      try close(3, 4) { $0.filesShow = "1:00" }
    }
    struct Refused: Error {}
    #expect(throws: Refused.self) {
      try PeriodClosing(desk.file).run(request(3, 4)) { _ in throw Refused() }
    }
    #expect(try Closings(desk.file).all().map(\.period) == ["days 0-2", "days 8-9"])
  }

  @Test func `a running import keeps a period from being closed or opened`() throws {
    try close(0, 2)
    let lock = try ImportLock(for: desk.file, waits: false)
    defer { withExtendedLifetime(lock) {} }
    #expect(throws: StoreError.locked(desk.file.path)) { try close(2, 3) }
    #expect(throws: StoreError.locked(desk.file.path)) { try reopen("days 0-2") }
  }

  @Test func `what may still change the figures is said`() throws {
    // RandomLines has a model without a price.
    let priced = try close(0, 2) { $0.isDryRun = true }
    #expect(priced.doubts.count == 1 && priced.doubts[0].contains("no price"))
    try desk.load("torn.jsonl", [answer("msg_1"), "{torn"])
    let report = try close(0, 5) { $0.isDryRun = true }
    #expect(report.doubts.contains { $0.hasPrefix("1 record of the imports") })
    try desk.write("UPDATE import SET finished_at = NULL WHERE id = 1")
    #expect(
      try close(0, 9) { $0.isDryRun = true }.doubts.map { $0.contains("import 1 was interrupted") }
        .contains(true))
    #expect(try close(0, 9) { $0.isDryRun = true }.doubts.contains { $0.hasPrefix("its last day") })
  }

  @Test func `issued files come back byte for byte, also of a closing that was opened again`()
    throws
  {
    let bytes = Data([0, 255, 13, 10, 0])
    try close(0, 2) {
      $0.files = (try? IssuedFiles([.init(name: "a.xlsx", content: bytes)])) ?? IssuedFiles()
    }
    _ = try reopen("days 0-2")
    try close(0, 2)
    let closings = Closings(desk.file)
    #expect(try closings.named("days 0-2").id == 2)
    #expect(try closings.files(of: 2).files.isEmpty)
    #expect(try closings.files(of: closings.named("1").id).files.map(\.content) == [bytes])
    try desk.write("UPDATE issued_file SET content = x'01'")
    #expect(throws: ClosingError.self) { try closings.files(of: 1) }
    #expect(try differences() == ["the file 'a.xlsx' is another"])
    #expect(throws: ClosingError.self) {
      try IssuedFiles([
        .init(name: "a.csv", content: bytes), .init(name: "a.csv", content: Data()),
      ])
    }
  }

  @Test func `opened again, a period is what its calls are now`() throws {
    let closed = try close(0, 2).figures
    try desk.load("second.jsonl")
    let window = request(0, 2).window
    #expect(try CallDatabase(desk.file).figures(of: window) == closed)
    let reopened = try reopen("days 0-2")
    let now = try CallDatabase(desk.file).figures(of: window)
    #expect(now.costNanos == closed.costNanos + reopened.since.costNanos)
    #expect(now.calls == closed.calls + reopened.since.calls)
    #expect(try desk.number("SELECT COUNT(*) FROM adjustment") == 0)
    #expect(throws: ClosingError.notClosed("days 0-2", closed: [])) { try reopen("days 0-2") }
    #expect(try Closings(desk.file).all().first?.reopened?.why == "late invoice")
    #expect(try close(0, 2).figures == now)
  }

  @Test func `a period stays closed while a later one holds its adjustments`() throws {
    try close(0, 2)
    try desk.load("second.jsonl")
    let closed = try close(2, 3).figures
    #expect(closed.adjustedNanos != 0)
    #expect(throws: ClosingError.holdsAdjustments("days 0-2", later: "days 2-3")) {
      try reopen("days 0-2")
    }
    #expect(try differences() == [])
    _ = try reopen("days 2-3")
    _ = try reopen("days 0-2")
    #expect(try close(2, 3).figures.adjustedNanos == 0)
  }

  @Test(arguments: [
    "UPDATE call SET cost_usd_nanos = cost_usd_nanos + 1 WHERE cost_usd_nanos > 0",
    "UPDATE closing SET cost_usd_nanos = 7",
    "DELETE FROM call WHERE kind IS NULL",
    "UPDATE adjustment SET sign = -sign",
    "UPDATE closing SET ending_at = ending_at + 3600000",
  ]) func `what was changed behind its back is found`(damage: String) throws {
    try close(0, 2)
    try desk.load("second.jsonl")
    #expect(try differences() == [])
    #expect(try Doctor(desk.file).examine().allSatisfy(\.isSound))
    try desk.write(damage)
    #expect(try !differences().isEmpty)
    #expect(try Doctor(desk.file).examine().contains { $0.check == "closings" && !$0.isSound })
  }

  @Test func `money that moves between tenants is found by the hash alone`() throws {
    try close(0, 2)
    try desk.write("UPDATE call SET tenant = (SELECT MIN(tenant) FROM call)")
    let found = try differences()
    #expect(found.count == 1 && found[0].hasPrefix("the same totals"))
  }

  @Test func `calls from before price books stay what they were when prices change`() throws {
    try desk.write("UPDATE call SET price_book = NULL")
    try close(0, 5)
    var rates = NegotiatedRates()
    rates.input = 9_000_000
    var request = Repricing.Request()
    request.prices.overrides = [PriceOverride(name: "dear", effect: .rates(rates))]
    request.now = Desk.now + 1
    #expect(try Repricing(desk.file).run(request).closedCalls > 0)
    #expect(try differences() == [])
  }

  @Test func `explain says of a call whether its period was closed with it`() throws {
    try close(0, 5)
    try desk.load(
      "late.jsonl", [answer("msg_late", at: "2026-11-01T00:00:01.000Z")])
    let late = try CallDatabase(desk.file).explain("msg_late", prices: PriceSettings())
    #expect(
      late[0].reckoning.remarks.contains { $0.contains("closed") && $0.contains("without it") })
    let known = try desk.rows(
      "SELECT COALESCE(message_id, request_id) FROM llm_call WHERE COALESCE(message_id, request_id) IS NOT NULL LIMIT 1"
    )
    let id = try #require(known.first?[0])
    let early = try CallDatabase(desk.file).explain(id, prices: PriceSettings())
    #expect(early[0].reckoning.remarks.contains { $0.hasSuffix("with the call as it is") })
  }
}
