import Tables
import Testing

@testable import CallStore

/// The articles' three recipes over sample-data: columns, rows and order as the oracle has them.
@Suite struct SampleAnswerTests {
  private let desk: Desk
  private let expected: Sample.Expected

  init() throws {
    desk = try Sample.desk.get()
    expected = try Sample.expected()
  }

  private func answer<Row>(_ name: String, like recipe: Sample.Expected.Recipe<Row>) throws
    -> Answer
  {
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe(name), over: Selection(since: recipe.since, until: recipe.until),
      asOf: expected.as_of)
    #expect(answer.coverage?.calls == recipe.coverage.calls)
    #expect(answer.coverage?.pricedCalls == recipe.coverage.priced_calls)
    #expect(answer.coverage?.unpricedModels == recipe.coverage.unpriced_models)
    return answer
  }

  @Test func `the newest call is the story's last`() throws {
    #expect(try CallDatabase(desk.file).newestCall() == expected.newest_call)
  }

  @Test func `top-prompts finds the retry storm`() throws {
    let recipe = expected.recipes.topPrompts
    let answer = try answer("top-prompts", like: recipe)
    #expect(
      answer.table.columns.map(\.name) == [
        "prompt_hash", "n_calls", "total_usd", "avg_ms", "first_seen", "last_seen", "retry_storm",
      ])
    #expect(answer.coverage?.leftOut == recipe.coverage.calls_without_prompt_hash)
    #expect(
      answer.table.rows
        == recipe.rows.map { row in
          [
            .text(row.prompt_hash), .integer(row.n_calls), value(row.total_usd_nanos),
            value(row.avg_ms), .integer(row.first_seen), .integer(row.last_seen),
            .integer(row.retry_storm ? 1 : 0),
          ]
        })
  }

  @Test func `tenant-trend finds the tenant whose cost jumped`() throws {
    let recipe = expected.recipes.tenantTrend
    let answer = try answer("tenant-trend", like: recipe)
    #expect(
      answer.table.columns.map(\.name) == [
        "tenant_id", "this_week_usd", "last_week_usd", "pct_change",
      ])
    #expect(answer.table.columns.last?.highlight == .above(50))
    #expect(
      answer.table.rows
        == recipe.rows.map { row in
          [
            value(row.tenant_id), .integer(row.this_week_usd_nanos),
            .integer(row.last_week_usd_nanos), value(row.pct_change),
          ]
        })
  }

  @Test func `cache-hit-ratio finds the feature whose cache broke`() throws {
    let recipe = expected.recipes.cacheHitRatio
    let answer = try answer("cache-hit-ratio", like: recipe)
    #expect(
      answer.table.columns.map(\.name) == [
        "feature", "reads", "writes", "fresh", "cache_hit_pct",
      ])
    #expect(answer.table.columns.last?.highlight == .below(20))
    #expect(
      answer.table.rows
        == recipe.rows.map { row in
          [
            value(row.feature), .integer(row.reads), .integer(row.writes), .integer(row.fresh),
            value(row.cache_hit_pct),
          ]
        })
  }

  private func value(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
  private func value(_ number: Double?) -> Value { number.map { .real($0) } ?? .null }
  private func value(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
}
