import Testing

@testable import UsageLog

/// After how many reads a cache write pays, for every multiplier there is.
@Suite struct CacheBreakEvenTests {
  private func point(_ model: String, on day: String = "2026-11-21") throws -> CacheBreakEven {
    let plan = try shippedBook().plan(model: model, channel: "anthropic")
    return CacheBreakEven(try #require(plan.period(at: instant(day))).rates)
  }

  /// Thousandths, cut off.
  private func thousandths(_ ratio: Ratio?) throws -> Int64 {
    let ratio = try #require(ratio)
    return ratio.numerator * 1000 / ratio.denominator
  }

  @Test(arguments: [
    ("claude-sonnet-4-6", 277, 1111, 652, 7500), ("claude-opus-5-5", 263, 1052, 625, 15_000),
    ("claude-fable-5-1", 256, 1025, 612, 30_000),
    ("claude-3-haiku-20240307", 227, 1136, 740, 6666),
  ])
  func `the break-even points are the exact fractions`(
    _ model: String, _ short: Int64, _ long: Int64, _ expired: Int64, _ pings: Int64
  ) throws {
    let point = try point(model)
    #expect(try thousandths(point.fiveMinutes?.reads) == short)
    #expect(try thousandths(point.oneHour?.reads) == long)
    #expect(try thousandths(point.hourAgainstExpired?.reads) == expired)
    #expect(try thousandths(point.pingsForHour) == pings)
    #expect(point.fiveMinutes?.firstRead == 1)
    #expect(point.oneHour?.firstRead == 2)
    #expect(point.hourAgainstExpired?.firstRead == 1)
  }

  @Test func `the first read is the first at which the money says so, in every row`() throws {
    for row in try shippedBook().catalogue.rows {
      let point = CacheBreakEven(row.rates)
      let writes = [
        (point.fiveMinutes, row.rates.cacheWrite5m), (point.oneHour, row.rates.cacheWrite1h),
      ]
      for case (let point?, let write?) in writes {
        let read = try #require(row.rates.cacheRead)
        let pays = { (reads: Int64) in write + reads * read < (reads + 1) * row.rates.input }
        #expect(pays(point.firstRead), "line \(row.line)")
        #expect(point.firstRead == 1 || !pays(point.firstRead - 1), "line \(row.line)")
      }
    }
  }

  @Test func `a read as dear as input never pays, and no rate is no point`() throws {
    let dear = Rates(input: 100, output: 500, cacheWrite5m: 125, cacheWrite1h: 200, cacheRead: 100)
    #expect(CacheBreakEven(dear).fiveMinutes == nil)
    let uncached = try point("claude-3-sonnet-20240229", on: "2024-06-01")
    #expect(uncached.fiveMinutes == nil && uncached.oneHour == nil)
    #expect(uncached.hourAgainstExpired == nil && uncached.pingsForHour == nil)
    #expect(uncached.saving(after: 10, for: .oneHour) == nil)
  }

  @Test func `equal cost is not yet a gain`() {
    // 200 + 2 x 50 = 3 x 100: at two reads both cost the same.
    let rates = Rates(input: 100, output: 500, cacheWrite5m: 200, cacheRead: 50)
    #expect(CacheBreakEven(rates).fiveMinutes?.firstRead == 3)
  }
}
