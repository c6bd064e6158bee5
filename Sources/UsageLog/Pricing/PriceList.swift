/// Dated prices from one place: those of this program, an observation that was taken, a user's file.
///
/// A row holds for `[valid_from, valid_to)`, UTC days, empty means open. Amounts are USD per
/// million tokens (MTok) in plain decimals.
package struct PriceList: Sendable {
  /// As people call it: `shipped`, `LiteLLM 2026-11-01`, `prices/ours.csv`.
  package let name: String
  /// As it was read, so that it can be kept.
  package let csv: [UInt8]
  /// In the order of the text.
  package let rows: [PriceRow]

  /// Reads a list, or throws at the first line that is not exact or contradicts another.
  ///
  /// The first line must be `PriceColumn.header`. Fields are not quoted; empty lines are skipped.
  package init(name: String, csv: [UInt8]) throws(PriceCatalogueError) {
    // What is kept with the calls has to be this text again, to the byte.
    guard !csv.contains(0), String(validating: csv, as: UTF8.self) != nil else {
      throw PriceCatalogueError(line: 1, problem: "the file is no text in UTF-8; save it as such")
    }
    let lines = csv.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    guard lines[0] == PriceColumn.header else {
      throw PriceCatalogueError(line: 1, problem: "expected the header \(PriceColumn.header)")
    }
    var rows: [PriceRow] = []
    var byModel: [PricedModel: [Int]] = [:]
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      var row = try PriceRow(PriceRowText(line[...], line: number + 1))
      row.list = name
      let model = PricedModel(row)
      for other in byModel[model, default: []].map({ rows[$0] }) where row.overlaps(other) {
        throw PriceCatalogueError(
          line: row.line, problem: "overlaps line \(other.line) for the same model and provider")
      }
      byModel[model, default: []].append(rows.count)
      rows.append(row)
    }
    self.name = name
    self.csv = csv
    self.rows = rows
  }

  /// The list that comes with this program.
  package static func shipped() throws(PriceCatalogueError) -> PriceList {
    try PriceList(name: shippedName, csv: PackageResources.prices_csv)
  }

  package static let shippedName = "shipped"
}

/// Why a price list was refused, by line.
package struct PriceCatalogueError: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let problem: String

  package var description: String { "price catalogue, line \(line): \(problem)" }
}

extension PriceRow {
  func overlaps(_ other: PriceRow) -> Bool {
    validFrom < other.validTo && other.validFrom < validTo
  }

  /// What is left of the row where another list's row holds: nothing, or one or two pieces.
  func cut(by other: PriceRow) -> [PriceRow] {
    guard overlaps(other) else { return [self] }
    var before = self
    before.validTo = other.validFrom
    var after = self
    after.validFrom = other.validTo
    return [before, after].filter { $0.validFrom < $0.validTo }
  }
}

extension PriceRow {
  /// The channel whose rows these are, where it is a maker's own API.
  var maker: String { String(provider.prefix { $0 != "-" }) }
}
