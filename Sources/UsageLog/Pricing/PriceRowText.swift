/// The columns of the price catalogue, in their order.
package enum PriceColumn: Int, CaseIterable, Sendable {
  case provider, model, aliasOf, validFrom, validTo
  case input, output, cacheWrite5m, cacheWrite1h, cacheRead
  case longThreshold, longInput, longOutput
  case batch, usResidency, webSearch, unverified, source

  /// The first line of a catalogue.
  package static let header = """
    provider,model,alias_of,valid_from,valid_to,input,output,cache_write_5m,cache_write_1h,\
    cache_read,long_context_threshold,long_input,long_output,batch_multiplier,\
    us_residency_multiplier,web_search_usd_per_1000,unverified,source
    """

  /// The column's name in the header.
  package var name: String { String(Self.header.split(separator: ",")[rawValue]) }
}

/// The fields of one catalogue line, each read exactly or refused with its line and column.
struct PriceRowText {
  let line: Int
  private let fields: [Substring]

  init(_ text: Substring, line: Int) throws(PriceCatalogueError) {
    fields = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map(Substring.init)
    self.line = line
    let columns = PriceColumn.allCases.count
    guard fields.count == columns, !text.utf8.contains(UInt8(ascii: "\"")) else {
      throw refusal("expected \(columns) fields without quotes or inner commas")
    }
  }

  /// A line that is not there as such: a row of another list.
  init(_ values: [PriceColumn: String], line: Int) throws(PriceCatalogueError) {
    fields = PriceColumn.allCases.map { Substring(values[$0] ?? "") }
    self.line = line
    for (column, field) in zip(PriceColumn.allCases, fields)
    where field.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) {
      throw refusal("\(column.name) holds a quote, a comma or a line break")
    }
  }

  func refusal(_ problem: String) -> PriceCatalogueError {
    PriceCatalogueError(line: line, problem: problem)
  }

  func text(_ column: PriceColumn) -> String? {
    given(column).map(String.init)
  }

  func name(_ column: PriceColumn) throws(PriceCatalogueError) -> String {
    guard let text = text(column) else { throw refusal("\(column.name) is empty") }
    return text
  }

  func flag(_ column: PriceColumn) throws(PriceCatalogueError) -> Bool {
    switch given(column) {
    case "0": false
    case "1": true
    default: throw refusal("\(column.name) is neither 0 nor 1")
    }
  }

  func tokens(_ column: PriceColumn) throws(PriceCatalogueError) -> Int64 {
    guard let count = try number(column, decimals: 0) else {
      throw refusal("\(column.name) is empty")
    }
    return count
  }

  func rate(_ column: PriceColumn) throws(PriceCatalogueError) -> Int64 {
    guard let rate = try optionalRate(column) else {
      throw refusal("\(column.name) is empty")
    }
    return rate
  }

  func optionalRate(_ column: PriceColumn) throws(PriceCatalogueError) -> Int64? {
    guard let rate = try number(column, decimals: 6) else { return nil }
    guard rate <= PriceRow.highestRate else {
      throw refusal("\(column.name) is above $1,000 per million tokens")
    }
    return rate
  }

  func multiplier(_ column: PriceColumn) throws(PriceCatalogueError) -> Ratio? {
    guard let value = try number(column, decimals: 4) else { return nil }
    guard value <= 100_000 else { throw refusal("\(column.name) is above 10") }
    return Ratio(value, over: 10_000)
  }

  /// USD per 1,000 searches are billions of picodollars each.
  func searchPrice() throws(PriceCatalogueError) -> Int64? {
    guard let price = try number(.webSearch, decimals: 9) else { return nil }
    guard price <= PriceRow.highestSearchPrice else {
      throw refusal("\(PriceColumn.webSearch.name) is above 1000")
    }
    return price
  }

  /// The first millisecond of a UTC day, `2026-03-13`.
  func day(_ column: PriceColumn) throws(PriceCatalogueError) -> Int64? {
    guard let text = given(column) else { return nil }
    guard let instant = utcDay(text) else {
      throw refusal("\(column.name) is not a date like 2026-03-13")
    }
    return instant
  }

  private func given(_ column: PriceColumn) -> Substring? {
    fields[column.rawValue].isEmpty ? nil : fields[column.rawValue]
  }

  private func number(
    _ column: PriceColumn, decimals: Int
  ) throws(PriceCatalogueError) -> Int64? {
    guard let text = given(column) else { return nil }
    guard let value = fixedPoint(text, decimals: decimals) else {
      throw refusal(
        "\(column.name) is not a plain number with at most \(decimals) decimals")
    }
    return value
  }
}

/// A plain decimal as a whole number of the last of `decimals` places; nil where it is not exact.
package func exactDecimal(_ text: String, decimals: Int) -> Int64? {
  fixedPoint(text[...], decimals: decimals)
}
