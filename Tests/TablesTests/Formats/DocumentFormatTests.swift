import Testing

@testable import Tables

/// A document in Markdown and HTML.
@Suite struct DocumentFormatTests {
  private let document = Document([
    .title("Audit of <November>"), .heading("1. Cache & co"),
    .pairs([Document.Pair("saves", "$4.00 | a *month*")]),
    .grid(
      Document.Grid(
        ["lever", "a month"], rows: [["triage\u{202E}", "$4.00"]], totals: [["sum", "$4.00"]])),
    .sentences(["One.", "Two."]), .lines(["forensics calls --feature '<b>'", "echo ```"]),
  ])

  @Test func `Markdown has headings, tables, and commands behind a fence that holds`() {
    #expect(
      document.markdown == #"""
        # Audit of \<November\>

        ## 1. Cache \& co

        - **saves**: \$4.00 \| a \*month\*

        | lever | a month |
        | :--- | ---: |
        | triage\\u{202E} | \$4.00 |
        | sum | \$4.00 |

        - One.
        - Two.

        ````sh
        forensics calls --feature '<b>'
        echo ```
        ````

        """#)
  }

  @Test func `HTML is one page with everything escaped and nothing loaded`() throws {
    let page = document.html
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(page.hasSuffix("</html>\n"))
    let body = try #require(page.split(separator: "<main>\n").last).prefix { $0 != "\u{0}" }
    #expect(
      body.hasPrefix(
        """
        <h1>Audit of &lt;November&gt;</h1>
        <h2>1. Cache &amp; co</h2>
        <dl>
        <dt>saves</dt><dd>$4.00 | a *month*</dd>
        </dl>
        <table>
        <thead>
        <tr><th>lever</th><th class="n">a month</th></tr>
        </thead>
        <tbody>
        <tr><td>triage\\u{202E}</td><td class="n">$4.00</td></tr>
        </tbody>
        <tfoot>
        <tr><td>sum</td><td class="n">$4.00</td></tr>
        </tfoot>
        </table>
        <p>One.</p>
        <p>Two.</p>
        <pre>forensics calls --feature &#39;&lt;b&gt;&#39;
        echo ```</pre>
        """))
    for outside in ["<script", "http:", "https:", "url(", "@import", "src=\""] {
      #expect(!page.contains(outside), "\(outside)")
    }
    for medium in ["prefers-color-scheme: dark", "@media print"] {
      #expect(page.contains(medium))
    }
  }
}
