import Foundation
import Testing

@testable import Alerts

@Suite struct AlertBookTests {
  private static let id = "budget.tenant.alder-bank.daily"
  private var book = AlertBook()

  /// Records a report and tells a receiver; returns what it was told.
  private mutating func run(
    _ state: AlertState, minute: Int64, decided: Set<String> = ["budget"],
    to receiver: String? = "slack", again: Int64? = nil
  ) -> [Notice.Change] {
    let report = Story.report(Story.finding(state), decided: decided, after: minute * 60_000)
    book.record(report)
    guard let receiver else { return [] }
    let due = book.due(for: receiver, at: report.asOf, again: again)
    book.told(due, to: receiver, at: report.asOf)
    return due.map(\.change)
  }

  @Test mutating func `an alert is told once, and once more when it is over`() {
    #expect(run(.warning, minute: 0) == [.opened])
    #expect(run(.warning, minute: 5) == [])
    #expect(run(.critical, minute: 10) == [.worsened])
    #expect(run(.critical, minute: 15) == [])
    #expect(run(.warning, minute: 20) == [.eased])
    #expect(run(.ok, minute: 25) == [.resolved])
    #expect(run(.ok, minute: 30) == [])
    #expect(run(.warning, minute: 35) == [.opened])
    #expect(book.alerts[Self.id]?.openedAt == Story.now + 35 * 60_000)
  }

  @Test mutating func `each receiver is told what it does not know`() {
    #expect(run(.warning, minute: 0, to: "slack") == [.opened])
    #expect(run(.warning, minute: 5, to: "pagerduty") == [.opened])
    #expect(run(.ok, minute: 10, to: "slack") == [.resolved])
    #expect(run(.ok, minute: 15, to: "pagerduty") == [.resolved])
    #expect(run(.ok, minute: 20, to: "webhook") == [])
  }

  @Test mutating func `who could not be told is told the next time`() {
    _ = run(.warning, minute: 0, to: nil)
    #expect(run(.warning, minute: 5) == [.opened])
  }

  @Test mutating func `what is still open is said again only if asked for`() {
    _ = run(.warning, minute: 0)
    #expect(run(.warning, minute: 59, again: 3_600_000) == [])
    #expect(run(.warning, minute: 60, again: 3_600_000) == [.reminded])
    #expect(run(.warning, minute: 61, again: 3_600_000) == [])
  }

  @Test mutating func `what nobody looked at is not over`() {
    _ = run(.critical, minute: 0)
    #expect(run(.ok, minute: 5, decided: ["anomaly"]) == [])
    #expect(book.listed(withResolved: false).map(\.id) == [Self.id])
  }

  @Test mutating func `what its rule could tell is over, whatever else it could not`() {
    _ = run(.critical, minute: 0)
    #expect(run(.ok, minute: 5, decided: [Self.id]) == [.resolved])
  }

  @Test mutating func `what is acknowledged is not told until it is worse, or the time is over`() {
    _ = run(.warning, minute: 0, to: nil)
    let known = book.acknowledge(
      Self.id, at: Story.now, until: Story.now + 3_600_000, note: "launch")
    #expect(known)
    #expect(run(.warning, minute: 30) == [])
    #expect(book.acknowledgements[Self.id]?.note == "launch")
    #expect(run(.critical, minute: 31) == [.opened])
    #expect(book.acknowledgements.isEmpty)
    _ = book.acknowledge(Self.id, at: Story.now, until: Story.now + 3_600_000, note: nil)
    #expect(run(.critical, minute: 61) == [])
    #expect(book.acknowledgements.isEmpty)
  }

  @Test mutating func `an acknowledgement ends when the alert is over`() {
    _ = run(.warning, minute: 0)
    _ = book.acknowledge(Self.id, at: Story.now, until: nil, note: nil)
    #expect(run(.ok, minute: 5) == [.resolved])
    #expect(run(.warning, minute: 10) == [.opened])
  }

  @Test mutating func `only what is open can be acknowledged`() {
    let before = book.acknowledge(Self.id, at: Story.now, until: nil, note: nil)
    _ = run(.warning, minute: 0)
    _ = run(.ok, minute: 5)
    let after = book.acknowledge(Self.id, at: Story.now, until: nil, note: nil)
    #expect(!before && !after)
  }

  @Test
  mutating func `what a receiver refused comes last until it is told, and old files have none`()
    throws
  {
    func report(_ minute: Int64) -> CheckReport {
      Story.report(
        Story.finding(.critical, "a"), Story.finding(.warning, "b"), after: minute * 60_000)
    }
    book.record(report(0))
    let due = book.due(for: "pagerduty", at: report(0).asOf)
    #expect(due.map(\.id) == ["budget.a", "budget.b"])
    book.refused([due[0]], by: "pagerduty", at: report(0).asOf)
    #expect(book.due(for: "pagerduty", at: report(1).asOf).map(\.id) == ["budget.b", "budget.a"])
    #expect(book.due(for: "slack", at: report(1).asOf).map(\.id) == ["budget.a", "budget.b"])
    book.told([due[0]], to: "pagerduty", at: report(1).asOf)
    #expect(book.due(for: "pagerduty", at: report(2).asOf).map(\.id) == ["budget.b"])
    // A file of before says nothing of refusals.
    let written = String(decoding: try JSONEncoder().encode(book), as: UTF8.self)
    let old = written.replacing(#""refused":{},"#, with: "").replacing(#","refused":{}"#, with: "")
    #expect(!old.contains("refused"))
    let read = try JSONDecoder().decode(AlertBook.self, from: Data(old.utf8))
    #expect(read.due(for: "pagerduty", at: report(2).asOf).map(\.id) == ["budget.b"])
  }

  @Test mutating func `what was resolved is remembered for a month`() {
    _ = run(.warning, minute: 0)
    _ = run(.ok, minute: 5)
    #expect(book.listed(withResolved: true).count == 1)
    _ = run(.ok, minute: 5 + 30 * 24 * 60)
    #expect(book.listed(withResolved: true).isEmpty)
  }
}
