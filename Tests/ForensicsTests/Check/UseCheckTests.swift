import Alerts
import CallStore
import Tables
import Testing

@testable import forensics

/// Tenants, caches, regions, prices and age.
@Suite struct UseCheckTests {
  private typealias Story = CheckStory

  // MARK: - Growth

  /// In hundred thousands of tokens, $0.30 each, this week and the one before.
  private func growth(
    _ now: Int, _ before: Int, others: Int = 0, logsOf days: Int64 = 20
  ) throws -> [String] {
    let story = CheckStory()
    story.add(before: days * Story.day, tenant: "lumen-desk", fresh: 1)
    story.add(now, before: Story.day, tenant: "brisk-parcel", fresh: 100_000)
    story.add(before, before: 8 * Story.day, tenant: "brisk-parcel", fresh: 100_000)
    story.add(others, before: Story.day, tenant: "lumen-desk", fresh: 100_000)
    story.add(others, before: 8 * Story.day, tenant: "lumen-desk", fresh: 100_000)
    return try story.findings(of: "tenant-growth").states
  }

  @Test func `a tenant above +50 % is worth a look`() throws {
    #expect(try growth(16, 10) == ["tenant-growth.brisk-parcel WARNING"])
    #expect(try growth(15, 10) == ["tenant-growth OK"])
  }

  @Test func `neither for cents, nor for less than a hundredth of the bill`() throws {
    // $0.90 more; $1.20 more.
    #expect(try growth(4, 1) == ["tenant-growth OK"])
    #expect(try growth(5, 1) == ["tenant-growth.brisk-parcel WARNING"])
    #expect(try growth(5, 1, others: 400) == ["tenant-growth OK"])
  }

  @Test func `a new tenant has not grown`() throws {
    #expect(try growth(20, 0) == ["tenant-growth OK"])
  }

  @Test func `nobody has grown where the logs do not reach back over the week before`() throws {
    #expect(try growth(16, 10, logsOf: 9) == ["tenant-growth OK"])
    #expect(try growth(16, 10, logsOf: 13) == ["tenant-growth.brisk-parcel WARNING"])
  }

  @Test func `logs that began last week say nothing of growth`() throws {
    let story = CheckStory()
    for day in 1...9 {
      story.add(
        10, before: Int64(day) * Story.day - 1, tenant: "brisk-parcel", fresh: 100_000)
    }
    let found = try story.findings(of: "tenant-growth")
    #expect(found.states == ["tenant-growth OK"])
    #expect(found[0].isUndecided)
  }

  // MARK: - Cache

  private func cache(
    reads: Int, writes: Int = 0, fresh: Int, past: Int = 0, _ yaml: String = ""
  ) throws -> [String] {
    let story = CheckStory()
    story.add(before: Story.hour, feature: "summarise", fresh: fresh, reads: reads, writes: writes)
    if past > 0 {
      story.add(before: 3 * Story.day, feature: "summarise", fresh: 1000, reads: past, writes: 500)
    }
    return try story.findings(of: "cache", yaml).states
  }

  @Test func `a feature that reads less than a fifth of its input has a broken cache`() throws {
    #expect(try cache(reads: 19_999, writes: 1, fresh: 80_000) == ["cache.summarise WARNING"])
    #expect(try cache(reads: 20_000, writes: 1, fresh: 79_999) == ["cache.summarise OK"])
  }

  @Test func `little input says nothing, and who never cached is left alone`() throws {
    #expect(try cache(reads: 0, writes: 9_999, fresh: 90_000) == ["cache OK"])
    #expect(try cache(reads: 0, fresh: 500_000) == ["cache OK"])
  }

  @Test func `a cache that was switched off is missed`() throws {
    #expect(try cache(reads: 0, fresh: 500_000, past: 90_000) == ["cache.summarise WARNING"])
  }

  @Test func `a feature can have an objective of its own`() throws {
    let yaml = "cache: {features: {summarise: 60}, critical: 10}"
    #expect(try cache(reads: 50_000, fresh: 50_000, yaml) == ["cache.summarise WARNING"])
    #expect(try cache(reads: 60_000, fresh: 40_000, yaml) == ["cache.summarise OK"])
    #expect(try cache(reads: 0, fresh: 100_000, yaml) == ["cache.summarise CRITICAL"])
  }

  // MARK: - Regions

  @Test func `calls are answered where it is allowed`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, tenant: "alder-bank", more: #","inference_geo":"us""#)
    story.add(before: Story.hour, tenant: "brisk-parcel", more: #","inference_geo":"global""#)
    story.add(
      before: Story.hour, tenant: "cobalt-air", more: #","provider":"bedrock","region":"eu-west-1""#
    )
    story.add(
      before: Story.hour, tenant: "dune-hotels", status: 429, more: #","inference_geo":"eu""#)
    story.add(before: Story.hour, tenant: "fern-market")
    let found = try story.findings(
      of: "region",
      """
      region:
        all: {inference_geo: us}
        tenants:
          cobalt-air: {channel: [bedrock, vertex], region: [eu-*, ca-central-1]}
      """)
    #expect(
      found.states == [
        "region.alder-bank OK", "region.brisk-parcel CRITICAL", "region.cobalt-air OK",
        "region.fern-market WARNING",
      ])
    #expect(found[1].sentence.contains("1 call of tenant brisk-parcel"))
    #expect(found[1].sentence.contains("global"))
    #expect(found[1].next?.hasPrefix("forensics residency --tenant brisk-parcel --since ") == true)
    #expect(try story.findings(of: "region").isEmpty)
  }

