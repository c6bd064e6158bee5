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
    guard price <= 1_000_000_000_000 else {
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

/// The first millisecond of a UTC day, `2026-03-13`; nil if it is none from 1970 on.
package func utcDay(_ text: some StringProtocol) -> Int64? {
  let parts = Substring(text).split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2], let year = fixedPoint(parts[0], decimals: 0),
    let month = fixedPoint(parts[1], decimals: 0), let day = fixedPoint(parts[2], decimals: 0),
    let days = daysSince1970(year: year, month: month, day: day)
  else { return nil }
  return days * 86_400_000
}

/// A plain decimal as a whole number of the last of `decimals` places; nil where it is not exact.
package func exactDecimal(_ text: String, decimals: Int) -> Int64? {
  fixedPoint(text[...], decimals: decimals)
}

/// Counts whole years, then the days before the month, as calendars do by hand.
private func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64? {
  guard year >= 1970, (1...12).contains(month) else { return nil }
  func leapDays(before year: Int64) -> Int64 {
    (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400
  }
  let isLeap = leapDays(before: year + 1) > leapDays(before: year)
  let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard (1...lengths[Int(month) - 1]).contains(day) else { return nil }
  return (year - 1970) * 365 + leapDays(before: year) - leapDays(before: 1970)
    + lengths[..<(Int(month) - 1)].reduce(0, +) + day - 1
}
