import CallStore
import Foundation
import Testing

@testable import forensics

/// What an audit asks, in the program itself: commands with their window, and questions that are too large.
@Suite struct AuditFactsTests {
  private let forensics: ForensicsBinary

  init() throws {
    forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
  }

  /// The fortnight of the story, or from an hour in it on.
  private func facts(
    filters: [CallStore.Dimension: [String]] = [:], mostCallsWalked: Int64 = 2_000_000,
    since: Int64 = 1_793_491_200_000
  ) throws -> AuditFacts {
    let settings = try Settings(databaseFlag: forensics.database, environment: [:])
    return try AuditFacts(
      CallDatabase(DatabaseFile(path: forensics.database)),
      Selection(since: since, until: 1_794_787_200_000, filters: filters),
      asOf: 1_794_787_200_000, settings: settings, mostCallsWalked: mostCallsWalked)
  }

  @Test func `a command has the window and the filters, unless it says its own`() throws {
    let facts = try facts(filters: [.tenant: ["o'brien"], .feature: ["triage"]])
    #expect(
      facts.command("cache-ttl")
        == #"forensics cache-ttl --feature triage --tenant 'o'\''brien' --since 2026-11-01 --until 2026-11-16"#
    )
    #expect(
      facts.command("cache-ttl", "--feature", "summarise").hasPrefix(
        "forensics cache-ttl --feature summarise --tenant"))
    #expect(
      try self.facts(since: 1_793_494_800_000).command("spend")
        == "forensics spend --since 2026-11-01T01:00:00.000Z --until 2026-11-16")
  }

  @Test func `a question that would read too many calls is named and not asked`() throws {
    let all = try CacheLevers.find(facts())
    #expect(all.map(\.subject).contains("summarise"))
    let small = try facts(mostCallsWalked: 10)
    #expect(try CacheLevers.find(small) == [])
    let unasked = try #require(small.unasked.first { $0.id == "unasked/cache/summarise" })
    #expect(unasked.evidence.hasPrefix("forensics what-if cache --feature summarise --since"))
  }
}
