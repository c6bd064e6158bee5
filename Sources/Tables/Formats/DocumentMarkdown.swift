/// A document as GitHub's Markdown: headings, pipe tables, lists, and what people copy as code.
extension Document {
  package var markdown: String {
    blocks.map(Self.markdown).joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ block: Block) -> String {
    switch block {
    case .title(let text): "# " + text.visible.markdown
    case .heading(let text): "## " + text.visible.markdown
    case .pairs(let pairs):
      pairs.map { "- **\($0.name.visible.markdown)**: \($0.value.visible.markdown)" }
        .joined(separator: "\n")
    case .sentences(let sentences):
      sentences.map { "- " + $0.visible.markdown }.joined(separator: "\n")
    case .lines(let lines): fenced(lines.map(\.visible))
    case .grid(let grid): table(grid)
    }
  }

  private static func table(_ grid: Grid) -> String {
    let rule = grid.names.indices.map { $0 < grid.textColumns ? ":---" : "---:" }
    let rows = ([grid.names] + grid.rows + grid.totals).map { row in
      row.map { $0.visible.markdown }
    }
    return ([rows[0], rule] + rows.dropFirst()).map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }

  /// Behind a fence longer than any in the lines.
  private static func fenced(_ lines: [String]) -> String {
    var fence = "```"
    while lines.contains(where: { $0.contains(fence) }) { fence += "`" }
    return "\(fence)sh\n" + lines.map { $0 + "\n" }.joined() + fence
  }
}
