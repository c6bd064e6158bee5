/// All dated prices that are known, from one list or from several.
///
/// At most one row of a provider and model holds at any moment: where two lists have one, the later
/// list's counts for as long as it holds. A model is found by its canonical id and never by a part
/// of it.
package struct PriceCatalogue: Sendable {
  /// Sixteen hexadecimal digits that change with any byte of the lists (FNV-1a, 64 bits).
  package let id: String
  /// The lists, the one that counts most last.
  package let lists: [PriceList]
  /// The rows in the order of the lists, each for the time in which no later list has another.
  package let rows: [PriceRow]
  /// All names in column `provider`.
  package let providers: Set<String>
  private let index: [PricedModel: [Int]]
  /// Canonical ids by the aliases that a maker has for them.
  let snapshots: [String: String]

  /// The catalogue that comes with this program.
  package static func shipped() throws(PriceCatalogueError) -> PriceCatalogue {
    PriceCatalogue([try PriceList.shipped()])
  }

  /// A catalogue of one list.
  package init(csv: [UInt8]) throws(PriceCatalogueError) {
    self.init([try PriceList(name: PriceList.shippedName, csv: csv)])
  }

  package init(_ lists: [PriceList]) {
    var rows = lists.first?.rows ?? []
    for list in lists.dropFirst() {
      let newer = Dictionary(grouping: list.rows, by: PricedModel.init)
      rows = rows.flatMap { row in
        newer[PricedModel(row), default: []].reduce([row]) { pieces, other in
          pieces.flatMap { $0.cut(by: other) }
        }
      }
      rows += list.rows
    }
    var index: [PricedModel: [Int]] = [:]
    for (position, row) in rows.enumerated() {
      index[PricedModel(row), default: []].append(position)
    }
    let ordered = rows
    self.index = index.mapValues { $0.sorted { ordered[$0].validFrom < ordered[$1].validFrom } }
    self.rows = rows
    self.lists = lists
    providers = Set(rows.map(\.provider))
    snapshots = rows.reduce(into: [:]) { known, row in
      guard let named = row.aliasOf.map({ canonicalModel($0).canonical }) else { return }
      let alias = PricedModel(row).canonical
      if named != alias { known[alias] = named }
    }
    id = fingerprint(Array(lists.map(\.csv).joined(separator: [0])))
  }

  /// Positions in `rows`, oldest price first, of the model with this canonical id; may be empty.
  package func positions(provider: String, model: String) -> [Int] {
    index[PricedModel(provider: provider, canonical: model), default: []]
  }

  /// The canonical id of what a model is called in a log or a contract; of an alias, the dated snapshot's.
  package func snapshot(of model: String) -> String {
    let canonical = canonicalModel(model).canonical
    return snapshots[canonical] ?? canonical
  }
}

/// Sixteen hexadecimal digits of the bytes.
func fingerprint(_ bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
