import Alerts
import Testing

@testable import forensics

@Suite struct BudgetCheckTests {
  private typealias Story = CheckStory

  /// $3 a thousand thousand tokens.
  private func spent(_ dollars: Int, tenant: String = "alder-bank") -> CheckStory {
    let story = CheckStory()
    story.add(before: Story.hour, tenant: tenant, fresh: 100_000)
    story.add(dollars * 10 / 3 - 1, before: Story.hour - 1, tenant: tenant, fresh: 100_000)
    return story
  }

  @Test(arguments: [
    (10, "OK"), (12, "WARNING"), (15, "CRITICAL"),
  ]) func `a daily budget warns at 80 % and is critical at 100 %`(_ spend: Int, _ state: String)
    throws
  {
    // $12 are 40 calls; $10 are 33, $9.90.
    let found = try spent(spend).findings(of: "budget", "budgets: {daily: 15}")
    #expect(found.states == ["budget.daily \(state)"])
  }

  @Test func `exactly 80 % is 80 %, and a nano-dollar less is not`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, fresh: 100_000)
    #expect(try story.findings(of: "budget", "budgets: {daily: 0.375}")[0].state == .warning)
    #expect(try story.findings(of: "budget", "budgets: {daily: 0.375000002}")[0].state == .ok)
    #expect(try story.findings(of: "budget", "budgets: {daily: 0.3}")[0].state == .critical)
    #expect(try story.findings(of: "budget", "budgets: {daily: 0.300000001}")[0].state == .warning)
  }

  @Test func `half of it is worth a line`() throws {
    let found = try spent(9).findings(of: "budget", "budgets: {daily: 15, monthly: 30}")
    #expect(found.map(\.isNotice) == [true, false])
    #expect(
      found[0].sentence
        == "everybody together used $9.00 today, 60.0 % of the daily budget of $15.00")
    #expect(found[0].next == "forensics spend --by tenant,feature --since 2026-11-15")
  }

  @Test func `today begins at midnight, the month on the first`() throws {
    let story = CheckStory()
    story.add(before: 13 * Story.hour, fresh: 100_000)
    story.add(before: 14 * Story.day + 13 * Story.hour, fresh: 100_000)
    story.add(before: Story.hour, fresh: 100_000)
    let found = try story.findings(of: "budget", "budgets: {daily: 10, monthly: 10}")
    #expect(found.map(\.value) == [.usd(300_000_000), .usd(600_000_000)])
  }

  @Test func `a tenant has a budget of its own, and the others one each`() throws {
    let story = CheckStory()
    story.add(10, before: Story.hour, tenant: "alder-bank", fresh: 100_000)
    story.add(10, before: Story.hour, tenant: "brisk-parcel", fresh: 100_000)
    story.add(before: Story.hour, tenant: "cobalt-air", fresh: 100_000)
    story.add(10, before: Story.hour, tenant: nil, fresh: 100_000)
    let found = try story.findings(
      of: "budget", #"budgets: {tenants: {alder-bank: {daily: 10}, "*": {daily: 1}}}"#)
    #expect(
      found.states == [
        "budget.tenant.alder-bank.daily OK", "budget.tenant.brisk-parcel.daily CRITICAL",
        "budget.tenant.cobalt-air.daily OK",
      ])
  }

  @Test func `tokens are counted, cached ones too`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, feature: "triage", fresh: 100_000, reads: 250_000, writes: 50_000)
    let found = try story.findings(
      of: "budget",
      "budgets: {daily_tokens: 400k, features: {triage: {monthly_tokens: 0.5M}}}"
        .replacing("0.5M", with: "500_000"))
    #expect(
      found.states == [
        "budget.daily.tokens CRITICAL", "budget.feature.triage.monthly.tokens WARNING",
      ])
    #expect(found[0].value == .tokens(400_000))
  }

  @Test func `a session has a limit`() throws {
    let story = CheckStory()
    story.add(10, before: Story.hour, fresh: 100_000, more: #","session_id":"s-1""#)
    story.add(before: Story.hour, fresh: 100_000, more: #","session_id":"s-2""#)
    #expect(
      try story.findings(of: "budget", "budgets: {session: 3}").states
        == ["budget.session.s-1 CRITICAL"])
    #expect(
      try story.findings(of: "budget", "budgets: {session: 30}").states == ["budget.session OK"])
  }

  @Test func `without a budget there is nothing to say`() throws {
    #expect(try spent(9).findings(of: "budget").isEmpty)
    #expect(try spent(9).findings(of: "burn").isEmpty)
    #expect(try spent(9).findings(of: "projection").isEmpty)
  }

  @Test func `names from logs are quoted in what is typed next`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, tenant: "o'hara; rm -rf $HOME", fresh: 100_000)
    let found = try story.findings(of: "budget", #"budgets: {tenants: {"*": {daily: 0.3}}}"#)
    #expect(
      found[0].next
        == #"forensics spend --tenant 'o'\''hara; rm -rf $HOME' --by feature,model --since 2026-11-15"#
    )
  }
}