  @Test func `what residency allows holds where the check says nothing`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, tenant: "alder-bank", more: #","inference_geo":"us""#)
    story.add(before: Story.hour, tenant: "brisk-parcel", more: #","inference_geo":"eu""#)
    story.add(
      before: Story.hour, tenant: "cobalt-air", more: #","provider":"bedrock","region":"eu-west-1""#
    )
    story.add(before: Story.hour, tenant: "fern-market")
    let rules = ResidencyRules(standard: ["us"], tenants: ["cobalt-air": ["eu"]])
    func states(_ yaml: String) throws -> [String] {
      var configuration = try Story.configuration(yaml)
      configuration.region.adopt(rules)
      return try RegionCheck.findings(story.facts(), configuration).states
    }
    #expect(
      try states("") == [
        "region.alder-bank OK", "region.brisk-parcel CRITICAL", "region.cobalt-air OK",
        "region.fern-market WARNING",
      ])
    #expect(
      try states("region: {tenants: {brisk-parcel: {inference_geo: eu}}}")
        .contains("region.brisk-parcel OK"))
    #expect(
      try states("region: {all: {inference_geo: eu}}").contains("region.alder-bank CRITICAL"))
  }

  // MARK: - Prices

  @Test func `tokens without a price are a share of all`() throws {
    func state(_ unpriced: Int, of tokens: Int) throws -> AlertState {
      let story = CheckStory()
      story.add(before: Story.hour, fresh: unpriced, model: "claude-opus-9")
      story.add(before: Story.hour, fresh: tokens - unpriced)
      return try story.findings(of: "unpriced")[0].state
    }
    #expect(try state(9_999, of: 50_000) == .ok)
    #expect(try state(10_000, of: 1_000_001) == .ok)
    #expect(try state(10_000, of: 1_000_000) == .warning)
    #expect(try state(100_000, of: 1_000_000) == .critical)
  }

  // MARK: - Age

  @Test func `calls that are three days old say nothing of today`() throws {
    let story = CheckStory()
    story.add(before: 1)
    #expect(
      try story.findings(of: "freshness", now: Story.now + 3 * Story.day - 1).states
        == ["freshness OK"])
    let stale = try story.findings(of: "freshness", now: Story.now + 3 * Story.day)
    #expect(stale.states == ["freshness UNKNOWN"])
    #expect(stale[0].next == "import newer logs: forensics import PATH…")
    #expect(
      try story.findings(
        of: "freshness", "freshness: {newest_call: 2h, last_import: 1h}", isPast: false
      )
      .states == ["freshness OK", "freshness.import OK"])
  }

  @Test func `on stale data no alert is over, and the worst is UNKNOWN`() throws {
    let story = CheckStory()
    story.add(before: 1)
    let facts = try story.facts(now: Story.now + 4 * Story.day)
    let report = try CheckReport(CheckRule.all, over: facts, CheckConfiguration())
    #expect(report.state == .unknown)
    #expect(report.decided == ["freshness"])
    let other = try CheckReport(
      CheckRule.all.filter { $0.name == "unpriced" }, over: facts, CheckConfiguration())
    #expect(other.findings.states == ["freshness UNKNOWN", "unpriced OK"])
    #expect(other.decided.isEmpty)
  }

  // MARK: - Hidden iterations

  /// A call of 100 tokens with a compaction of 200,000 inside.
  private static let compacted =
    #","id":"msg_1","usage":{"input_tokens":100,"output_tokens":10,"iterations":["#
    + #"{"type":"compaction","input_tokens":200000,"output_tokens":100},"#
    + #"{"type":"message","input_tokens":100,"output_tokens":10}]}"#

  @Test func `a compaction is no call of its own`() throws {
    let story = CheckStory()
    story.add(before: Story.hour, feature: "summarise", fresh: 40_000, reads: 60_000, writes: 1)
    story.add(
      before: Story.hour, feature: "summarise", fresh: 100,
      more: Self.compacted + #","inference_geo":"eu""#)
    let facts = try story.facts()
    let hidden = try facts.database.query(
      "SELECT COUNT(*) FROM llm_call WHERE kind <> 'call'", [:])
    #expect(hidden.rows == [[.integer(1)]])
    let configuration = try CheckStory.configuration("region: {all: {inference_geo: us}}")
    let region = try RegionCheck.findings(facts, configuration)
    #expect(region.map(\.value) == [.calls(1)])
  }
}
