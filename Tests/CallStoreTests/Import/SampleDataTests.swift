import Tables
import Testing

@testable import CallStore

/// The whole of sample-data against an independent computation, to the nano-dollar.
@Suite struct SampleDataTests {
  @Test func `the totals are the oracle's`() throws {
    let desk = try Desk()
    let summary = try desk.load(Sample.logs)
    let expected = try Sample.expected()

    #expect(summary.addsUp)
    #expect(summary.rejected == 0)
    #expect(summary.conflicts == 0)
    #expect(summary.costNanos == expected.totals["cost_usd_nanos"])
    #expect(summary.unpricedModels == ["claude-opus-6-preview": 5])
    #expect(summary.extraCalls == expected.coverage.extra_calls)
    for (column, total) in expected.totals {
      #expect(try desk.number("SELECT SUM(\(column)) FROM llm_call") == total, "\(column)")
    }
    let calls = "SELECT COUNT(*) FROM llm_call WHERE kind = 'call'"
    let coverage = expected.coverage
    #expect(try desk.number(calls) == coverage.calls)
    #expect(try desk.number(calls + " AND cost_usd_nanos IS NOT NULL") == coverage.priced_calls)
    #expect(
      try desk.number(calls + " AND prompt_hash IS NULL") == coverage.calls_without_prompt_hash)
    #expect(try desk.number(calls + " AND tenant_id IS NULL") == coverage.calls_without_tenant)
    #expect(try desk.wrongSums() == [])
  }

  @Test func `every single call costs what the oracle says`() throws {
    let desk = try Sample.desk.get()
    let expected = try Sample.expected().cost_usd_nanos
    let stored = try desk.rows(
      """
      SELECT CASE WHEN message_id IS NULL AND request_id IS NULL
          THEN 'tracker.jsonl:' || source_line ELSE COALESCE(message_id, request_id) END,
        cost_usd_nanos
      FROM llm_call WHERE kind = 'call'
      """)
    var compared = 0
    for row in stored {
      let id = try #require(row[0])
      guard let cost = expected[id] else { continue }
      compared += 1
      #expect(row[1].flatMap { Int64($0) } == cost, "\(id)")
    }
    #expect(compared == 2390)
  }

  @Test(arguments: runs(2)) func `every order of the files gives the same content`(
    seed: UInt64
  ) throws {
    var dice = Dice(seed)
    let contents = try Sample.desk.get().contents()

    let together = try Desk()
    try together.load(Sample.logs.shuffled(using: &dice))
    #expect(difference(contents, try together.contents()) == [])

    let oneByOne = try Desk()
    for log in Sample.logs.shuffled(using: &dice) {
      #expect(try oneByOne.load([log]).addsUp)
    }
    #expect(difference(contents, try oneByOne.contents()) == [])
  }

  @Test func `importing it all again changes nothing`() throws {
    let desk = try Desk()
    try desk.load(Sample.logs)
    let before = try desk.contents()
    let imports = try desk.number("SELECT COUNT(*) FROM import")

    let again = try desk.load(Sample.logs)
    #expect(again.records == 0)
    #expect(again.unchangedFiles == 8)
    #expect(try desk.number("SELECT COUNT(*) FROM import") == imports)

    let reread = try desk.load(Sample.logs) { $0.rereads = true }
    #expect(reread.addsUp)
    #expect(reread.records == reread.duplicates + reread.skipped)
    #expect(reread.costNanos == 0)
    #expect(difference(before, try desk.contents()) == [])
  }
}
