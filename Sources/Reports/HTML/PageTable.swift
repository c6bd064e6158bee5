import Tables

/// A table that scrolls within itself where it is too wide or too long, under a header that stays.
struct PageTable {
  private let table: ReportTable
  private let rowLimit: Int
  private let namesFile: Bool
  private let forms: [ReadableForm]

  init(_ table: ReportTable, on display: Display, rowLimit: Int = .max, namesFile: Bool = false) {
    self.table = table
    self.rowLimit = rowLimit
    self.namesFile = namesFile
    forms = table.columns.indices.map { index in
      let column = table.columns[index]
      return column.unit.form(of: table.values(of: index), exact: column.exact, on: display)
    }
  }

  var html: String {
    let title = table.title.html
    let remarks = ([table.note, remark].compactMap(\.self)).map {
      "<p class=\"note\">\($0.html)</p>"
    }
    guard !table.rows.isEmpty else {
      return (["<h3>\(title)</h3>", "<p class=\"empty\">No rows.</p>"] + remarks)
        .joined(separator: "\n")
    }
    return (["<h3>\(title)</h3>", scrolling] + remarks).joined(separator: "\n")
  }

  /// Reached by the keyboard too, as it may have to be scrolled.
  private var scrolling: String {
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(table.title.html)\">\n"
      + "\(element)\n</div>"
  }

  /// The table alone.
  var element: String {
    let header = table.columns.map { column in
      let unit = column.unit.label.map { " <small>\($0.html)</small>" } ?? ""
      return "<th scope=\"col\"\(column.unit.isNumber ? " class=\"n\"" : "")>"
        + "\(column.title.html)\(unit)</th>"
    }
    let rows = table.rows.prefix(rowLimit).map { row($0) }.joined()
    let totals = table.totals.map { "<tfoot>\n\(row($0, isTotal: true))</tfoot>\n" } ?? ""
    return "<table>\n<thead>\n<tr>\(header.joined())</tr>\n</thead>\n<tbody>\n\(rows)</tbody>\n"
      + "\(totals)</table>"
  }

  private func row(_ values: [Value], isTotal: Bool = false) -> String {
    let cells = table.columns.indices.map { index in
      let unit = table.columns[index].unit
      let kind = unit.isNumber ? " class=\"n\"" : unit == .instant ? " class=\"t\"" : ""
      let text = text(values[index], index, isTotal)
      // The first text says whose row it is.
      return index == 0 && !unit.isNumber
        ? "<th scope=\"row\"\(kind)>\(text)</th>" : "<td\(kind)>\(text)</td>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }

  private func text(_ value: Value, _ column: Int, _ isTotal: Bool) -> String {
    if case .text(let text) = value { return "<span>\(text.html)</span>" }
    // A total of names is no question.
    if value == .null, isTotal { return "" }
    let text = forms[column].text(value).html
    return value == .null ? "<i>\(text)</i>" : text
  }

  private var remark: String? {
    guard table.rows.count > rowLimit else { return nil }
    return "\(rowLimit.grouped) of \(table.rows.count.grouped) rows"
      + (namesFile ? "; all of them are in \(table.name).csv." : ".")
      + (table.totals == nil ? "" : " The total is of all of them.")
  }
}
