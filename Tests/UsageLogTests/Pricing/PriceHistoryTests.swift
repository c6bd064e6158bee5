import Testing

@testable import UsageLog

/// The catalogue's history against the vendors' published tables, typed a second time: every row, no other row.
struct PriceHistoryTests {
  /// model, [from, until), USD per MTok: input/output, 5-minute write/1-hour write/read, long prompts.
  static let claude = PriceTable(
    """
    claude-3-opus-20240229     2024-03-04            15/75     18.75/30/1.50
    claude-3-sonnet-20240229   2024-03-04            3/15      -/-/-
    claude-3-haiku-20240307    2024-03-13            0.25/1.25 0.30/0.50/0.03
    claude-3-5-sonnet-20240620 2024-06-20            3/15      3.75/6/0.30
    claude-3-5-sonnet-20241022 2024-10-22            3/15      3.75/6/0.30
    claude-3-5-haiku-20241022  2024-11-04 2024-12-03 1/5       1.25/2/0.10
    claude-3-5-haiku-20241022  2024-12-03            0.80/4    1/1.60/0.08
    claude-3-7-sonnet-20250219 2025-02-24            3/15      3.75/6/0.30
    claude-opus-4-20250514     2025-05-22            15/75     18.75/30/1.50
    claude-sonnet-4-20250514   2025-05-22 2025-08-12 3/15      3.75/6/0.30
    claude-sonnet-4-20250514   2025-08-12 2026-04-30 3/15      3.75/6/0.30      >200000 6/22.50
    claude-sonnet-4-20250514   2026-04-30            3/15      3.75/6/0.30
    claude-opus-4-1-20250805   2025-08-05            15/75     18.75/30/1.50
    claude-sonnet-4-5-20250929 2025-09-29 2026-04-30 3/15      3.75/6/0.30      >200000 6/22.50
    claude-sonnet-4-5-20250929 2026-04-30            3/15      3.75/6/0.30
    claude-haiku-4-5-20251001  2025-10-15            1/5       1.25/2/0.10
    claude-opus-4-5-20251101   2025-11-24            5/25      6.25/10/0.50
    claude-opus-4-6            2026-02-05 2026-03-13 5/25      6.25/10/0.50     >200000 10/37.50
    claude-opus-4-6            2026-03-13            5/25      6.25/10/0.50
    claude-sonnet-4-6          2026-02-17 2026-03-13 3/15      3.75/6/0.30      >200000 6/22.50
    claude-sonnet-4-6          2026-03-13            3/15      3.75/6/0.30
    claude-mythos-preview      2026-04-07            25/125    31.25/50/2.50
    claude-opus-4-7            2026-04-16            5/25      6.25/10/0.50
    claude-opus-4-8            2026-05-28            5/25      6.25/10/0.50
    claude-fable-5             2026-06-09            10/50     12.50/20/1.00
    claude-mythos-5            2026-06-09            10/50     12.50/20/1.00
    claude-sonnet-5            2026-06-30            2/10      2.50/4/0.20
    claude-opus-5              2026-07-24            5/25      6.25/10/0.50
    claude-fable-5-1           2026-09-01            10/50     12.50/20/0.25
    claude-mythos-5-1          2026-09-01            10/50     12.50/20/0.25
    claude-opus-5-5            2026-09-22            4/20      5/8/0.20
    claude-sonnet-5-5          2026-09-28 2026-10-07 2/10      2.50/4/0.20
    claude-sonnet-5-5          2026-10-07            2/10      2.50/4/0.10
    claude-haiku-5-5           2026-10-07            0.10/0.50 0.125/0.20/0.01  >100000 0.50/2.50
    claude-fable-5-2           2026-11-09            8/40      10/16/0.20
    claude-mythos-5-2          2026-11-09            8/40      10/16/0.20
    """)

  static let aliases = [
    "claude-3-opus-latest": "claude-3-opus-20240229",
    "claude-3-5-sonnet-latest": "claude-3-5-sonnet-20241022",
    "claude-3-5-haiku-latest": "claude-3-5-haiku-20241022",
    "claude-3-7-sonnet-latest": "claude-3-7-sonnet-20250219",
    "claude-opus-4-0": "claude-opus-4-20250514", "claude-sonnet-4-0": "claude-sonnet-4-20250514",
    "claude-opus-4-1": "claude-opus-4-1-20250805",
    "claude-sonnet-4-5": "claude-sonnet-4-5-20250929",
    "claude-haiku-4-5": "claude-haiku-4-5-20251001",
    "claude-opus-4-5": "claude-opus-4-5-20251101",
  ]

  /// Fast mode multiplies all classes; its page gives input and output.
  static let fast = PriceTable(
    """
    claude-opus-4-6   2026-02-07 2026-02-21 30/150 37.50/60/3  >200000 60/225
    claude-opus-4-6   2026-02-21 2026-06-29 30/150 37.50/60/3
    claude-opus-4-7   2026-05-12 2026-07-24 30/150 37.50/60/3
    claude-opus-4-8   2026-05-28 2026-11-30 10/50  12.50/20/1
    claude-opus-5     2026-07-24            10/50  12.50/20/1
    claude-opus-5-5   2026-09-22            8/40   10/16/0.40
    claude-fable-5-2  2026-11-09            16/80  20/32/0.40
    """)

