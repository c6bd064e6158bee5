/// A document as one page of HTML that needs nothing else: no script, no address, light and dark, fit to be printed.
extension Document {
  package var html: String {
    let title = blocks.lazy.compactMap { if case .title(let text) = $0 { text } else { nil } }.first
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\((title ?? "forensics").html)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(blocks.map(Self.html).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private static let style = """
    :root { --ink: #1c1c1e; --paper: #fff; --soft: #5f6368; --line: #d9dce1; --code: #f3f4f6 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8e8ea; --paper: #16171a; --soft: #a2a6ad; --line: #3a3d43; --code: #222429 }
    }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
    main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
    h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
    th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line) }
    th { color: var(--soft); font-weight: 600 } .n { text-align: right; white-space: nowrap }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dt { color: var(--soft) } dd { margin: 0 }
    pre { background: var(--code); padding: .6rem; overflow-x: auto; font-size: .85rem }
    @media print {
      :root { --ink: #000; --paper: #fff; --soft: #444; --line: #999; --code: #fff }
      main { max-width: none; padding: 0 } pre { white-space: pre-wrap; overflow-wrap: anywhere }
      h2, dl, pre { break-inside: avoid } h2 { break-after: avoid }
    }
    """

  private static func html(_ block: Block) -> String {
    switch block {
    case .title(let text): "<h1>\(text.html)</h1>"
    case .heading(let text): "<h2>\(text.html)</h2>"
    case .pairs(let pairs):
      "<dl>\n"
        + pairs.map { "<dt>\($0.name.html)</dt><dd>\($0.value.html)</dd>\n" }.joined() + "</dl>"
    case .sentences(let sentences):
      sentences.map { "<p>\($0.html)</p>" }.joined(separator: "\n")
    case .lines(let lines): "<pre>\(lines.map(\.html).joined(separator: "\n"))</pre>"
    case .grid(let grid): table(grid)
    }
  }

  private static func table(_ grid: Grid) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>"
        + cells.enumerated().map { column, cell in
          let number = column < grid.textColumns ? "" : " class=\"n\""
          return "<\(tag)\(number)>\(cell.html)</\(tag)>"
        }.joined() + "</tr>\n"
    }
    return "<table>\n<thead>\n\(row(grid.names, "th"))</thead>\n<tbody>\n"
      + grid.rows.map { row($0, "td") }.joined() + "</tbody>\n"
      + (grid.totals.isEmpty
        ? "" : "<tfoot>\n" + grid.totals.map { row($0, "td") }.joined() + "</tfoot>\n")
      + "</table>"
  }
}

extension String {
  /// The text with all that HTML would take for its own escaped, and all that would hide made visible.
  package var html: String {
    visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
