import Reports
import Tables

/// A table's cells: values as numbers, totals and what is derived as formulas with their values.
struct TablePlan {
  let table: ReportTable
  let display: Display
  /// Where the header stands.
  let top: Int
  /// Where the title says the unit of all columns, their headings need not.
  var namesUnits = true

  var firstRow: Int { top + 1 }
  var lastRow: Int { top + table.rows.count }
  /// The first row that is free again.
  var end: Int { top + 1 + max(1, table.rows.count) + (table.totals == nil ? 0 : 1) }

  func write(to sheet: inout SheetPlan) {
    for (index, column) in table.columns.enumerated() {
      sheet.put(heading(of: column), top, index, CellStyle(.header, isNumber: column.unit.isNumber))
      let form = column.unit.form(of: table.values(of: index), exact: column.exact, on: display)
      write(column, index, form, to: &sheet)
      let texts = table.values(of: index).prefix(500).map { value in
        if case .text(let text) = value {
          text.visible.displayWidth
        } else {
          form.text(value).count
        }
      }
      sheet.widen(index, to: max(texts.max() ?? 0, headingWidth(column)))
    }
    if table.rows.isEmpty { sheet.put("No rows.", firstRow, 0, CellStyle(.note)) }
  }

  private func heading(of column: ReportColumn) -> String {
    namesUnits ? column.heading : column.title
  }

  /// A heading is broken at its spaces, into two lines or three.
  private func headingWidth(_ column: ReportColumn) -> Int {
    let heading = heading(of: column)
    let longest = heading.split(separator: " " as Character).map(\.count).max() ?? 0
    // Room for the filter's arrow.
    return max(longest, (heading.count + 1) / 2) + 3
  }

  private func write(
    _ column: ReportColumn, _ index: Int, _ form: ReadableForm, to sheet: inout SheetPlan
  ) {
    let body = CellStyle(.body, column.unit, decimals: form.decimals)
    for (offset, row) in table.rows.enumerated() {
      let content = content(row[index], column, row: firstRow + offset)
      // NULL is an empty cell.
      if content != .blank { sheet.put(content, firstRow + offset, index, body) }
    }
    if let totals = table.totals {
      let style = CellStyle(.total, column.unit, decimals: form.decimals)
      sheet.put(total(totals[index], column, index), lastRow + 1, index, style)
    }
  }

  private func content(_ value: Value, _ column: ReportColumn, row: Int) -> SheetPlan.Content {
    let plain = SheetPlan.content(value, column.unit, on: display)
    guard let derivation = column.derivation, case .number(let number) = plain else { return plain }
    return .formula(formula(derivation, column, row: row), number)
  }

  private func total(_ value: Value, _ column: ReportColumn, _ index: Int) -> SheetPlan.Content {
    let plain = content(value, column, row: lastRow + 1)
    guard column.content == .summed, case .number(let number) = plain else { return plain }
    let (first, last) = (SheetPlan.address(firstRow, index), SheetPlan.address(lastRow, index))
    return .formula("=SUM(\(first):\(last))", number)
  }

  private func formula(_ derivation: Derivation, _ column: ReportColumn, row: Int) -> String {
    let operands = derivation.operands
    let first = address(operands.first, row)
    let second = operands.second.map { address($0, row) } ?? ""
    switch derivation {
    case .difference: return "=\(first)-\(second)"
    case .change: return "=(\(first)-\(second))/\(second)"
    case .share:
      guard table.totals != nil else { return "=\(first)/SUM(\(range(operands.first)))" }
      return "=\(first)/\(address(operands.first, lastRow + 1, fixed: true))"
    // Cells of per cent hold fractions.
    case .quotient(_, _, let times):
      return "=\(first)/\(second)" + (times == 1 ? "" : "*\(times)")
    }
  }

  private func index(of name: String) -> Int {
    table.columns.firstIndex { $0.name == name } ?? 0
  }

  private func address(_ name: String, _ row: Int, fixed: Bool = false) -> String {
    SheetPlan.address(row, index(of: name), fixed: fixed)
  }

  private func range(_ name: String) -> String {
    address(name, firstRow, fixed: true) + ":" + address(name, lastRow, fixed: true)
  }
}

extension SheetPlan {
  /// A value as a cell: money in its currency, per cent as a fraction, instants as the report's clock shows them.
  static func content(_ value: Value, _ unit: ReportUnit, on display: Display) -> Content {
    if case .text(let text) = value { return .text(CellText.shown(text)) }
    if case .integer(let number) = value, unit == .text { return .text(String(number)) }
    guard let quantity = value.quantity(in: unit.unit) else { return .blank }
    return switch unit.unit {
    case .flag: .flag(quantity != 0)
    case .pct: .number(quantity / 100)
    case .instant: .number(serial(quantity, on: display))
    case .text, .count, .tokens, .usd, .money, .ms, .real: .number(quantity)
    }
  }

  /// Days since 1899-12-30, which is what spreadsheets count.
  private static func serial(_ instant: Double, on display: Display) -> Double {
    let ahead = Int64(nearest: instant).map(display.secondsFromUTC) ?? 0
    return (instant / 1000 + Double(ahead)) / 86_400 + 25_569
  }
}
