import Alerts
import Testing

@testable import forensics

/// What is judged by how it was before.
@Suite struct TrendCheckTests {
  private typealias Story = CheckStory

  /// $0.30 an hour for 30 days up to midnight, and this morning what is added.
  private func steady(_ more: (CheckStory) -> Void = { _ in }) -> CheckStory {
    let story = CheckStory()
    story.addSteadyHours()
    for hour in (1...11).reversed() {
      story.add(before: Int64(hour) * Story.hour - 1, feature: "search-answers", fresh: 100_000)
    }
    more(story)
    // The newest call, in an hour that is not over.
    story.add(before: 1, fresh: 1000)
    return story
  }

  @Test func `an hour at fifteen times its usual cost is found, with who it was`() throws {
    let story = steady {
      $0.add(
        14, before: 3 * Story.hour - 60_000, tenant: "cobalt-air", feature: "support-chat",
        fresh: 100_000)
    }
    let found = try story.findings(of: "anomaly")
    #expect(found.states == ["anomaly.hour WARNING", "anomaly.day OK"])
    #expect(found[0].sentence.hasPrefix("the hour of 2026-11-15 09:00 cost $4.5"))
    #expect(
      found[0].sentence.hasSuffix(
        "most of it tenant cobalt-air, feature support-chat, model claude-sonnet-4-6"))
    #expect(
      found[0].next
        == "forensics spend --by tenant,feature --since 2026-11-15T09:00:00.000Z --until 2026-11-15T10:00:00.000Z"
    )
  }

  @Test func `a steady month is fine, and so is an excess of cents`() throws {
    #expect(try steady().findings(of: "anomaly").states == ["anomaly.hour OK", "anomaly.day OK"])
    let cents = steady { $0.add(3, before: 3 * Story.hour - 60_000, fresh: 100_000) }
    #expect(try cents.findings(of: "anomaly").states == ["anomaly.hour OK", "anomaly.day OK"])
  }

  @Test func `after two days nothing can be told, and strictly that is UNKNOWN`() throws {
    let story = CheckStory()
    story.addSteadyHours(days: 2)
    let facts = try story.facts()
    let rules = CheckRule.all.filter { $0.name == "anomaly" }
    let report = try CheckReport(rules, over: facts, CheckConfiguration())
    #expect(report.findings.allSatisfy { $0.isUndecided && $0.state == .ok })
    #expect(report.decided.isEmpty)
    #expect(report.state == .ok)
    let strict = try CheckReport(rules, over: facts, CheckConfiguration(), isStrict: true)
    #expect(strict.state == .unknown)
  }

  @Test func `the month's end is projected with a range and a straight line`() throws {
    // $7.20 a day: $216 a month.
    func found(_ budget: Int) throws -> Finding {
      try #require(try steady().findings(of: "projection", "budgets: {monthly: \(budget)}").first)
    }
    let tight = try found(200)
    #expect(tight.state == .ok)
    #expect(tight.isNotice)
    #expect(tight.sentence.contains("a straight line says"))
    #expect(tight.sentence.contains("which is crossed on 2026-11-2"))
    #expect(try found(180).state == .critical)
    #expect(try found(230).state == .ok)
    #expect(try !found(230).isNotice)
    guard case .usd(let nanos)? = tight.value else { return }
    #expect(abs(Double(nanos) / 1e9 - 216) < 6)
  }

  @Test func `a named tenant's month is projected too`() throws {
    let found = try steady().findings(
      of: "projection", #"budgets: {tenants: {alder-bank: {monthly: 100}, "*": {monthly: 1}}}"#)
    #expect(found.states == ["projection.tenant.alder-bank.monthly CRITICAL"])
  }

  @Test func `two per cent of the month beyond the usual in one hour burn`() throws {
    // $216 a month is the usual; 2 % are $4.32, 15 calls more in the last hour are $4.50.
    func states(_ calls: Int) throws -> [String] {
      try steady { $0.add(calls, before: 10 * Story.minute, step: 1000, fresh: 100_000) }
        .findings(of: "burn", "budgets: {monthly: 216}").states
    }
    #expect(try states(18) == ["burn.1h CRITICAL", "burn.6h OK"])
    #expect(try states(12) == ["burn.1h OK", "burn.6h OK"])
  }

  @Test func `five per cent in six hours are a warning, and what stopped burns no more`() throws {
    // $10.80 in the last six hours, no hour of it above $4.32.
    let slow = steady { story in
      for hour in [Int64(0), 1, 2, 3, 4] {
        story.add(9, before: hour * Story.hour + 20 * Story.minute, step: 1000, fresh: 100_000)
      }
    }
    #expect(
      try slow.findings(of: "burn", "budgets: {monthly: 216}").states == [
        "burn.1h OK", "burn.6h WARNING",
      ])
    let over = steady { $0.add(18, before: 50 * Story.minute, step: 1000, fresh: 100_000) }
    #expect(
      try over.findings(of: "burn", "budgets: {monthly: 216}").states == [
        "burn.1h OK", "burn.6h OK",
      ])
  }
}
