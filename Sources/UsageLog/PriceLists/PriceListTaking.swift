/// What taking a list over would add to a catalogue.
extension PriceListDiff {
  /// The rows of new models, and on request those that changed.
  ///
  /// Rows that cost the same in both are left to the catalogue, which knows more about them. What
  /// the list leaves out of a changed row is kept as the catalogue has it: multipliers and searches
  /// always, cache rates while the input costs the same.
  package func rows(withChanged: Bool) -> [PriceRow] {
    entries.compactMap { entry in
      switch entry {
      case .new(let row): row
      case .changed(let row, let listed, _): withChanged ? row.completed(from: listed) : nil
      }
    }
  }
}

extension PriceRow {
  fileprivate func completed(from listed: PriceRow) -> PriceRow {
    var values: [PriceColumn: String] = [:]
    for column in PriceColumn.allCases { values[column] = text(column) }
    var kept: [PriceColumn] = [.batch, .usResidency, .webSearch, .aliasOf]
    if rates.input == listed.rates.input { kept += [.cacheWrite5m, .cacheWrite1h, .cacheRead] }
    for column in kept where values[column] == nil { values[column] = listed.text(column) }
    // What does not go together exactly stays as the list has it.
    return (try? PriceRow(PriceRowText(values, line: line))) ?? self
  }
}
