import Tables
import Testing

struct MarkdownTableTests {
  @Test func `markdown is the terminal's table with pipes`() {
    #expect(
      TableFormat.markdown.render(story) == """
        | tenant_id | n_calls | this_week_usd | last_week_usd | pct_change |           last_seen | retry_storm |
        | :-------- | ------: | ------------: | ------------: | ---------: | ------------------: | :---------- |
        | globex    |   9,120 |       412.500 |        223.12 |   **84.9** | 2026-11-15 21:59:58 | yes         |
        | acme      |   3,871 |        96.040 |        101.07 |       -5.0 | 2026-11-14 22:00:00 |             |
        | initech   |      12 |         0.004 |          0.00 |          – | 2026-11-13 22:00:00 |             |
        | (none)    |       1 |             – |             – |          – | 2026-11-12 22:00:00 | –           |

        2026-11-08 22:00 – 2026-11-15 22:00 UTC · 13,004 calls, 13,003 priced (99.9 % of calls) · unpriced: claude-opus-6-preview

        The week before ended on 2026-11-08.

        """)
  }

  @Test func `no text becomes markup`() {
    let table = column(
      "n_calls", .text, "a|b", "a\\|b", "<img>", "[x](y)", "`*~&", "_id_", "a_b", "a\nb", "#$1")
    #expect(
      TableFormat.markdown.render(Answer(table)) == ##"""
        | n_calls  |
        | :------- |
        | a\|b     |
        | a\\\|b   |
        | \<img\>  |
        | \[x\](y) |
        | \`\*\~\& |
        | \_id\_   |
        | a_b      |
        | a\\nb    |
        | \#\$1    |

        """##)
  }

  @Test func `an empty table says so`() {
    #expect(
      TableFormat.markdown.render(Answer(column()))
        == "no rows\n")
  }
}
