import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Random histories (imports, late records, re-reading, undoing, merging, repricing), with periods closed and
/// opened again in between: what is closed stays what it was.
@Suite struct ClosedHistoryTests {
  private static let runs =
    Int(ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"] ?? "") ?? 12
  /// The histories' twelve calls begin on the hour, drifting four minutes either way.
  private static let hour: Int64 = 3_600_000

  @Test(arguments: 1...runs)
  func `closed figures come out equal, and nothing is lost`(seed: Int) throws {
    var history = try History(seed: UInt64(seed))
    var dice = Dice(UInt64(seed) &+ 900_000)
    var issued: [String: String] = [:]
    for step in 0..<24 {
      try history.step()
      let told = "after \(history.steps.joined(separator: ", "))"
      if step > 2 { try closeOrOpen(history.desk, &dice, &issued) }
      let checks = try Closings(history.desk.file).verify()
      #expect(checks.flatMap(\.differences) == [], "\(told)")
      for check in checks where check.closing.isClosed {
        let now = try text(history.desk, check.closing.window)
        #expect(now == issued[check.closing.period], "\(told)")
      }
      try expectTies(history.desk, told)
    }
    let faults = try Doctor(history.desk.file).examine().filter { !$0.isSound }
    #expect(faults == [])
  }

  /// A few hours at a time, sometimes with a gap between them.
  private func closeOrOpen(_ desk: Desk, _ dice: inout Dice, _ issued: inout [String: String])
    throws
  {
    let closed = try Closings(desk.file).all().filter(\.isClosed)
    if Int.random(in: 0..<5, using: &dice) == 0, let some = closed.randomElement(using: &dice) {
      do {
        _ = try PeriodReopening(desk.file).reopen(
          some.period, by: "ben", why: "by mistake", at: Desk.now)
      } catch ClosingError.holdsAdjustments {}
      return
    }
    guard Bool.random(using: &dice) else { return }
    let from = Int64.random(in: -1...10, using: &dice)
    let length = Int64.random(in: 1...3, using: &dice)
    let window =
      RandomLines.start + from * Self.hour..<RandomLines.start + (from + length) * Self.hour
    let name = "hours \(from)+\(length)"
    var request = PeriodClosing.Request(name, window: window, by: "ana", at: Desk.now)
    request.allowsEmpty = true
    do {
      try PeriodClosing(desk.file).run(request)
      issued[name] = try text(desk, window)
    } catch ClosingError.overlaps, ClosingError.closedAlready {}
  }

  /// All that a ledger says of a window, its adjustments included.
  private func text(_ desk: Desk, _ window: Range<Int64>) throws -> String {
    let ledger = try CallDatabase(desk.file).ledger(
      LedgerQuery(
        dayStarts: [window.lowerBound], until: window.upperBound, by: [.tenant, .feature]),
      prices: PriceSettings())
    func said(_ order: String, _ calls: CallGroup) -> String {
      "\(order) \(calls.calls) \(calls.extraCalls) \(calls.errors) \(calls.storedNanos) "
        + "\(calls.listNanos) \(calls.lines.map(\.count)) \(calls.picodollars)"
    }
    return
      (ledger.entries.map { said($0.order, $0.calls) }
      + ledger.adjustments.map { said($0.order, $0.calls) }).joined(separator: "\n")
  }

  /// Closed and open periods with their adjustments together are the calls.
  private func expectTies(_ desk: Desk, _ told: String) throws {
    let window = RandomLines.start - 90 * Self.hour..<RandomLines.start + 90 * Self.hour
    let all = try CallDatabase(desk.file).figures(of: window)
    let cost = try desk.number("SELECT COALESCE(SUM(cost_usd_nanos), 0) FROM call")
    let calls = try desk.number("SELECT COUNT(*) FROM call WHERE kind IS NULL")
    #expect(all.costNanos + all.adjustedNanos == cost, "\(told)")
    #expect(all.calls + all.adjustedCalls == calls, "\(told)")
  }
}
