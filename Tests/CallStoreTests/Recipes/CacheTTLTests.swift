import Tables
import Testing
import UsageLog

@testable import CallStore

/// Sonnet 4.6 at list price: input 3, write 3.75 and 6, read 0.30 dollars a million.
@Suite struct CacheTTLTests {
  private static let day: Int64 = 86_400_000
  private static let start = RandomLines.start

  private func call(
    _ number: Int, at minutes: Int64, feature: String = "search-answers", fresh: Int = 0,
    writes: Int = 0, long: Int = 0, reads: Int = 0, deploy: String = "3f9a1c7e", status: Int = 200
  ) -> String {
    json([
      "request_id": "r-\(feature)-\(number)", "occurred_at": Self.start + minutes * 60_000,
      "feature": feature, "model": "claude-sonnet-4-6", "prefix_hash": "handbook-\(feature)",
      "input_tokens": fresh, "cache_create_tokens": writes, "cache_create_1h_tokens": long,
      "cache_read_tokens": reads, "output_tokens": 1, "deploy_sha": deploy, "status_code": status,
    ])
  }

  private func rows(_ lines: [String]) throws -> [[String: Value]] {
    let desk = try Desk()
    try desk.load("calls.jsonl", lines)
    let table = try CallDatabase(desk.file).answer(
      Sample.recipe("cache-ttl"),
      over: Selection(since: Self.start, until: Self.start + 7 * Self.day),
      asOf: Self.start + 7 * Self.day, prices: PriceBook(PriceCatalogue.shipped())
    ).table
    return table.rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row))
    }
  }

  @Test func `a prefix that comes back every half hour wants the one-hour cache`() throws {
    // Ten thousand tokens, written anew each time, as five minutes had always passed.
    let rows = try rows((0..<5).map { call($0, at: Int64($0) * 30, writes: 10_000) })
    let row = try #require(rows.first)
    #expect(row["n_calls"] == .integer(5))
    #expect(row["within_5m_pct"] == .real(0))
    #expect(row["within_1h_pct"] == .real(80))
    // 5 x 10,000 x $3.75; x $3; the same; one write at $6 and four reads at $0.30, a million.
    #expect(row["as_it_is_usd"] == .integer(187_500_000))
    #expect(row["no_cache_usd"] == .integer(150_000_000))
    #expect(row["cache_5m_usd"] == .integer(187_500_000))
    #expect(row["cache_1h_usd"] == .integer(72_000_000))
    #expect(row["best"] == .text("1h"))
    #expect(row["saving_usd"] == .integer(115_500_000))
    #expect(row["basis"] == .text("cached part"))
    #expect(row["never_read"] == .integer(1))
  }

  @Test func `what is written beside a read is written again whichever life it has`() throws {
    let rows = try rows([
      call(0, at: 0, writes: 8000), call(1, at: 2, writes: 500, reads: 8000),
      call(2, at: 4, writes: 300, reads: 8500), call(3, at: 5, writes: 9000, status: 529),
    ])
    let row = try #require(rows.first)
    #expect(row["n_calls"] == .integer(3), "a call that failed caches nothing")
    // 8,800 written at $3.75, 16,500 read at $0.30.
    #expect(row["as_it_is_usd"] == .integer(33_000_000 + 4_950_000))
    #expect(row["cache_5m_usd"] == .integer(33_000_000 + 4_950_000))
    #expect(row["cache_1h_usd"] == .integer(52_800_000 + 4_950_000))
    #expect(row["no_cache_usd"] == .integer((8800 + 16_500) * 3000))
    #expect(row["best"] == .text("5m"))
    #expect(row["saving_usd"] == .integer(0))
    #expect(row["never_read"] == .integer(0))
    #expect(row["broke_at"] == .null)
  }

  @Test func `without any caching the whole input is an upper bound`() throws {
    let rows = try rows((0..<3).map { call($0, at: Int64($0), fresh: 6000) })
    let row = try #require(rows.first)
    #expect(row["basis"] == .text("upper bound"))
    #expect(row["as_it_is_usd"] == .integer(54_000_000))
    #expect(row["cache_5m_usd"] == .integer(22_500_000 + 3_600_000))
    #expect(row["best"] == .text("5m"))
  }

  @Test func `the deploy that broke a cache is named, with its first call`() throws {
    var lines: [String] = []
    for day in 0..<6 {
      for number in 0..<20 {
        let isCold = day >= 4 || number == 0
        let (writes, reads) = isCold ? (5000, 0) : (0, 5000)
        let minute = Int64(day * 1440 + number * 3)
        lines.append(
          call(
            day * 100 + number, at: minute, fresh: 100, writes: writes, reads: reads,
            deploy: day >= 4 ? "77aa01bc" : "3f9a1c7e"))
      }
    }
    let row = try #require(try rows(lines).first)
    #expect(row["broke_at"] == .integer(Self.start + 4 * Self.day))
    #expect(row["broke_deploy"] == .text("77aa01bc"))
  }

  @Test func `a cold day among warm ones is no broken cache`() throws {
    var lines: [String] = []
    for day in 0..<6 {
      let (writes, reads) = day == 3 ? (5000, 0) : (0, 5000)
      let deploy = day < 3 ? "3f9a1c7e" : "77aa01bc"
      for number in 0..<20 {
        let minute = Int64(day * 1440 + number * 3)
        lines.append(
          call(
            day * 100 + number, at: minute, fresh: 100, writes: writes, reads: reads,
            deploy: deploy))
      }
    }
    #expect(try rows(lines).first?["broke_at"] == .null)
  }

  @Test func `a model without a price has no costs, and its gaps all the same`() throws {
    let line = call(0, at: 0, writes: 10).replacing("claude-sonnet-4-6", with: "llama-9")
    let row = try #require(try rows([line]).first)
    #expect(row["as_it_is_usd"] == .null)
    #expect(row["best"] == .null)
    #expect(row["n_calls"] == .integer(1))
  }
}