  static let openAI = PriceTable(
    """
    gpt-4o-2024-05-13 -                     5/15      -/-/-
    gpt-4o            -                     2.50/10   -/-/1.25
    gpt-4o-mini       -                     0.15/0.60 -/-/0.075
    gpt-4.1           -                     2/8       -/-/0.50
    gpt-4.1-mini      -                     0.40/1.60 -/-/0.10
    gpt-4.1-nano      -                     0.10/0.40 -/-/0.025
    gpt-5             -                     1.25/10   -/-/0.125
    gpt-5-mini        -                     0.25/2    -/-/0.025
    gpt-5-nano        -                     0.05/0.40 -/-/0.005
    gpt-5.1           -                     1.25/10   -/-/0.125
    gpt-5.2           -                     1.75/14   -/-/0.175
    gpt-5.4           -                     2.50/15   -/-/0.25     >272000 5/22.50
    gpt-5.5           -                     5/30      -/-/0.50     >272000 10/45
    gpt-5.6-sol       -          2026-09-16 5/30      6.25/-/0.50  >272000 10/45
    gpt-5.6-sol       2026-09-16            4/20      5/-/0.40     >272000 8/30
    gpt-5.6-terra     -          2026-07-30 2.50/15   3.125/-/0.25 >272000 5/22.50
    gpt-5.6-terra     2026-07-30            2/12      2.50/-/0.20  >272000 4/18
    gpt-5.6-luna      -          2026-07-30 1/6       1.25/-/0.10  >272000 2/9
    gpt-5.6-luna      2026-07-30            0.20/1.20 0.25/-/0.02  >272000 0.40/1.80
    gpt-6-astra       -                     10/50     12.50/-/1    >272000 20/75
    gpt-6-sol         -                     2/10      2.50/-/0.20  >272000 4/15
    gpt-6.1-sol       2026-09-29            2/10      2.50/-/0.10  >272000 4/15
    gpt-6-luna        -                     0.10/0.50 0.125/-/0.01 >272000 0.20/0.75
    """)

  static let gemini = PriceTable(
    """
    gemini-2.5-pro         -                     1.25/10   -/-/0.125 >200000 2.50/15
    gemini-2.5-flash       -                     0.30/2.50 -/-/0.03
    gemini-2.5-flash-lite  -                     0.10/0.40 -/-/0.01
    gemini-3-flash-preview -                     0.50/3    -/-/0.05
    gemini-3.1-pro-preview -                     2/12      -/-/0.20  >200000 4/18
    gemini-3.8-flash       -          2027-01-01 0.75/3.75 -/-/0.075
    gemini-3.8-flash       2027-01-01            1.50/7.50 -/-/0.15
    """)

  @Test(arguments: [
    ("anthropic", claude.withAliases(aliases)), ("anthropic-fast", fast), ("openai", openAI),
    ("gemini", gemini), ("bedrock", claude.legacyClouds), ("vertex", claude.legacyClouds),
    ("bedrock-global", claude.scopedClouds), ("vertex-global", claude.scopedClouds),
    ("bedrock-regional", claude.scopedClouds.dearer(by: "1.1")),
    ("vertex-regional", claude.scopedClouds.dearer(by: "1.1")),
    ("vertex-global-fast", fast.only("claude-fable-5-2")),
  ])
  func `a provider's rows are those of its published table`(
    provider: String, table: PriceTable
  ) throws {
    let rows = try PriceCatalogue.shipped().rows.filter { $0.provider == provider }
    let history = rows.map(PriceTable.Line.init)

    #expect(Set(history).subtracting(table.lines) == [], "not in the table")
    #expect(table.lines.subtracting(history) == [], "not in the catalogue")
    #expect(history.count == table.lines.count)
  }

  @Test func `no provider is without a table`() throws {
    #expect(try PriceCatalogue.shipped().providers.count == 11)
  }

  @Test
  func `batches halve, US residency adds a tenth from 4·6 on, Anthropic alone sells searches`()
    throws
  {
    let later = Self.claude.models(since: "2026-02-05")
    for row in try PriceCatalogue.shipped().rows {
      let isOwn = row.provider.hasPrefix("anthropic")
      let hasBatch = !row.provider.hasSuffix("fast") && row.model != "claude-3-sonnet-20240229"
      #expect(row.batch?.exactly(10) == (hasBatch ? 5 : nil), "line \(row.line)")
      let hasResidency = isOwn && later.contains(row.model)
      #expect(row.usResidency?.exactly(10) == (hasResidency ? 11 : nil), "line \(row.line)")
      #expect(row.webSearch == (isOwn ? 10_000_000_000 : nil), "line \(row.line)")
    }
  }
}
