/// All dated prices that are known, read from one CSV text.
///
/// A row holds for `[valid_from, valid_to)`, UTC days, empty means open. Amounts are USD per
/// million tokens (MTok) in plain decimals. At most one row of a provider and model holds at any
/// moment. A model is found by its canonical id and never by a part of it.
package struct PriceCatalogue: Sendable {
  /// Sixteen hexadecimal digits that change with any byte of the text (FNV-1a, 64 bits).
  package let id: String
  /// The rows in the order of the text.
  package let rows: [PriceRow]
  /// All names in column `provider`.
  package let providers: Set<String>
  private let index: [Key: [Int]]

  private struct Key: Hashable {
    let provider: String
    let model: String
  }

  /// The catalogue that comes with this program.
  package static func shipped() throws(PriceCatalogueError) -> PriceCatalogue {
    try PriceCatalogue(csv: PackageResources.prices_csv)
  }

  /// Reads a catalogue, or throws at the first line that is not exact or contradicts another.
  ///
  /// The first line must be `PriceColumn.header`. Fields are not quoted; empty lines are skipped.
  package init(csv: [UInt8]) throws(PriceCatalogueError) {
    let lines = csv.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    guard lines[0] == PriceColumn.header else {
      throw PriceCatalogueError(line: 1, problem: "expected the header \(PriceColumn.header)")
    }
    var rows: [PriceRow] = []
    var index: [Key: [Int]] = [:]
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let row = try PriceRow(PriceRowText(line[...], line: number + 1))
      let key = Key(provider: row.provider, model: canonicalModel(row.model).canonical)
      for other in index[key, default: []].map({ rows[$0] })
      where row.validFrom < other.validTo && other.validFrom < row.validTo {
        throw PriceCatalogueError(
          line: row.line, problem: "overlaps line \(other.line) for the same model and provider")
      }
      index[key, default: []].append(rows.count)
      rows.append(row)
    }
    id = fingerprint(csv)
    providers = Set(rows.map(\.provider))
    self.rows = rows
    self.index = index.mapValues { $0.sorted { rows[$0].validFrom < rows[$1].validFrom } }
  }

  /// Positions in `rows`, oldest price first, of the model with this canonical id; may be empty.
  package func positions(provider: String, model: String) -> [Int] {
    index[Key(provider: provider, model: model), default: []]
  }
}

/// Why a price catalogue was refused, by line.
package struct PriceCatalogueError: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let problem: String

  package var description: String { "price catalogue, line \(line): \(problem)" }
}

private func fingerprint(_ bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
