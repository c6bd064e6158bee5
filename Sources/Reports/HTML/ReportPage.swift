import Tables

/// A report as one page of HTML that needs nothing else: no script, no address, light and dark, fit to be printed.
package struct ReportPage {
  let document: ReportDocument
  /// A longer table shows so many rows and says where the others are.
  let rowLimit: Int
  /// Whether the tables are written as files, which the page may then name.
  let namesFiles: Bool

  package init(_ document: ReportDocument, rowLimit: Int = 200, namesFiles: Bool = true) {
    self.document = document
    self.rowLimit = rowLimit
    self.namesFiles = namesFiles
  }

  package var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(document.title.html) – \(document.period.html)</title>
    <style>
    \(PageStyle.css)
    </style>
    </head>
    <body>
    <a class="skip" href="#report">Skip to the report</a>
    <div class="page">
    <nav aria-label="Contents">
    <ol>
    \(contents)
    </ol>
    </nav>
    <main id="report">
    <header>
    <h1>\(document.title.html)</h1>
    <p class="period">\(document.subtitle.html)</p>
    </header>
    \(document.sections.enumerated().map(section).joined(separator: "\n"))
    \(basis)
    </main>
    </div>
    </body>
    </html>

    """
  }

  private var contents: String {
    document.sections.enumerated().map { index, section in
      "<li><a href=\"#\(anchor(index))\">\(section.title.html)</a></li>"
    }.joined(separator: "\n")
  }

  /// Of letters, digits and hyphens only, whatever the id holds.
  private func anchor(_ index: Int) -> String {
    let id = document.sections[index].id.lowercased().unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : "-"
    }.joined()
    return "s\(index + 1)-\(id)"
  }

  private func section(_ index: Int, _ section: ReportSection) -> String {
    let anchor = anchor(index)
    let lead = section.lead.map { "<p class=\"lead\">\($0.html)</p>" }
    let blocks = section.blocks.enumerated().map { block($1, id: "\(anchor)-\($0 + 1)") }
    return
      ([
        "<section id=\"\(anchor)\"\(isBroad(section) ? " class=\"broad\"" : "") aria-labelledby=\"\(anchor)-h\">",
        "<h2 id=\"\(anchor)-h\">\(section.title.html)</h2>",
      ] + lead + blocks + ["</section>"]).joined(separator: "\n")
  }

  /// Whether paper has to be turned for a table.
  private func isBroad(_ section: ReportSection) -> Bool {
    section.blocks.contains {
      if case .table(let table) = $0 { table.columns.count > 9 } else { false }
    }
  }

  private func block(_ block: ReportBlock, id: String) -> String {
    switch block {
    case .figures(let figures): PageFigures(figures, on: document.display).html
    case .table(let table):
      PageTable(table, on: document.display, rowLimit: rowLimit, namesFile: namesFiles).html
    case .chart(let chart): PageChart(chart, on: document.display).html(id: id)
    case .sentences(let sentences):
      "<ul class=\"sentences\">\n" + sentences.map { "<li>\($0.html)</li>\n" }.joined() + "</ul>"
    case .pairs(let pairs): definitions(pairs)
    }
  }

  private var basis: String {
    guard !document.basis.isEmpty else { return "" }
    return "<footer>\n<h2>What the figures rest on</h2>\n\(definitions(document.basis))\n</footer>"
  }

  private func definitions(_ pairs: [ReportPair]) -> String {
    "<dl>\n"
      + pairs.map { "<div><dt>\($0.name.html)</dt><dd>\($0.value.html)</dd></div>\n" }.joined()
      + "</dl>"
  }
}
