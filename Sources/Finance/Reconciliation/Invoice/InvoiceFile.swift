import UsageLog

/// Why a bill cannot be read, and what to do.
package enum InvoiceError: Error, Equatable, CustomStringConvertible {
  case noAmounts(String)
  case badAmount(line: Int, text: String)
  case badDay(line: Int, text: String)
  case otherCurrency(String)
  case nothing(String)

  package var description: String {
    switch self {
    case .noAmounts(let name):
      "'\(name)' has no column of amounts; its first line has to name one amount or cost "
        + "(docs/reconcile.md lists the names)"
    case .badAmount(let line, let text): "line \(line): '\(text)' is no amount"
    case .badDay(let line, let text):
      "line \(line): '\(text)' does not begin with a date YYYY-MM-DD"
    case .otherCurrency(let currency):
      "the invoice is in \(currency); say what a dollar is in it: --fx 0.92"
    case .nothing(let name): "'\(name)' has no line with an amount"
    }
  }
}

/// Units of a currency for one dollar, as a fraction.
package struct InvoiceRate: Sendable, Equatable {
  private let units: Int128
  private let scale: Int128

  package static let one = InvoiceRate(units: 1, scale: 1)

  private init(units: Int128, scale: Int128) {
    self.units = units
    self.scale = scale
  }

  /// - Parameter text: a positive decimal such as 0.92; nil if it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, (1...15).contains(digits.count), digits.allSatisfy(\.isNumber),
      let units = Int128(digits), units > 0
    else { return nil }
    self.init(
      units: units,
      scale: (0..<(parts.count == 2 ? parts[1].count : 0)).reduce(1) { power, _ in power * 10 })
  }

  func dollars(_ amount: ExactDollars) -> ExactDollars {
    ExactDollars(attos: ExactDollars.rounded(amount.attos * scale, over: units))
  }
}

extension Invoice {
  /// Reads a bill: CSV with a header, columns by their names.
  ///
  /// - Parameter rate: of its currency; needed where that is not USD.
  /// - Throws: `InvoiceError`.
  package init(name: String, csv: String, rate: InvoiceRate?) throws(InvoiceError) {
    var table = DelimitedText.rows(of: csv)
    guard !table.isEmpty, let columns = InvoiceColumns(table.removeFirst().fields) else {
      throw .noAmounts(name)
    }
    self.init(name: name, rows: [])
    var places = 0
    var leftOut = 0
    let lines = table.map { row in (row, InvoiceLine(columns.texts.map { row[$0] })) }
    let isMixed = lines.contains { $0.1.isOfClaude }
    for (row, line) in lines where !row[columns.amount].isEmpty {
      let kind = columns.kind.map { row[$0].lowercased() } ?? ""
      if isMixed, !line.isOfClaude, let service = columns.service, !row[service].isEmpty {
        leftOut += 1
        continue
      }
      let currency = columns.currency.map { row[$0].uppercased() } ?? "USD"
      if !["", "USD"].contains(currency), rate == nil { throw .otherCurrency(currency) }
      let text = Self.digits(row[columns.amount])
      guard let written = ExactDollars(text) else {
        throw .badAmount(line: row.line, text: row[columns.amount])
      }
      places = max(places, text.split(separator: ".").dropFirst().first?.count ?? 0)
      let amount = ["", "USD"].contains(currency) ? written : (rate ?? .one).dollars(written)
      rows.append(try Self.row(row, columns, line, kind, amount))
    }
    if rows.isEmpty { throw .nothing(name) }
    channel = lines.lazy.filter(\.1.isOfClaude).compactMap(\.1.channel).first
    let half = (0..<min(places, 17)).reduce(Int128(500_000_000_000_000_000)) { part, _ in part / 10
    }
    let rounding = (rate ?? .one).dollars(ExactDollars(attos: half))
    for place in rows.indices { rows[place].rounding = rounding }
    if leftOut > 0 {
      remarks.append("\(leftOut) lines of \(name) are for other services: left out")
    }
  }

  private static func row(
    _ row: DelimitedText.Row, _ columns: InvoiceColumns, _ line: InvoiceLine, _ kind: String,
    _ amount: ExactDollars
  ) throws(InvoiceError) -> InvoiceRow {
    var result = InvoiceRow(amount: amount, charge: line.charge)
    if kind.contains("tax") || kind == "vat" {
      result.charge = .tax
    } else if ["credit", "refund", "discount", "adjustment", "rounding_error"].contains(
      where: kind.contains)
    {
      result.charge = .credit
    }
    if let place = columns.day, !row[place].isEmpty {
      guard let day = CivilDate(text: String(row[place].prefix(10))) else {
        throw .badDay(line: row.line, text: row[place])
      }
      result.day = day
    }
    if let place = columns.model, !row[place].isEmpty {
      result.model = modelID(displayed: row[place]) ?? canonicalModel(row[place]).canonical
    } else {
      result.model = line.model
    }
    if let place = columns.workspace, !row[place].isEmpty { result.workspace = row[place] }
    (result.isBatch, result.isFast, result.geography) = (line.isBatch, line.isFast, line.geography)
    if let place = columns.quantity, result.tokenClass != nil {
      result.tokens = tokens(row[place], unit: columns.unit.map { row[$0] } ?? "")
    }
    return result
  }

  /// `1,234.50`, `$5`, `(0.25)` as a plain decimal; nothing where a comma parts no groups of three digits.
  private static func digits(_ text: String) -> String {
    let isNegative = text.hasPrefix("(") && text.hasSuffix(")")
    let number = text.filter { !"$€£ ()".contains($0) }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let groups = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
    // A decimal comma is a mistake by a factor of a hundred, and no guess.
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }),
      !parts.dropFirst().joined().contains(",")
    else { return "" }
    return (isNegative ? "-" : "") + number.filter { $0 != "," }
  }

  /// Whole tokens by a quantity in tokens, thousands or millions.
  private static func tokens(_ quantity: String, unit: String) -> Int64? {
    let unit = unit.lowercased()
    let isMillion = ["1m", "million", "1000000", "mtok"].contains { unit.contains($0) }
    let isThousand = !isMillion && ["1k", "thousand", "1000"].contains { unit.contains($0) }
    guard
      let count = ExactDollars(digits(quantity), shift: isMillion ? 6 : isThousand ? 3 : 0),
      count.attos >= 0, count.attos % 1_000_000_000_000_000_000 == 0
    else { return nil }
    return Int64(exactly: count.attos / 1_000_000_000_000_000_000)
  }
}
