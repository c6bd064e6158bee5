import Tables

/// A report short enough for a mail, as Markdown: the figures, the first rows of each table, and where the rest is.
///
/// Charts stay in the page and the workbook.
package struct ReportMail {
  let document: ReportDocument
  let rowLimit: Int
  /// Whether the tables are written as files beside it, which it may then name.
  let namesFiles: Bool

  package init(_ document: ReportDocument, rowLimit: Int = 5, namesFiles: Bool = true) {
    self.document = document
    self.rowLimit = rowLimit
    self.namesFiles = namesFiles
  }

  package var markdown: String {
    let head = ["# " + line(document.title), line(document.subtitle)]
    let sections = document.sections.flatMap { section in
      ["## " + line(section.title)] + paragraphs(section)
    }
    let basis =
      document.basis.isEmpty ? [] : ["## What the figures rest on", list(document.basis)]
    return (head + sections + basis).joined(separator: "\n\n") + "\n"
  }

  private func paragraphs(_ section: ReportSection) -> [String] {
    let lead = section.lead.isEmpty ? [] : [section.lead.map(line).joined(separator: " ")]
    return lead + section.blocks.compactMap(text)
  }

  private func text(_ block: ReportBlock) -> String? {
    switch block {
    case .figures(let figures): figures.map(self.line).joined(separator: "\n")
    case .table(let table): text(table)
    case .chart: nil
    case .sentences(let sentences): sentences.map { "- " + line($0) }.joined(separator: "\n")
    case .pairs(let pairs): list(pairs)
    }
  }

  private func line(_ figure: ReportFigure) -> String {
    let label = figure.value == .null ? nil : figure.unit.label
    let unit = label.map { " " + $0 } ?? ""
    let change = figure.change?.text(on: document.display).map { " (\(line($0)))" } ?? ""
    let note = figure.note.map { "; \(line($0))" } ?? ""
    return "- **\(line(figure.name))**: \(line(figure.text(on: document.display) + unit))\(change)"
      + note
  }

  private func text(_ table: ReportTable) -> String {
    let title = "**\(line(table.title))**"
    guard !table.rows.isEmpty else { return title + "\n\nNo rows." }
    let rows = Array(table.rows.prefix(rowLimit))
    let headed = Table(
      columns: table.columns.map {
        Column(name: $0.heading, unit: $0.unit.unit, exact: $0.exact)
      }, rows: rows + (table.totals.map { [$0.map(blankIfUnknown)] } ?? []))
    let grid = TableFormat.markdown.render(
      Answer(recipe: table.name, asOf: document.asOf, table: headed), on: document.display)
    let notes = [table.note.map(line), pointer(table)].compactMap(\.self)
    return ([title, String(grid.dropLast())] + notes).joined(separator: "\n\n")
  }

  /// A total of names is no question.
  private func blankIfUnknown(_ value: Value) -> Value { value == .null ? .text("") : value }

  private func pointer(_ table: ReportTable) -> String? {
    let (shown, all) = (min(rowLimit, table.rows.count), table.rows.count)
    let file = namesFiles ? " `\(table.name).csv` has all of them." : ""
    return shown < all ? "The first \(shown.grouped) of \(all.grouped) rows.\(file)" : nil
  }

  private func list(_ pairs: [ReportPair]) -> String {
    pairs.map { "- **\(line($0.name))**: \(line($0.value))" }.joined(separator: "\n")
  }

  private func line(_ text: String) -> String { text.visible.markdown }
}
