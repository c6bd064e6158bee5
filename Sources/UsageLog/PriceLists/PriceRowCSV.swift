/// A row as it stands in a catalogue: every amount an exact decimal, what is not published empty.
extension PriceRow {
  /// The text of one field, without which the row would mean something else; nil where it is empty.
  ///
  /// Rates are USD per million tokens, days are UTC.
  package func text(_ column: PriceColumn) -> String? {
    switch column {
    case .provider: provider
    case .model: model
    case .aliasOf: aliasOf
    case .validFrom: validFrom == .min ? nil : dayText(validFrom)
    case .validTo: validTo == .max ? nil : dayText(validTo)
    case .input: decimalText(rates.input, decimals: 6)
    case .output: decimalText(rates.output, decimals: 6)
    case .cacheWrite5m: rates.cacheWrite5m.map { decimalText($0, decimals: 6) }
    case .cacheWrite1h: rates.cacheWrite1h.map { decimalText($0, decimals: 6) }
    case .cacheRead: rates.cacheRead.map { decimalText($0, decimals: 6) }
    case .longThreshold: longPrompt.map { String($0.threshold) }
    case .longInput: longPrompt.map { decimalText($0.rates.input, decimals: 6) }
    case .longOutput: longPrompt.map { decimalText($0.rates.output, decimals: 6) }
    case .batch: batch.map(\.text)
    case .usResidency: usResidency.map(\.text)
    case .webSearch: webSearch.map { decimalText($0, decimals: 9) }
    case .unverified: unverified ? "1" : "0"
    case .source: source
    }
  }

  /// The row's line, without its break.
  package var csv: String {
    PriceColumn.allCases.map { text($0) ?? "" }.joined(separator: ",")
  }
}

extension Ratio {
  /// As a multiplier is written: `0.5`, `1.1`.
  fileprivate var text: String {
    exactly(10_000).map { decimalText($0, decimals: 4) } ?? "\(numerator)/\(denominator)"
  }
}

/// A whole number of the last of `decimals` places as a plain decimal: `18.75`, `15`, `0.003`.
func decimalText(_ units: Int64, decimals: Int) -> String {
  let digits = String(units.magnitude)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  var fraction = padded.suffix(decimals)
  while fraction.last == "0" { fraction.removeLast() }
  let whole = (units < 0 ? "-" : "") + padded.dropLast(decimals)
  return fraction.isEmpty ? whole : "\(whole).\(fraction)"
}
