import Finance
import Testing
import UsageLog

@testable import CallStore

@Suite struct ReconciliationTests {
  private let story: Story

  init() throws { story = try Story() }

  private func dollars(_ text: String) throws -> ExactDollars { try #require(ExactDollars(text)) }

  @Test func `calls of which the reports say the same leave nothing to name`() throws {
    let calls = (1...7).flatMap { day in
      [
        Story.Told(day: day), .init(day: day, model: "claude-haiku-4-5-20251001", tier: "batch"),
        .init(day: day, model: "claude-opus-4-8", geography: "us"),
        .init(day: day, model: "claude-opus-4-8", speed: "fast"),
        .init(day: day, usage: TokenUsage(input: 500, output: 1, webSearches: 2)),
        .init(day: day, usage: TokenUsage(input: 900), isFree: true),
        .init(day: day, model: "claude-haiku-5-5", usage: TokenUsage(input: 150_000, output: 9)),
      ]
    }
    let result = story.reconcile(calls, usage: story.usage(calls), costs: story.costs(calls))
    #expect(result.lines.isEmpty && result.addsUp)
    #expect(result.callsTotal > .zero && result.callsTotal == result.providerTotal)
  }

  @Test func `refusals that are not charged may be missing from the usage`() {
    let calls = [Story.Told(), .init(usage: TokenUsage(input: 900), isFree: true)]
    let result = story.reconcile(
      calls, usage: story.usage([calls[0]]), costs: story.costs(calls))
    #expect(result.named == [.notReported: .zero] && result.lines[0].tokens == -900)
  }

  @Test func `what calls did not say is named by what the provider says`() throws {
    func moved(_ change: (inout Story.Told) -> Void, _ residual: Residual) -> ExactDollars? {
      var told = Story.Told(model: "claude-opus-4-8", usage: TokenUsage(input: 1_000_000))
      let logged = told
      change(&told)
      let result = story.reconcile(
        [logged], usage: story.usage([told]), costs: story.costs([told]))
      #expect(result.addsUp && result.lines.count == 1)
      return result.named[residual]
    }
    #expect(moved({ $0.tier = "batch" }, .serviceTier) == (try dollars("-2.5")))
    #expect(moved({ $0.speed = "fast" }, .fastMode) == (try dollars("5")))
    #expect(moved({ $0.geography = "us" }, .regionalPremium) == (try dollars("0.5")))
  }

  @Test func `a commitment's tokens are known though nothing is charged for them`() throws {
    let logged = Story.Told(usage: TokenUsage(input: 1_000_000))
    var told = logged
    told.tier = "priority"
    let other = Story.Told(model: "claude-opus-4-8")
    let result = story.reconcile(
      [logged, other], usage: story.usage([told, other]), costs: story.costs([told, other]))
    #expect(result.named == [.priorityTier: try dollars("-2")] && result.addsUp)
    let said = story.reconcile(
      [told, other], usage: story.usage([told, other]), costs: story.costs([told, other]))
    #expect(said.lines.isEmpty)
  }

  @Test
  func `the cost report tells the premium where the usage report was not asked for the place`()
    throws
  {
    let logged = [
      Story.Told(model: "claude-opus-4-8", usage: TokenUsage(input: 1_000_000)),
      .init(model: "claude-opus-4-8", usage: TokenUsage(input: 300_000)),
    ]
    var told = logged
    told[1].geography = "us"
    let result = story.reconcile(
      logged, usage: story.usage(told, without: [.inferenceGeo]), costs: story.costs(told))
    #expect(result.named == [.regionalPremium: try dollars("0.15")] && result.addsUp)
  }

  @Test func `without a usage report the amounts imply it`() throws {
    let calls = [Story.Told(), .init(day: 2), .init(day: 2, model: "claude-opus-4-8")]
    let result = story.reconcile(
      Array(calls.dropLast()), usage: [], costs: story.costs(calls))
    #expect(result.named == [.missingCalls: try dollars("0.0075")])
    #expect(result.lines[0].tokens == 1100)
  }

  @Test func `days without a report are not held against it`() throws {
    let calls = [Story.Told(day: 1), .init(day: 2)]
    let result = story.reconcile(
      calls, usage: story.usage([calls[0]]), costs: story.costs([calls[0]]))
    #expect(result.named == [.uncoveredDays: try dollars("-0.003")] && result.addsUp)
  }

  @Test func `a window that cuts a UTC day counts the rest of it as boundary day`() throws {
    var story = story
    // Seven days of a company six hours behind UTC.
    story.window =
      (Story.start + 6 * 3_600_000)..<(Story.start + 2 * Story.dayLength + 6 * 3_600_000)
    let calls = [
      Story.Told(day: 1, hour: 3), .init(day: 1, hour: 9), .init(day: 3, hour: 2),
      .init(day: 3, hour: 20),
    ]
    let result = story.reconcile(calls, usage: story.usage(calls), costs: story.costs(calls))
    #expect(result.callCount == 2)
    #expect(result.named == [.boundaryDay: try dollars("0.006")] && result.addsUp)
    #expect(result.deviation == .zero)
  }

  @Test func `a report fetched in the middle of the day makes late data, not foreign calls`() throws
  {
    let calls = [Story.Told(hour: 5), .init(hour: 20)]
    let noon = Story.start + 12 * 3_600_000
    let early = story.reconcile(
      calls, usage: story.usage([calls[0]], fetched: noon),
      costs: story.costs([calls[0]], fetched: noon))
    #expect(early.named == [.lateData: try dollars("-0.003")] && early.addsUp)
    let afterwards = story.reconcile(
      calls, usage: story.usage([calls[0]]), costs: story.costs([calls[0]]))
    #expect(afterwards.named == [.notReported: try dollars("-0.003")])
    // A cost report that is newer than the usage knows better.
    let both = story.reconcile(
      calls, usage: story.usage([calls[0]], fetched: noon), costs: story.costs(calls))
    #expect(both.lines.isEmpty)
  }

  @Test func `an ungrouped cost report leaves what it does not say unexplained`() throws {
    let calls = [Story.Told(), .init(model: "claude-opus-4-8")]
    var costs = story.costs(
      calls,
      without: [
        .model, .workspaceID, .serviceTier, .inferenceGeo, .description, .costType, .tokenType,
        .contextWindow,
      ])
    #expect(costs.count == 1)
    let result = story.reconcile(calls, usage: story.usage(calls), costs: costs)
    #expect(result.lines.isEmpty && result.rows(by: [.model]).count == 1)
    costs[0].amount = "99"
    let more = story.reconcile(calls, usage: story.usage(calls), costs: costs)
    #expect(more.named.keys.sorted { $0.rawValue < $1.rawValue } == [.unexplained] && more.addsUp)
  }

  @Test func `workspaces are compared only where both sides name the same`() throws {
    let calls = [Story.Told(workspace: nil), .init(workspace: "wrkspc_engineering")]
    let product = [Story.Told(), calls[1]]
    // Calls without a workspace may be of any that the report names.
    let any = story.reconcile(calls, usage: story.usage(product), costs: story.costs(product))
    #expect(any.lines.isEmpty && any.rows(by: [.workspace]).count == 1)
    // A null in the report is the default workspace, and so it is in the calls.
    let own = story.reconcile(calls, usage: story.usage(calls), costs: story.costs(calls))
    #expect(own.lines.isEmpty && own.rows(by: [.workspace]).count == 2)
  }

  @Test func `rounding is half a nano-dollar a call at most`() throws {
    let third = PriceOverride(
      name: "a third off", effect: .discount(payable: Ratio(2, over: 3)))
    let story = try Story(overrides: [third])
    let calls = (1...40).map { Story.Told(usage: TokenUsage(input: Int64($0) * 7 + 1)) }
    var exact = Int128(0)
    for call in calls { exact += (try #require(story.charge(call))).picodollars * 1_000_000 * 2 }
    var costs = story.costs(calls)
    costs[0].amount = ExactDollars(attos: exact / 3 * 100).text
    let result = story.reconcile(calls, usage: story.usage(calls), costs: costs)
    #expect(Set(result.named.keys) == [.rounding] && result.addsUp)
    #expect(result.named[.rounding]! != .zero)
    #expect(result.named[.rounding]!.magnitude.attos <= 500_000_000 * 40 + 100)
  }

  @Test func `a bill goes on from the cost report`() throws {
    let calls = [Story.Told(usage: TokenUsage(input: 1_000_000))]
    let reports = (story.usage(calls), story.costs(calls))
    let bill = Invoice(name: "bill", total: try dollars("2.004"))
    let same = story.reconcile(calls, usage: reports.0, costs: reports.1, invoice: bill)
    #expect(same.named == [.rounding: try dollars("0.004")] && same.addsUp)
    let more = story.reconcile(
      calls, usage: reports.0, costs: reports.1,
      invoice: Invoice(name: "bill", total: try dollars("12")))
    #expect(more.named == [.invoiceDifference: try dollars("10")] && more.addsUp)
    let alone = story.reconcile(
      calls, usage: [], costs: [], invoice: Invoice(name: "bill", total: try dollars("12")))
    #expect(alone.named == [.unexplained: try dollars("10")] && alone.addsUp)
  }
}
