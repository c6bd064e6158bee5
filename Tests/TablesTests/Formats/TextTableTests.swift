import Testing

@testable import Tables

struct TextTableTests {
  @Test func `a table shows numbers in line and bars beside them`() {
    #expect(
      TableFormat.table.render(story) == """
        tenant_id  n_calls  this_week_usd                last_week_usd  pct_change            last_seen  retry_storm
        ─────────  ───────  ─────────────                ─────────────  ──────────  ───────────────────  ───────────
        globex       9,120        412.500  ████████████         223.12      84.9 !  2026-11-15 21:59:58  yes
        acme         3,871         96.040  ██▊                  101.07      -5.0    2026-11-14 22:00:00
        initech         12          0.004  ▏                      0.00         –    2026-11-13 22:00:00
        (none)           1              –                            –         –    2026-11-12 22:00:00  –

        2026-11-08 22:00 – 2026-11-15 22:00 UTC · 13,004 calls, 13,003 priced (99.9 % of calls) · unpriced: claude-opus-6-preview
        The week before ended on 2026-11-08.

        """)
  }

  @Test func `a column of exact amounts shows every digit of the finest one`() {
    let values: [Value] = [75_000_000_000, 137_500_000, nil]
    let table = Table(
      columns: [Column(name: "rate", unit: .usd, exact: true)], rows: values.map { [$0] })
    #expect(
      TableFormat.table.render(Answer(table)) == """
           rate
        ───────
        75.0000
         0.1375
              –

        """)
  }

  @Test func `in 80 columns the bars go and names break`() {
    #expect(
      TableFormat.table.render(story, on: Display(width: 80)) == """
                                                            pct_                  retry_
        tenant_id  n_calls  this_week_usd  last_week_usd  change       last_seen  storm
        ─────────  ───────  ─────────────  ─────────────  ──────  ──────────────  ──────
        globex       9,120        412.500         223.12  84.9 !  11-15 21:59:58  yes
        acme         3,871         96.040         101.07  -5.0    11-14 22:00:00
        initech         12          0.004           0.00     –    11-13 22:00:00
        (none)           1              –              –     –    11-12 22:00:00  –

        2026-11-08 22:00 – 2026-11-15 22:00 UTC · 13,004 calls, 13,003 priced (99.9 % of
        calls) · unpriced: claude-opus-6-preview
        The week before ended on 2026-11-08.

        """)
  }

  @Test func `in 40 columns each row is a list`() {
    #expect(
      TableFormat.table.render(story, on: Display(width: 40)) == """
        tenant_id      globex
        n_calls        9,120
        this_week_usd  412.500
        last_week_usd  223.12
        pct_change     84.9 !
        last_seen      2026-11-15 21:59:58
        retry_storm    yes

        tenant_id      acme
        n_calls        3,871
        this_week_usd  96.040
        last_week_usd  101.07
        pct_change     -5.0
        last_seen      2026-11-14 22:00:00
        retry_storm

        tenant_id      initech
        n_calls        12
        this_week_usd  0.004
        last_week_usd  0.00
        pct_change     –
        last_seen      2026-11-13 22:00:00
        retry_storm

        tenant_id      (none)
        n_calls        1
        this_week_usd  –
        last_week_usd  –
        pct_change     –
        last_seen      2026-11-12 22:00:00
        retry_storm    –

        2026-11-08 22:00 – 2026-11-15 22:00 UTC
        · 13,004 calls, 13,003 priced (99.9 % of
        calls) · unpriced: claude-opus-6-preview
        The week before ended on 2026-11-08.

        """)
  }

  @Test func `a wide table of many rows says below what it has no room for`() {
    let names = ["feature", "model", "cost_change", "spend_total", "unit_price", "some_remark"]
    let table = Table(
      columns: names.enumerated().map {
        Column(name: $1, unit: $0 < 2 ? .text : .count, highlight: $0 == 4 ? .above(5) : nil)
      },
      rows: (1...4).map { row in
        [.text("feature-\(row)"), "claude-sonnet-4-6"]
          + (0..<4).map { .integer(Int64(row) + $0 * 1_000_000_000_000_000) }
      })
    let text = TableFormat.table.render(Answer(table), on: Display(width: 62))
    #expect(text.contains("in every row: model claude-sonnet-4-6\n"))
    #expect(text.contains("no room for spend_total, some_remark"))
    #expect(text.contains("unit"))
    let short = Table(columns: table.columns, rows: Array(table.rows.prefix(2)))
    #expect(
      TableFormat.table.render(Answer(short), on: Display(width: 62)).contains("some_remark  "))
  }

  @Test func `long texts are cut, numbers are not`() {
    let table = Table(
      columns: [Column(name: "tenant_id"), Column(name: "total_usd", unit: .usd)],
      rows: [["initech-of-santa-clara", 1_234_567_890_000_000], ["日本語のテナント", 5_000_000]])
    #expect(
      TableFormat.table.render(Answer(table), on: Display(width: 27)) == """
        tenant_id         total_usd
        ────────────  ─────────────
        initech-of-…  1,234,567.890
        日本語のテ…           0.005

        """)
  }

  @Test func `no terminal is too narrow`() {
    var answer = story
    answer.table = Table(
      columns: story.table.columns + [Column(name: "a_name_of_some_length")],
      rows: hostile.enumerated().map { story.table.rows[$0 % 4] + [.text($1 + $1 + $1)] })
    answer.notes = hostile
    for width in stride(from: 30, through: 200, by: 5) {
      for color in [false, true] {
        let text = TableFormat.table.render(answer, on: Display(width: width, color: color))
        for line in text.split(separator: "\n") {
          let plain = String(line.replacing(/\u{1B}\[[0-9]+m/, with: ""))
          #expect(plain.displayWidth <= width, "\(width): \(plain)")
        }
      }
    }
  }

  @Test func `without a terminal nothing is cut`() {
    let long = String(repeating: "x", count: 5000)
    #expect(TableFormat.table.render(Answer(column("a", .text, .text(long)))).contains(long))
  }

  @Test(arguments: [
    ([412_500_000_000, 1_000_000_000], ["412.50", "1.00"]),
    ([1_000_000_000, 40_000_000], ["1.0000", "0.0400"]),
    ([40_000_000, 0], ["0.040000", "0.000000"]),
    ([412_500_000_000, 4_000_000], ["412.500", "0.004"]),
    ([1], ["0.000000001"]),
    ([412_500_000_000, 5_000_000], ["412.500", "0.005"]),
    ([0], ["0.00"]),
  ])
  func `no amount is shown as nothing`(nanos: [Int64], expected: [String]) {
    let table = Table(
      columns: [Column(name: "usd", unit: .usd)], rows: nanos.map { [.integer($0)] })
    #expect(cells(table) == expected)
  }

  @Test func `each unit has its form`() {
    #expect(cells(column("x", .text, "acme", 1234, nil)) == ["acme", "1234", "(none)"])
    #expect(
      cells(column("x", .count, 1234, .integer(.max), nil))[0...1] == [
        "1,234", "9,223,372,036,854,775,807",
      ])
    #expect(cells(column("x", .tokens, 1234.5, 2)) == ["1,234.50", "2.00"])
    #expect(cells(column("x", .ms, 1234.6, nil)) == ["1,235", "–"])
    #expect(
      [850, 5649, 9960, 56_000, 59_700, 725_000, 3_599_700, 11_520_000, 86_390_000, 183_600_000]
        .map { Int64($0).spelledLength } == [
          "850ms", "5.6s", "10s", "56s", "1m 00s", "12m 05s", "1h 00m", "3h 12m", "1d 00h",
          "2d 03h",
        ])
    #expect(
      cells(column("x", .pct, 84.875, -0.01, 50, .real(.nan))) == ["84.9", "0.0", "50.0", "–"])
    #expect(cells(column("x", .real, 3.14159, 1e300)) == ["3.1416", "1e+300"])
    #expect(cells(column("x", .flag, 1, 0, nil)) == ["yes", "", "–"])
    #expect(cells(column("x", .instant, 0, nil)) == ["1970-01-01 00:00:00", "–"])
    #expect(cells(column("x", .usd, "n/a", .real(.infinity), 2.5)) == ["n/a", "–", "0.000000002"])
  }

  @Test func `times are told in the zone of the answer`() {
    let text = TableFormat.table.render(
      Answer(column("at", .instant, 0)), on: Display { _ in 3600 })
    #expect(text.contains("1970-01-01 01:00:00"))
  }

  @Test func `colour marks what lies beyond the threshold`() {
    let table = Table(
      columns: [Column(name: "cache_hit_pct", unit: .pct, highlight: .below(20))],
      rows: [[12.5], [20]])
    let text = TableFormat.table.render(Answer(table), on: Display(color: true))
    #expect(
      text.hasPrefix(
        """
        \u{1B}[1mcache_hit_pct\u{1B}[0m
        ─────────────
               \u{1B}[31m12.5 !\u{1B}[0m
               20.0\n
        """))
  }

  @Test func `an empty table says so`() {
    #expect(
      TableFormat.table.render(Answer(column())) == "no rows\n")
  }

  private func cells(_ table: Table) -> [String] {
    Answer(table).readableColumns(.plain, on: Display())[0].cells.map(\.text)
  }
}
